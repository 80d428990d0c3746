package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Access;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.OperandField;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// TRACE_POINT: appends registers to the instrumentation buffer of the queue, when it has one. A
/// deferred one reads them when it is performed, as a store to memory may.
///
/// kernel: panthor_fw.h: panthor_fw_cs_input_iface.instrbuf_base
final class TraceUnit implements InstructionUnit {
    private final Deferral deferral;
    private final OperandField base;
    private final OperandField count;

    TraceUnit(InstructionForm form) {
        deferral = new Deferral(form);
        base = form.field("base");
        count = form.field("count");
    }

    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        long word = instruction.word();
        if (base.get(word) + count.get(word) > core.registerCount()) {
            return core.invalid(instruction);
        }
        int mask = deferral.mask(core, word);
        if (mask == 0) {
            return append(core, word) ? Outcome.NEXT : Outcome.STOPPED;
        }
        return core.issue(instruction, deferral.slot(core, word), mask, 0, 0, 0);
    }

    @Override
    public void perform(StreamCore core, Instruction instruction, AsyncOperation operation) {
        append(core, operation.word);
    }

    /// Writes the registers, then the offset behind them (ASSUMPTION: cs.trace_point_record).
    private boolean append(StreamCore core, long word) {
        StreamEnvironment.@Nullable Instrumentation buffer = core.environment.instrumentation();
        if (buffer == null) {
            return true;
        }
        long offsetAt = core.access(buffer.offsetVa(), Long.BYTES, Access.WRITE);
        if (offsetAt < 0) {
            return false;
        }
        long offset = core.environment.memory().read64(offsetAt);
        int first = (int) base.get(word);
        for (int i = 0; i < (int) count.get(word); i++) {
            long at = Long.remainderUnsigned(offset, buffer.sizeBytes());
            long physical = core.access(buffer.baseVa() + at, Integer.BYTES, Access.WRITE);
            if (physical < 0) {
                return false;
            }
            core.environment.memory().write32(physical, core.register(first + i));
            core.environment.stored(physical, bytes(Integer.BYTES, core.register(first + i)));
            offset += Integer.BYTES;
        }
        core.environment.memory().write64(offsetAt, offset);
        core.environment.stored(offsetAt, bytes(Long.BYTES, offset));
        return true;
    }

    private static byte[] bytes(int length, long value) {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        return length == Long.BYTES
                ? bytes.putLong(value).array()
                : bytes.putInt((int) value).array();
    }
}
