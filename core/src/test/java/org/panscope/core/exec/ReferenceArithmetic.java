package org.panscope.core.exec;

import java.math.BigInteger;

/// The arithmetic of the instruction set on whole numbers without a width; the caller cuts the
/// result to the register.
final class ReferenceArithmetic {
    private static final BigInteger UNDEFINED = BigInteger.ONE.negate();

    private ReferenceArithmetic() {}

    /// ARITH_IMM: a register and an immediate.
    ///
    /// @param width of the register in bits
    /// @return the result, cut to the width, or a negative number for a sub-opcode without a
    ///   meaning
    static BigInteger immediate(int sub, BigInteger s, int imm, int width) {
        int shift = imm & (width - 1);
        int position = imm & 0xff;
        int size = imm >>> 8 & 0xff;
        return switch (sub) {
            case 0 -> cut(s.add(BigInteger.valueOf(imm)), width);
            case 1 -> cut(s.shiftLeft(shift), width);
            case 2 -> s.shiftRight(shift);
            case 3 -> cut(signed(s, width).shiftRight(shift), width);
            case 4 -> s.shiftRight(position).and(ones(size));
            case 5 -> cut(signed(s.shiftRight(position).and(ones(size)), size), width);
            case 6 -> insert(s, BigInteger.valueOf(imm >>> 16), position, size, width);
            case 7 -> s.min(BigInteger.valueOf(imm & 0xffff_ffffL));
            default -> UNDEFINED;
        };
    }

    /// ARITH_REG: two registers; the fields of an insertion are in the word.
    static BigInteger registers(int sub, BigInteger a, BigInteger b, int word, int width) {
        int shift = b.intValue() & (width - 1);
        return switch (sub) {
            case 0 -> a.min(b);
            case 1 -> cut(a.add(b), width);
            case 2 -> cut(a.subtract(b), width);
            case 3 -> cut(a.shiftLeft(shift), width);
            case 4 -> a.shiftRight(shift);
            case 5 -> cut(signed(a, width).shiftRight(shift), width);
            case 6 -> insert(a, b, word & 0xff, word >>> 8 & 0xff, width);
            default -> UNDEFINED;
        };
    }

    /// LOGIC_OP32: every bit looked up in the truth table of the mode.
    static int logic(int mode, int a, int b) {
        int result = 0;
        for (int i = 0; i < Integer.SIZE; i++) {
            int row = (a >>> i & 1) == 1 ? 0 : 2;
            row += (b >>> i & 1) == 1 ? 0 : 1;
            result |= (mode >>> row & 1) << i;
        }
        return result;
    }

    private static BigInteger insert(
            BigInteger s, BigInteger v, int position, int size, int width) {
        BigInteger mask = ones(size).shiftLeft(position);
        return cut(s.andNot(mask).or(v.shiftLeft(position).and(mask)), width);
    }

    private static BigInteger ones(int count) {
        return BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE);
    }

    private static BigInteger cut(BigInteger value, int width) {
        return value.and(ones(width));
    }

    private static BigInteger signed(BigInteger value, int width) {
        return width > 0 && value.testBit(width - 1)
                ? value.subtract(BigInteger.ONE.shiftLeft(width))
                : value;
    }
}
