package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.tracedat.TracepointField.Shape;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringJoiner;

/// The fields of one record. A field beyond the record's end is absent.
final class RecordFields {
    private static final int LOC_LENGTH_SHIFT = 16;
    private static final int LOC_OFFSET = 0xffff;

    private final DatContents contents;
    private final DatBytes bytes;
    private final long at;
    private final int length;

    /// @param at the record's first byte
    RecordFields(DatContents contents, DatBytes bytes, long at, int length) {
        this.contents = contents;
        this.bytes = bytes;
        this.at = at;
        this.length = length;
    }

    /// A field as its own shape says: `Long`, `String` or `byte[]`; null when it is not there.
    @Nullable Object value(TracepointField field) throws DatFormatException {
        return switch (field.shape()) {
            case INTEGER -> number(field);
            case TEXT, DATA_LOC_TEXT, REL_LOC_TEXT -> text(field);
            case ARRAY, DATA_LOC_ARRAY, REL_LOC_ARRAY -> array(field);
            case BYTES ->
                    isThere(field.offset(), field.size())
                            ? bytes.array(at + field.offset(), field.size())
                            : null;
        };
    }

    @Nullable Long number(TracepointField field) throws DatFormatException {
        return isThere(field.offset(), field.size())
                ? (Long) bytes.integer(at + field.offset(), field.size(), field.signed())
                : null;
    }

    @Nullable String text(TracepointField field) throws DatFormatException {
        Range range = range(field);
        if (range == null) {
            return null;
        }
        byte[] characters = bytes.array(at + range.offset(), range.length());
        int end = 0;
        while (end < characters.length && characters[end] != 0) {
            end++;
        }
        return new String(characters, 0, end, StandardCharsets.UTF_8);
    }

    /// Name of what an address points to, or the address.
    @Nullable String symbol(TracepointField field) throws DatFormatException {
        Long address = number(field);
        if (address == null) {
            return null;
        }
        String symbol = contents.symbols.of(address);
        return symbol == null ? "0x" + Long.toHexString(address) : symbol;
    }

    private @Nullable String array(TracepointField field) throws DatFormatException {
        Range range = range(field);
        if (range == null) {
            return null;
        }
        int width = field.elementBytes(contents.layout.commitBytes());
        StringJoiner text = new StringJoiner(",");
        for (int i = 0; i + width <= range.length(); i += width) {
            long element = bytes.integer(at + range.offset() + i, width, field.signed());
            text.add(
                    width == 1
                            ? String.format(Locale.ROOT, "%02x", element & 0xff)
                            : Long.toString(element));
        }
        return text.toString();
    }

    private record Range(int offset, int length) {}

    /// Where characters or elements are, cut at the record's end.
    private @Nullable Range range(TracepointField field) throws DatFormatException {
        int offset = field.offset();
        int size = field.size();
        boolean isRelative =
                field.shape() == Shape.REL_LOC_TEXT || field.shape() == Shape.REL_LOC_ARRAY;
        if (isRelative
                || field.shape() == Shape.DATA_LOC_TEXT
                || field.shape() == Shape.DATA_LOC_ARRAY) {
            if (!isThere(offset, Integer.BYTES)) {
                return null;
            }
            int word = bytes.s32(at + offset);
            offset = (word & LOC_OFFSET) + (isRelative ? offset + Integer.BYTES : 0);
            size = word >>> LOC_LENGTH_SHIFT;
        } else if (size == 0) {
            size = length - offset;
        }
        if (offset < 0 || offset > length) {
            return null;
        }
        return new Range(offset, Math.clamp(length - offset, 0, size));
    }

    private boolean isThere(int offset, int size) {
        return offset >= 0 && size <= length - offset;
    }
}
