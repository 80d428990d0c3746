package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// Text by a format of the kernel's `printf`, whose arguments come from anywhere. Of the kernel's
/// own pointer formats symbols are known; the others show the address.
///
/// kernel: Documentation/core-api/printk-formats.rst
public final class PrintfText {
    /// Width that stands for that of the kernel's long and of its pointers.
    public static final int LONG = 0;

    private static final int MOST_PADDING = 256;
    private static final int MOST_TEXT = 64 * 1024;
    private static final String MISSING = "?";

    private final String pattern;
    private final Arguments arguments;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private PrintfText(String pattern, Arguments arguments) {
        this.pattern = pattern;
        this.arguments = arguments;
    }

    /// What a format's conversions take, one after the other.
    public interface Arguments {
        /// What the next argument is converted by: `d`, `x`, `s` and so on. Not told before that of
        /// a width or precision.
        default void conversion(char letter) {}

        /// The next number, extended by its sign; null when there is none.
        ///
        /// @param bytes 1 to 8, or [#LONG]
        @Nullable Long number(int bytes);

        /// The next text, null when there is none.
        @Nullable String text();

        /// Name of what an address points to, or null.
        @Nullable String symbol(long address);
    }

    /// The text; `?` stands for what is not known.
    public static String format(String pattern, Arguments arguments) {
        return new PrintfText(pattern, arguments).run();
    }

    private String run() {
        while (at < pattern.length() && out.length() < MOST_TEXT) {
            char c = pattern.charAt(at++);
            if (c == '%' && at < pattern.length()) {
                conversion();
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private void conversion() {
        int flagsFrom = at;
        while (at < pattern.length() && "-+ #0".indexOf(pattern.charAt(at)) >= 0) {
            at++;
        }
        String flags = pattern.substring(flagsFrom, at);
        int width = count();
        int precision = -1;
        if (at < pattern.length() && pattern.charAt(at) == '.') {
            at++;
            precision = Math.max(0, count());
        }
        int bytes = length();
        if (at >= pattern.length()) {
            return;
        }
        char letter = pattern.charAt(at++);
        arguments.conversion(letter);
        String text =
                switch (letter) {
                    case '%' -> "%";
                    case 'd', 'i' -> decimal(arguments.number(bytes), bytes, flags);
                    case 'u' -> unsigned(arguments.number(bytes), bytes, 10);
                    case 'x' -> prefixed("0x", flags, unsigned(arguments.number(bytes), bytes, 16));
                    case 'X' ->
                            prefixed("0X", flags, unsigned(arguments.number(bytes), bytes, 16))
                                    .toUpperCase(Locale.ROOT);
                    case 'o' -> prefixed("0", flags, unsigned(arguments.number(bytes), bytes, 8));
                    case 'c' -> character(arguments.number(1));
                    case 's' -> string(precision);
                    case 'p' -> pointer();
                    default -> MISSING;
                };
        pad(text, width, flags);
    }

    /// A width or precision, written out or taken from the arguments; -1 when there is none.
    private int count() {
        if (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
            Long given = arguments.number(4);
            return given == null ? -1 : Math.clamp(given, -1, MOST_PADDING);
        }
        int value = -1;
        while (at < pattern.length() && Character.isDigit(pattern.charAt(at))) {
            int digit = pattern.charAt(at++) - '0';
            value = Math.min(MOST_PADDING, Math.max(0, value) * 10 + digit);
        }
        return value;
    }

    private int length() {
        int bytes = 4;
        while (at < pattern.length() && "hlLqjzt".indexOf(pattern.charAt(at)) >= 0) {
            char c = pattern.charAt(at++);
            bytes =
                    switch (c) {
                        case 'h' -> bytes == 2 ? 1 : 2;
                        case 'l' -> bytes == LONG ? 8 : LONG;
                        case 'z', 't' -> LONG;
                        default -> 8;
                    };
        }
        return bytes;
    }

    private static String decimal(@Nullable Long number, int bytes, String flags) {
        if (number == null) {
            return MISSING;
        }
        long value =
                switch (bytes) {
                    case 1 -> (byte) (long) number;
                    case 2 -> (short) (long) number;
                    case 4 -> (int) (long) number;
                    default -> number;
                };
        return (value >= 0 && flags.contains("+") ? "+" : "") + value;
    }

    private static String unsigned(@Nullable Long number, int bytes, int radix) {
        if (number == null) {
            return MISSING;
        }
        long value = bytes == LONG || bytes == 8 ? number : number & (1L << (bytes * 8)) - 1;
        return Long.toUnsignedString(value, radix);
    }

    private static String prefixed(String prefix, String flags, String digits) {
        return flags.contains("#") && !digits.equals("0") ? prefix + digits : digits;
    }

    private static String character(@Nullable Long number) {
        return number == null ? MISSING : Character.toString((char) (number & 0xff));
    }

    private String string(int precision) {
        String text = arguments.text();
        if (text == null) {
            return MISSING;
        }
        return precision >= 0 && precision < text.length() ? text.substring(0, precision) : text;
    }

    private String pointer() {
        int from = at;
        while (at < pattern.length() && Character.isLetterOrDigit(pattern.charAt(at))) {
            at++;
        }
        String kind = pattern.substring(from, at);
        Long address = arguments.number(LONG);
        if (address == null) {
            return MISSING;
        }
        if (kind.startsWith("s") || kind.startsWith("S") || kind.startsWith("B")) {
            String symbol = arguments.symbol(address);
            if (symbol != null) {
                return symbol;
            }
        }
        return "0x" + Long.toHexString(address);
    }

    private void pad(String text, int width, String flags) {
        String padding = " ".repeat(Math.max(0, width - text.length()));
        if (flags.contains("-")) {
            out.append(text).append(padding);
        } else if (flags.contains("0") && !text.isEmpty()) {
            boolean signed = text.startsWith("-");
            out.append(signed ? "-" : "").append(padding.replace(' ', '0'));
            out.append(signed ? text.substring(1) : text);
        } else {
            out.append(padding).append(text);
        }
    }
}
