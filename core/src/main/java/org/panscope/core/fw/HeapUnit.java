package org.panscope.core.fw;

import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Opcodes;

/// Tiler heap bookkeeping: which heap, and its counters of passes started and completed. Chunks
/// themselves are not modelled.
final class HeapUnit implements InstructionUnit {
    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        if (instruction.opcode() == Opcodes.HEAP_SET) {
            core.heapVa = core.pair(instruction.getInt("address"));
            return Outcome.NEXT;
        }
        int waitMask = instruction.getInt("waitMask");
        if (waitMask == 0) {
            count(core, instruction, core.heapVa);
            return Outcome.NEXT;
        }
        return core.issue(
                instruction, instruction.getInt("signalSlot"), waitMask, core.heapVa, 0, 0);
    }

    @Override
    public void perform(StreamCore core, Instruction instruction, AsyncOperation operation) {
        count(core, instruction, operation.address);
    }

    private static void count(StreamCore core, Instruction instruction, long heapVa) {
        StreamEnvironment.HeapCounters heap = core.environment.heap(heapVa);
        if (instruction.opcode() == Opcodes.FINISH_FRAGMENT) {
            heap.fragmentCompleted += instruction.getInt("incrementCompleted");
            return;
        }
        switch (instruction.getInt("operation")) {
            case 0 -> heap.vertexStarted++;
            case 1 -> heap.vertexCompleted++;
            case 3 -> heap.fragmentCompleted++;
            default -> {
                // Reserved.
            }
        }
    }
}
