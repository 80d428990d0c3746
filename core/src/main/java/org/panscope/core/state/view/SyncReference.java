package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.ObjectId;

/// The sync object an instruction names.
///
/// @param register the register pair with its address: `d66`
/// @param va its address, or null when the pair's value is not known
/// @param object the object in the state, or null when nothing was heard of it
/// @param value its value in memory, empty when that is not known
public record SyncReference(
        String register, @Nullable Long va, @Nullable ObjectId object, String value) {

    /// The address, or the register with a question mark: `0x200000 = 3`, `d66?`.
    public String text() {
        Long address = va;
        return address == null
                ? register + "?"
                : ValueText.hex(address) + (value.isEmpty() ? "" : " = " + value);
    }
}
