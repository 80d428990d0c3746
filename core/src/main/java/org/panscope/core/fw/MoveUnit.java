package org.panscope.core.fw;

import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.OperandField;

/// Register moves, the arithmetic of v10 to v12, and LOGIC_OP32.
final class MoveUnit {
    private MoveUnit() {}

    static InstructionUnit of(InstructionForm form) {
        return switch (form.opcode()) {
            case Opcodes.MOVE48 -> move48(form);
            case Opcodes.MOVE32 -> move32(form);
            case Opcodes.ADD_IMMEDIATE32 -> add32(form);
            case Opcodes.ADD_IMMEDIATE64 -> add64(form);
            case Opcodes.COMPARE_SELECT32 -> minimum(form);
            case Opcodes.LOGIC_OP32 -> logic(form);
            // NOP and its metadata.
            default -> (core, instruction) -> Outcome.NEXT;
        };
    }

    private static InstructionUnit move48(InstructionForm form) {
        OperandField destination = form.field("destination");
        OperandField immediate = form.field("immediate");
        return (core, instruction) -> {
            long word = instruction.word();
            core.setPair((int) destination.get(word), immediate.get(word));
            return Outcome.NEXT;
        };
    }

    private static InstructionUnit move32(InstructionForm form) {
        OperandField destination = form.field("destination");
        OperandField immediate = form.field("immediate");
        return (core, instruction) -> {
            long word = instruction.word();
            core.setRegister((int) destination.get(word), (int) immediate.get(word));
            return Outcome.NEXT;
        };
    }

    private static InstructionUnit add32(InstructionForm form) {
        OperandField destination = form.field("destination");
        OperandField source = form.field("source");
        OperandField immediate = form.field("immediate");
        return (core, instruction) -> {
            long word = instruction.word();
            int sum = core.register((int) source.get(word)) + (int) immediate.get(word);
            core.setRegister((int) destination.get(word), sum);
            return Outcome.NEXT;
        };
    }

    private static InstructionUnit add64(InstructionForm form) {
        OperandField destination = form.field("destination");
        OperandField source = form.field("source");
        OperandField immediate = form.field("immediate");
        return (core, instruction) -> {
            long word = instruction.word();
            long sum = core.pair((int) source.get(word)) + immediate.get(word);
            core.setPair((int) destination.get(word), sum);
            return Outcome.NEXT;
        };
    }

    private static InstructionUnit minimum(InstructionForm form) {
        OperandField destination = form.field("destination");
        OperandField source0 = form.field("source0");
        OperandField source1 = form.field("source1");
        return (core, instruction) -> {
            long word = instruction.word();
            int a = core.register((int) source0.get(word));
            int b = core.register((int) source1.get(word));
            int least = Integer.compareUnsigned(a, b) < 0 ? a : b;
            core.setRegister((int) destination.get(word), least);
            return Outcome.NEXT;
        };
    }

    /// The mode is a truth table: bit 0 the result for a and b set, bit 1 for a alone, bit 2 for b
    /// alone, bit 3 for neither.
    private static InstructionUnit logic(InstructionForm form) {
        OperandField destination = form.field("destination");
        OperandField source0 = form.field("source0");
        OperandField source1 = form.field("source1");
        OperandField index = form.field("index");
        OperandField mode = form.field("mode");
        return (core, instruction) -> {
            long word = instruction.word();
            int a = core.register((int) source0.get(word));
            int direct = core.register((int) source1.get(word));
            int b = index.get(word) == 0 ? direct : 1 << direct;
            int table = (int) mode.get(word);
            int result =
                    (-(table & 1) & a & b)
                            | (-(table >> 1 & 1) & a & ~b)
                            | (-(table >> 2 & 1) & ~a & b)
                            | (-(table >> 3 & 1) & ~a & ~b);
            core.setRegister((int) destination.get(word), result);
            return Outcome.NEXT;
        };
    }
}
