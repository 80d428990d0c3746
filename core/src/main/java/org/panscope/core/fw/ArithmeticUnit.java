package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.OperandField;

/// The arithmetic families of v13: with an immediate or with two registers, 32 or 64 bits wide.
/// Shifts count modulo the width, as everywhere where only the low bits are said to matter.
final class ArithmeticUnit {
    private ArithmeticUnit() {}

    /// Computes on values that are zero-extended to 64 bits.
    private interface Operation {
        long apply(long a, long b, int position, int width);
    }

    static InstructionUnit of(InstructionForm form) {
        return form.fieldOrNull("source1") == null ? immediate(form) : register(form);
    }

    private static InstructionUnit immediate(InstructionForm form) {
        OperandField destination = form.field("destination");
        OperandField source = form.field("source");
        OperandField subOpcode = form.field("subOpcode");
        OperandField immediate = form.field("immediate");
        int bits = form.opcode() == Opcodes.ARITH_IMM64 ? Long.SIZE : Integer.SIZE;
        return (core, instruction) -> {
            long word = instruction.word();
            Operation operation = immediateOperation((int) subOpcode.get(word), bits);
            if (operation == null) {
                return core.reserved(instruction);
            }
            long value = immediate.get(word);
            long result =
                    operation.apply(
                            read(core, (int) source.get(word), bits),
                            value,
                            (int) value & 0xff,
                            (int) value >> 8 & 0xff);
            write(core, (int) destination.get(word), bits, result);
            return Outcome.NEXT;
        };
    }

    private static InstructionUnit register(InstructionForm form) {
        OperandField destination = form.field("destination");
        OperandField source0 = form.field("source0");
        OperandField source1 = form.field("source1");
        OperandField subOpcode = form.field("subOpcode");
        int bits = form.opcode() == Opcodes.ARITH_REG64 ? Long.SIZE : Integer.SIZE;
        return (core, instruction) -> {
            long word = instruction.word();
            Operation operation = registerOperation((int) subOpcode.get(word), bits);
            if (operation == null) {
                return core.reserved(instruction);
            }
            long result =
                    operation.apply(
                            read(core, (int) source0.get(word), bits),
                            read(core, (int) source1.get(word), bits),
                            (int) word & 0xff,
                            (int) word >> 8 & 0xff);
            write(core, (int) destination.get(word), bits, result);
            return Outcome.NEXT;
        };
    }

    private static @Nullable Operation immediateOperation(int subOpcode, int bits) {
        return switch (subOpcode) {
            case 0 -> (s, imm, position, width) -> s + imm;
            case 1 -> (s, imm, position, width) -> s << shift(imm, bits);
            case 2 -> (s, imm, position, width) -> s >>> shift(imm, bits);
            case 3 -> (s, imm, position, width) -> signed(s, bits) >> shift(imm, bits);
            case 4 -> (s, imm, position, width) -> extract(s, position, width);
            case 5 -> (s, imm, position, width) -> signed(extract(s, position, width), width);
            case 6 -> (s, imm, position, width) -> insert(s, imm >> 16 & 0xffff, position, width);
            case 7 -> (s, imm, position, width) -> minimum(s, imm & 0xffff_ffffL);
            default -> null;
        };
    }

    private static @Nullable Operation registerOperation(int subOpcode, int bits) {
        return switch (subOpcode) {
            case 0 -> (a, b, position, width) -> minimum(a, b);
            case 1 -> (a, b, position, width) -> a + b;
            case 2 -> (a, b, position, width) -> a - b;
            case 3 -> (a, b, position, width) -> a << shift(b, bits);
            case 4 -> (a, b, position, width) -> a >>> shift(b, bits);
            case 5 -> (a, b, position, width) -> signed(a, bits) >> shift(b, bits);
            case 6 -> (a, b, position, width) -> insert(a, b, position, width);
            default -> null;
        };
    }

    private static int shift(long count, int bits) {
        return (int) count & (bits - 1);
    }

    private static long minimum(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? a : b;
    }

    /// The low `width` bits as a signed number; 0 for none.
    private static long signed(long value, int width) {
        int unused = Long.SIZE - Math.min(width, Long.SIZE);
        return width == 0 ? 0 : value << unused >> unused;
    }

    private static long extract(long value, int position, int width) {
        return position >= Long.SIZE ? 0 : value >>> position & ones(width);
    }

    private static long insert(long into, long value, int position, int width) {
        if (position >= Long.SIZE) {
            return into;
        }
        long mask = ones(width) << position;
        return (into & ~mask) | (value << position & mask);
    }

    private static long ones(int width) {
        return width == 0 ? 0 : -1L >>> (Long.SIZE - Math.min(width, Long.SIZE));
    }

    private static long read(StreamCore core, int register, int bits) {
        return bits == Long.SIZE ? core.pair(register) : core.register(register) & 0xffff_ffffL;
    }

    private static void write(StreamCore core, int register, int bits, long value) {
        if (bits == Long.SIZE) {
            core.setPair(register, value);
        } else {
            core.setRegister(register, (int) value);
        }
    }
}
