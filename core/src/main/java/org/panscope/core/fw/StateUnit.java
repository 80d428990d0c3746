package org.panscope.core.fw;

import org.panscope.core.hw.Access;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.OperandField;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// STORE_STATE: puts a counter of the GPU or the stream's error state into memory.
final class StateUnit implements InstructionUnit {
    private static final int TIMESTAMP = 0;
    private static final int CYCLE_COUNT = 1;
    private static final int DISJOINT_COUNT = 2;
    private static final int ERROR_STATE = 3;

    private final Deferral deferral;
    private final OperandField address;
    private final OperandField state;
    private final OperandField offset;

    StateUnit(InstructionForm form) {
        deferral = new Deferral(form);
        address = form.field("address");
        state = form.field("state");
        offset = form.field("offset");
    }

    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        long word = instruction.word();
        if (state.get(word) > ERROR_STATE) {
            return core.reserved(instruction);
        }
        long va = core.pair((int) address.get(word)) + offset.get(word);
        int mask = deferral.mask(core, word);
        if (mask == 0) {
            return store(core, word, va) ? Outcome.NEXT : Outcome.STOPPED;
        }
        return core.issue(instruction, deferral.slot(core, word), mask, va, 0, 0);
    }

    @Override
    public void perform(StreamCore core, Instruction instruction, AsyncOperation operation) {
        store(core, operation.word, operation.address);
    }

    private boolean store(StreamCore core, long word, long address64) {
        long va = core.align(address64, Long.BYTES);
        long physical = core.access(va, Long.BYTES, Access.WRITE);
        if (physical < 0) {
            return false;
        }
        long value = value(core, (int) state.get(word));
        core.environment.memory().write64(physical, value);
        core.environment.stored(
                physical,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array());
        return true;
    }

    private static long value(StreamCore core, int state) {
        return switch (state) {
            case TIMESTAMP -> core.environment.timestamp();
            case CYCLE_COUNT -> core.environment.cycleCount();
            // ASSUMPTION: cs.disjoint_count.
            case DISJOINT_COUNT -> core.rules.disjointCount;
            // ASSUMPTION: cs.error_state_value.
            default -> core.errorState;
        };
    }
}
