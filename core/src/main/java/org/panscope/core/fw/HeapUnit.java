package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Opcodes;
import org.panscope.trace.event.FirmwareEvent.HeapStep;

import java.util.Objects;

/// Tiler heap bookkeeping: which heap, its counters of passes started and completed, and the chunks
/// that a finished render pass gives back.
final class HeapUnit implements InstructionUnit {
    private final @Nullable Deferral deferral;

    HeapUnit(InstructionForm form) {
        deferral = form.opcode() == Opcodes.HEAP_SET ? null : new Deferral(form);
    }

    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        if (deferral == null) {
            core.heapVa = core.pair(instruction.getInt("address"));
            return Outcome.NEXT;
        }
        boolean frees = instruction.opcode() == Opcodes.FINISH_FRAGMENT;
        if (!frees && step(instruction) == null) {
            return core.reserved(instruction);
        }
        int waitMask = deferral.mask(core, instruction.word());
        long first = frees ? core.pair(instruction.getInt("firstChunk")) : 0;
        long last = frees ? core.pair(instruction.getInt("lastChunk")) : 0;
        if (waitMask == 0) {
            change(core, instruction, core.heapVa, first, last);
            return Outcome.NEXT;
        }
        return core.issue(
                instruction,
                deferral.slot(core, instruction.word()),
                waitMask,
                core.heapVa,
                first,
                last,
                0);
    }

    @Override
    public void perform(StreamCore core, Instruction instruction, AsyncOperation operation) {
        change(core, instruction, operation.address, operation.data, operation.extra);
    }

    private static void change(
            StreamCore core, Instruction instruction, long heapVa, long first, long last) {
        GpuWords words = new GpuWords(core.environment);
        TilerHeapContext heap = new TilerHeapContext(core.environment, words, heapVa);
        if (instruction.opcode() == Opcodes.FINISH_FRAGMENT) {
            finishFragment(core, instruction, heap, first, last);
        } else {
            heap.count(Objects.requireNonNull(step(instruction)));
        }
        if (words.exception() != 0) {
            core.errorState = words.exception();
            core.environment.fault(words.exception(), 0, words.faultVa());
        }
    }

    /// What HEAP_OPERATION counts, or null for an operation without a meaning.
    private static @Nullable HeapStep step(Instruction instruction) {
        return switch (instruction.getInt("operation")) {
            case 0 -> HeapStep.VT_START;
            case 1 -> HeapStep.VT_END;
            case 3 -> HeapStep.FRAG_END;
            default -> null;
        };
    }

    private static void finishFragment(
            StreamCore core,
            Instruction instruction,
            TilerHeapContext heap,
            long first,
            long last) {
        if (first != 0 && last != 0 && heap.isInMemory()) {
            heap.give(first, last, HeapStep.FREE_CHUNKS);
        }
        if (instruction.get("incrementCompleted") != 0) {
            heap.count(HeapStep.FRAG_END);
        }
        core.environment.heapMemoryFreed();
    }
}
