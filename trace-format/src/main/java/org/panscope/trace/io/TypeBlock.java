package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;

import java.util.Arrays;

/// Field columns of the events of one type in one chunk.
final class TypeBlock {
    private static final LongColumn NO_BYTES = LongColumn.constant(0);

    private final byte[] payload;
    private final EventChunk chunk;
    private final FieldInfo[] fields;
    private final @Nullable OptionalColumn[] columns;
    private final LongColumn[] texts;
    private final LongColumn[] ends;
    private final int[] blobFrom;

    TypeBlock(ByteInput in, EventTypeInfo type, int rows, EventChunk chunk)
            throws TraceFormatException {
        this.chunk = chunk;
        payload = in.array();
        int count = type.fields().size();
        fields = type.fields().toArray(new FieldInfo[0]);
        columns = new @Nullable OptionalColumn[count];
        texts = new LongColumn[count];
        ends = new LongColumn[count];
        blobFrom = new int[count];
        Arrays.fill(texts, NO_BYTES);
        Arrays.fill(ends, NO_BYTES);
        for (int i = 0; i < count; i++) {
            switch (fields[i].kind()) {
                case TEXT -> texts[i] = LongColumn.decode(in, rows);
                case INT, BOOL, ENUM -> columns[i] = OptionalColumn.decode(in, rows);
                case BYTES -> readBytes(in, i, rows);
            }
        }
    }

    boolean isPresent(int row, int field) {
        OptionalColumn column = columns[field];
        return column == null ? texts[field].get(row) != 0 : column.isPresent(row);
    }

    /// Number of an INT, BOOL or ENUM field; 0 when absent.
    long number(int row, int field) {
        OptionalColumn column = columns[field];
        if (column == null || fields[field].kind() == FieldKind.BYTES || !column.isPresent(row)) {
            return 0;
        }
        return column.get(row);
    }

    @Nullable Object value(int row, int field) throws TraceFormatException {
        if (!isPresent(row, field)) {
            return null;
        }
        return switch (fields[field].kind()) {
            case INT -> number(row, field);
            case BOOL -> number(row, field) != 0;
            case TEXT -> chunk.string(texts[field].get(row));
            case ENUM -> label(field, number(row, field));
            case BYTES -> bytes(row, field);
        };
    }

    private String label(int field, long index) throws TraceFormatException {
        if (index < 0 || index >= fields[field].labels().size()) {
            throw new TraceFormatException(
                    "field " + fields[field].name() + " has no label " + index);
        }
        return fields[field].labels().get((int) index);
    }

    private byte[] bytes(int row, int field) {
        int from = row == 0 ? 0 : (int) ends[field].get(row - 1);
        int to = (int) ends[field].get(row);
        return Arrays.copyOfRange(payload, blobFrom[field] + from, blobFrom[field] + to);
    }

    /// Lengths of the values present, then their bytes.
    private void readBytes(ByteInput in, int field, int rows) throws TraceFormatException {
        OptionalColumn lengths = OptionalColumn.decode(in, rows);
        long[] values = new long[rows];
        long end = 0;
        for (int row = 0; row < rows; row++) {
            long length = lengths.isPresent(row) ? lengths.get(row) : 0;
            if (length < 0 || length > in.remaining() - end) {
                throw new TraceFormatException(length + " bytes of a field do not fit");
            }
            end += length;
            values[row] = end;
        }
        columns[field] = lengths;
        ends[field] = LongColumn.pack(values, rows);
        blobFrom[field] = in.skip(end);
    }
}
