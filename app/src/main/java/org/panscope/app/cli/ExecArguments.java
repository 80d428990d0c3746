package org.panscope.app.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/// What the arguments of `panscope exec` look like: addresses, memory files, registers. Numbers are
/// decimal, or hexadecimal with 0x.
final class ExecArguments {
    private ExecArguments() {}

    /// `VA=FILE`.
    record MemoryFile(long va, Path file) {}

    /// `VA:SIZE=FILE`.
    record MemoryDump(long va, int sizeBytes, Path file) {}

    /// `rN=V` or `dN=V`.
    record Register(int number, boolean isPair, long value) {}

    /// A number without sign, up to 64 bits.
    static final class NumberConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return number(text);
        }
    }

    /// Address or length of a buffer of instructions.
    static final class InstructionBytesConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            long value = number(text);
            if (value % Long.BYTES != 0) {
                throw new TypeConversionException("'" + text + "' is not a multiple of 8");
            }
            return value;
        }
    }

    /// Reads `VA=FILE`.
    static final class MemoryFileConverter implements ITypeConverter<MemoryFile> {
        @Override
        public MemoryFile convert(String text) {
            int equals = equalsSign(text, "VA=FILE");
            return new MemoryFile(number(text.substring(0, equals)), path(text, equals + 1));
        }
    }

    /// Reads `VA:SIZE=FILE`.
    static final class MemoryDumpConverter implements ITypeConverter<MemoryDump> {
        private static final int MOST_BYTES = 256 << 20;

        @Override
        public MemoryDump convert(String text) {
            int equals = equalsSign(text, "VA:SIZE=FILE");
            int colon = text.indexOf(':');
            if (colon < 0 || colon > equals) {
                throw new TypeConversionException("'" + text + "' is not VA:SIZE=FILE");
            }
            long sizeBytes = number(text.substring(colon + 1, equals));
            if (sizeBytes <= 0 || sizeBytes > MOST_BYTES) {
                throw new TypeConversionException(
                        "the size in '" + text + "' is not 1 B to 256 MiB");
            }
            return new MemoryDump(
                    number(text.substring(0, colon)), (int) sizeBytes, path(text, equals + 1));
        }
    }

    /// Reads `rN=V` and `dN=V`.
    static final class RegisterConverter implements ITypeConverter<Register> {
        @Override
        public Register convert(String text) {
            if (!text.toLowerCase(Locale.ROOT).matches("[rd][0-9]{1,3}=.*")) {
                throw new TypeConversionException("'" + text + "' is neither rN=V nor dN=V");
            }
            int equals = text.indexOf('=');
            boolean isPair = Character.toLowerCase(text.charAt(0)) == 'd';
            long value = signedNumber(text.substring(equals + 1));
            if (!isPair && (value < Integer.MIN_VALUE || value > 0xffff_ffffL)) {
                throw new TypeConversionException("the value in '" + text + "' has over 32 bits");
            }
            return new Register(Integer.parseInt(text.substring(1, equals)), isPair, value);
        }
    }

    /// Reads the name of a parameter.
    static final class NameConverter implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return text;
        }
    }

    /// Reads the value of a parameter.
    static final class ValueConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return signedNumber(text);
        }
    }

    private static int equalsSign(String text, String shape) {
        int equals = text.indexOf('=');
        if (equals <= 0 || equals == text.length() - 1) {
            throw new TypeConversionException("'" + text + "' is not " + shape);
        }
        return equals;
    }

    private static long signedNumber(String text) {
        if (!text.startsWith("-")) {
            return number(text);
        }
        long negative = -number(text.substring(1));
        if (negative > 0) {
            throw notANumber(text);
        }
        return negative;
    }

    private static long number(String text) {
        boolean isHex = text.startsWith("0x") || text.startsWith("0X");
        String digits = isHex ? text.substring(2) : text;
        if (digits.startsWith("+") || digits.startsWith("-")) {
            throw notANumber(text);
        }
        try {
            return Long.parseUnsignedLong(digits, isHex ? 16 : 10);
        } catch (NumberFormatException _) {
            throw notANumber(text);
        }
    }

    private static TypeConversionException notANumber(String text) {
        return new TypeConversionException(
                "'" + text + "' is not a decimal or 0x hexadecimal number of at most 64 bits");
    }

    private static Path path(String text, int from) {
        try {
            return Path.of(text.substring(from));
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "': " + e.getReason());
        }
    }
}
