package org.panscope.core.fw;

import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Opcodes;

/// Register moves and arithmetic.
final class MoveUnit implements InstructionUnit {
    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        switch (instruction.opcode()) {
            case Opcodes.MOVE48 ->
                    core.setPair(instruction.getInt("destination"), instruction.get("immediate"));
            case Opcodes.MOVE32 ->
                    core.setRegister(
                            instruction.getInt("destination"), instruction.getInt("immediate"));
            case Opcodes.ADD_IMMEDIATE32 ->
                    core.setRegister(
                            instruction.getInt("destination"),
                            core.register(instruction.getInt("source"))
                                    + instruction.getInt("immediate"));
            case Opcodes.ADD_IMMEDIATE64 ->
                    core.setPair(
                            instruction.getInt("destination"),
                            core.pair(instruction.getInt("source")) + instruction.get("immediate"));
            case Opcodes.COMPARE_SELECT32 -> {
                int a = core.register(instruction.getInt("source0"));
                int b = core.register(instruction.getInt("source1"));
                core.setRegister(
                        instruction.getInt("destination"),
                        Integer.compareUnsigned(a, b) < 0 ? a : b);
            }
            default -> {
                // NOP and its metadata.
            }
        }
        return Outcome.NEXT;
    }
}
