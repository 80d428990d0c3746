package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.tracedat.TracepointField.Shape;

import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;

/// The fields of one record, one record after the other. A field beyond the record's end is absent.
final class RecordFields {
    private static final int LOC_LENGTH_SHIFT = 16;
    private static final int LOC_OFFSET = 0xffff;

    private final DatContents contents;
    private final TextCache texts = new TextCache();
    private final SymbolCache symbols;
    private RecordBytes bytes;
    private int at;
    private int length;
    private long record;

    RecordFields(DatContents contents) {
        this.contents = contents;
        symbols = new SymbolCache(contents.symbols);
        bytes = new RecordBytes(0, contents.file.order());
    }

    /// Moves to another record.
    ///
    /// @param first its first byte
    void set(RecordBytes page, int first, int size) {
        bytes = page;
        at = first;
        length = size;
        record++;
    }

    /// A number that no other record has.
    long record() {
        return record;
    }

    /// The whole record.
    byte[] all() {
        return array(0, length);
    }

    /// What there is of the record from a place on.
    byte[] allFrom(int offset) {
        int from = Math.clamp(offset, 0, length);
        return array(from, length - from);
    }

    /// Whether an integer is there.
    boolean has(TracepointField field) {
        return isThere(field.offset(), field.size());
    }

    /// An integer that [#has] says is there.
    long integer(TracepointField field) {
        long value = bytes.integer(at + field.offset(), field.size(), field.signed());
        return field.bits() == 0 ? value : bits(value, field);
    }

    /// A bit-field begins at its integer's lowest bit, on big-endian machines at its highest.
    private long bits(long value, TracepointField field) {
        int left = bytes.bigEndian() ? Long.SIZE - field.size() * 8 : Long.SIZE - field.bits();
        int unused = Long.SIZE - field.bits();
        long top = value << left;
        return field.signed() ? top >> unused : top >>> unused;
    }

    /// A field as its own shape says: `Long`, `String` or `byte[]`; null when it is not there.
    @Nullable Object value(TracepointField field) {
        return switch (field.shape()) {
            case INTEGER -> number(field);
            case TEXT, DATA_LOC_TEXT, REL_LOC_TEXT -> text(field);
            case ARRAY, DATA_LOC_ARRAY, REL_LOC_ARRAY -> array(field);
            case BYTES -> has(field) ? array(field.offset(), field.size()) : null;
        };
    }

    @Nullable Long number(TracepointField field) {
        return has(field) ? (Long) integer(field) : null;
    }

    @Nullable String text(TracepointField field) {
        Range range = range(field);
        return range == null
                ? null
                : texts.text(bytes.array(), at + range.offset(), range.length());
    }

    /// As [#text], for text that hardly ever comes twice.
    @Nullable String uniqueText(TracepointField field) {
        Range range = range(field);
        return range == null
                ? null
                : TextCache.decode(bytes.array(), at + range.offset(), range.length());
    }

    private byte[] array(int offset, int size) {
        return Arrays.copyOfRange(bytes.array(), at + offset, at + offset + size);
    }

    /// Name of what an address points to, or the address.
    @Nullable String symbol(TracepointField field) {
        return has(field) ? symbols.of(integer(field)) : null;
    }

    private @Nullable String array(TracepointField field) {
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
    private @Nullable Range range(TracepointField field) {
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
