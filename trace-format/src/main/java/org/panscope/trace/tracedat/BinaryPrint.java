package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.payload.PrintfText;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `trace_printk` records of the form `bprint`: the address of a format string, and its arguments
/// packed into words.
///
/// kernel: lib/vsprintf.c, vbin_printf; libtraceevent: event-parse.c, make_bprint_args
final class BinaryPrint {
    private static final Pattern LINE =
            Pattern.compile("^\\s*(0x[0-9a-fA-F]{1,16}) : \"(.*)\"\\s*$", Pattern.MULTILINE);
    private static final int MOST = 1 << 20;

    private final Map<Long, String> formats = new HashMap<>();

    /// Lines `0xaddress : "format"`.
    void read(String text) {
        Matcher line = LINE.matcher(text);
        while (line.find() && formats.size() < MOST) {
            long address = Long.parseUnsignedLong(line.group(1).substring(2), 16);
            formats.put(address, unescaped(line.group(2)));
        }
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\"");
    }

    /// What a record says, or null when its format is not in the file.
    ///
    /// @param words the packed arguments
    @Nullable String text(
            long format, byte[] words, boolean bigEndian, int longBytes, Symbols symbols) {
        String pattern = formats.get(format);
        return pattern == null
                ? null
                : PrintfText.format(pattern, new Packed(words, bigEndian, longBytes, symbols));
    }

    /// A text that stands in the kernel as it is, or null when it is not in the file.
    @Nullable String plain(long address) {
        return formats.get(address);
    }

    /// Arguments one after the other, each aligned to four bytes; texts inline.
    private static final class Packed implements PrintfText.Arguments {
        private final byte[] words;
        private final boolean bigEndian;
        private final int longBytes;
        private final Symbols symbols;
        private int at;

        Packed(byte[] words, boolean bigEndian, int longBytes, Symbols symbols) {
            this.words = words;
            this.bigEndian = bigEndian;
            this.longBytes = longBytes;
            this.symbols = symbols;
        }

        @Override
        public @Nullable Long number(int bytes) {
            at = (at + 3) & -4;
            int width = bytes == PrintfText.LONG ? longBytes : Math.max(bytes, 4);
            if (width > words.length - at) {
                return null;
            }
            long value = 0;
            for (int i = 0; i < width; i++) {
                int place = bigEndian ? i : width - 1 - i;
                value = (value << 8) | (words[at + place] & 0xff);
            }
            at += width;
            return width == 4 ? (Long) (long) (int) value : (Long) value;
        }

        @Override
        public @Nullable String text() {
            if (at >= words.length) {
                return null;
            }
            int end = at;
            while (end < words.length && words[end] != 0) {
                end++;
            }
            String text = new String(words, at, end - at, StandardCharsets.UTF_8);
            at = end + 1;
            return text;
        }

        @Override
        public @Nullable String symbol(long address) {
            return symbols.of(address);
        }
    }
}
