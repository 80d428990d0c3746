package org.panscope.core.isa;

import java.util.OptionalLong;

/// What the arithmetic instructions of v11 and v13 compute. A result is empty where no public
/// source says what it is: shifts by the width or more, bit fields that do not fit, undefined
/// sub-opcodes.
///
/// Values of 32-bit instructions are the low 32 bits of a long; results have nothing above them.
///
/// Mesa: genxml, CS Logic Op and CS ARITH sub-opcodes; cs_builder.h
public final class Arithmetic {
    private static final long LOW_HALF = 0xffff_ffffL;

    private Arithmetic() {}

    /// LOGIC_OP32: each bit of the result is looked up in `mode`, a truth table.
    ///
    /// @param isIndex whether `b` is the number of a bit that stands for the operand
    public static int logic(int mode, boolean isIndex, int a, int b) {
        // ASSUMPTION: the number of the bit is taken modulo 32.
        int second = isIndex ? 1 << b : b;
        int result = 0;
        result |= (mode & 1) != 0 ? a & second : 0;
        result |= (mode & 2) != 0 ? a & ~second : 0;
        result |= (mode & 4) != 0 ? ~a & second : 0;
        result |= (mode & 8) != 0 ? ~a & ~second : 0;
        return result;
    }

    /// Whether the result of LOGIC_OP32 depends on an operand at all; a move ignores one.
    ///
    /// @param isFirst whether `a` is asked for, else `b`
    public static boolean logicDependsOn(int mode, boolean isFirst) {
        int distance = isFirst ? 2 : 1;
        int half = isFirst ? 0b0011 : 0b0101;
        return (mode & half) != (mode >> distance & half);
    }

    /// ARITH_IMM32 and ARITH_IMM64.
    ///
    /// @param isWide whether values have 64 bits
    /// @param immediate the low 32 bits of the word
    public static OptionalLong immediate(
            int subOpcode, boolean isWide, long source, int immediate) {
        int bits = isWide ? 64 : 32;
        long value = isWide ? source : source & LOW_HALF;
        int position = immediate & 0xff;
        int width = immediate >>> 8 & 0xff;
        return switch (subOpcode) {
            case 0 -> result(isWide, value + immediate);
            case 1 -> result(isWide, value << (immediate & (bits - 1)));
            case 2 -> result(isWide, value >>> (immediate & (bits - 1)));
            case 3 -> result(isWide, signed(isWide, value) >> (immediate & (bits - 1)));
            case 4 ->
                    position < bits && width <= bits
                            ? OptionalLong.of(value >>> position & mask(width))
                            : OptionalLong.empty();
            case 5 ->
                    width > 0 && position + width <= bits
                            ? result(isWide, value << (64 - position - width) >> (64 - width))
                            : OptionalLong.empty();
            case 6 -> insert(isWide, value, immediate >>> 16, position, width);
            case 7 -> result(isWide, unsignedMinimum(value, immediate & LOW_HALF));
            default -> OptionalLong.empty();
        };
    }

    /// ARITH_REG32 and ARITH_REG64.
    ///
    /// @param isWide whether values have 64 bits
    /// @param a value of source 0
    /// @param b value of source 1
    /// @param immediate the low 24 bits of the word
    public static OptionalLong register(
            int subOpcode, boolean isWide, long a, long b, int immediate) {
        int bits = isWide ? 64 : 32;
        long first = isWide ? a : a & LOW_HALF;
        long second = isWide ? b : b & LOW_HALF;
        if (subOpcode >= 3 && subOpcode <= 5 && Long.compareUnsigned(second, bits) >= 0) {
            return OptionalLong.empty();
        }
        return switch (subOpcode) {
            case 0 -> OptionalLong.of(unsignedMinimum(first, second));
            case 1 -> result(isWide, first + second);
            case 2 -> result(isWide, first - second);
            case 3 -> result(isWide, first << second);
            case 4 -> result(isWide, first >>> second);
            case 5 -> result(isWide, signed(isWide, first) >> second);
            case 6 -> insert(isWide, first, second, immediate & 0xff, immediate >>> 8 & 0xff);
            default -> OptionalLong.empty();
        };
    }

    private static OptionalLong insert(
            boolean isWide, long into, long value, int position, int width) {
        if (position + width > (isWide ? 64 : 32)) {
            return OptionalLong.empty();
        }
        long mask = position == 64 ? 0 : mask(width) << position;
        return result(isWide, (into & ~mask) | (position == 64 ? 0 : value << position & mask));
    }

    private static OptionalLong result(boolean isWide, long value) {
        return OptionalLong.of(isWide ? value : value & LOW_HALF);
    }

    private static long signed(boolean isWide, long value) {
        return isWide ? value : (int) value;
    }

    private static long unsignedMinimum(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? a : b;
    }

    private static long mask(int width) {
        return width == 0 ? 0 : -1L >>> (64 - width);
    }
}
