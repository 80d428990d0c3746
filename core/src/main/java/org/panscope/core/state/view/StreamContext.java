package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.state.AddressSpace;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ReducedState;

import java.util.ArrayList;
import java.util.List;

/// What all buffers of one queue share in one state: instruction set, memory, and the addresses of
/// the calls that lead to the current instruction.
final class StreamContext {
    private final Isa isa;
    private final MachineState state;
    private final WordReader reader;
    private final @Nullable AddressSpace space;

    /// Addresses in called buffers: calls that are being executed, last the current instruction.
    private final List<Long> current = new ArrayList<>();

    StreamContext(Isa isa, MachineState state, ObjectId queue) {
        this.isa = isa;
        this.state = state;
        reader = new WordReader(isa, state, queue);
        Long vm = WordReader.vmOf(state, queue);
        space =
                vm != null && state instanceof ReducedState reduced
                        ? reduced.addressSpace(vm.intValue())
                        : null;
    }

    Isa isa() {
        return isa;
    }

    WordReader reader() {
        return reader;
    }

    StreamWords words(long va, int count) {
        return StreamWords.ofBuffer(state.memory(), space, va, count);
    }

    void setCurrent(List<Long> addresses) {
        current.clear();
        current.addAll(addresses);
    }

    /// The address in a buffer at which execution stands, or null.
    @Nullable Long currentIn(long va, int count) {
        for (Long address : current) {
            if (address >= va && address < va + (long) count * Long.BYTES) {
                return address;
            }
        }
        return null;
    }

    /// Whether a word is CALL or JUMP, in every architecture.
    static boolean isCall(long word) {
        long opcode = word >>> 56;
        return opcode == Opcodes.CALL || opcode == Opcodes.JUMP;
    }
}
