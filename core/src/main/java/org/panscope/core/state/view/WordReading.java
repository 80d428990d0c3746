package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.InstructionUse;

/// An instruction word with what is known of its operands where it stands.
///
/// @param text disassembly; bits it does not show follow it
/// @param use what the instruction uses
/// @param reads registers it reads, with their values where they are known: `d66=0x1000 r70`
/// @param writes registers it writes
/// @param sync the sync object it names, or null
/// @param scoreboard slots it waits for and holds: `wait 0,2 · signal 3`
/// @param call the buffer it enters, or null
public record WordReading(
        String text,
        InstructionUse use,
        String reads,
        String writes,
        @Nullable SyncReference sync,
        String scoreboard,
        @Nullable CallTarget call) {

    /// A buffer that is called or jumped to.
    ///
    /// @param va its address, or null when the register's value is not known
    /// @param sizeBytes its length, or null
    /// @param text `0x100000, 128 bytes` or `d92?, r94?`
    public record CallTarget(@Nullable Long va, @Nullable Long sizeBytes, String text) {}
}
