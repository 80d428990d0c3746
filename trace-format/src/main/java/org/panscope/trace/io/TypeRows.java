package org.panscope.trace.io;

import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.FieldSink;

import java.util.Arrays;

/// Field values of the events of one type in the chunk being filled, a column per field.
final class TypeRows implements FieldSink {
    private final EventTypeInfo type;
    private final int typeIndex;
    private final StringTable strings;
    private final Column[] columns;
    private int rows;
    private long total;
    private int chunkPosition = -1;

    TypeRows(EventTypeInfo type, int typeIndex, StringTable strings) {
        this.type = type;
        this.typeIndex = typeIndex;
        this.strings = strings;
        columns = new Column[type.fields().size()];
        Arrays.setAll(columns, field -> new Column(type.fields().get(field).kind(), strings));
    }

    EventTypeInfo type() {
        return type;
    }

    /// Position of the type in the file.
    int typeIndex() {
        return typeIndex;
    }

    /// Position of the type in the chunk, or -1 while the chunk has no event of it.
    int chunkPosition() {
        return chunkPosition;
    }

    void enterChunk(int position) {
        chunkPosition = position;
    }

    /// Begins an event; its fields follow.
    void nextRow() {
        rows++;
        total++;
    }

    /// Events of this type in all chunks.
    long total() {
        return total;
    }

    int rows() {
        return rows;
    }

    @Override
    public void absent(int field) {
        Column column = columns[field];
        if (column.kind == FieldKind.TEXT) {
            column.add(0);
        } else {
            column.markAbsent(rows);
        }
    }

    @Override
    public void number(int field, long value) {
        columns[field].add(value);
    }

    @Override
    public void text(int field, String value) {
        Column column = columns[field];
        column.add(column.texts.number(value));
    }

    @Override
    public void bytes(int field, byte[] value) {
        Column column = columns[field];
        column.add(value.length);
        column.blob.raw(value, 0, value.length);
        strings.addRaw(value.length);
    }

    /// Appends the columns of all rows and forgets them.
    void drainTo(ByteOutput out, ColumnEncoder encoder) {
        for (Column column : columns) {
            column.drainTo(out, encoder, rows);
        }
        rows = 0;
        chunkPosition = -1;
    }

    private static final class Column {
        private final FieldKind kind;
        private long[] values = new long[64];
        private int size;
        private final ByteOutput blob = new ByteOutput();

        /// Bit set = absent; only as long as needed.
        private byte[] absent = new byte[0];

        private int absentCount;
        private final RepeatedText texts;

        Column(FieldKind kind, StringTable strings) {
            this.kind = kind;
            texts = new RepeatedText(strings);
        }

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        void markAbsent(int rows) {
            int row = rows - 1;
            if (row >> 3 >= absent.length) {
                absent = Arrays.copyOf(absent, Math.max(64, (row >> 3) * 2 + 1));
            }
            absent[row >> 3] |= (byte) (1 << (row & 7));
            absentCount++;
        }

        void drainTo(ByteOutput out, ColumnEncoder encoder, int rows) {
            if (kind != FieldKind.TEXT && rows > 0) {
                writePresence(out, rows);
            }
            encoder.encode(values, size, out);
            out.append(blob);
            size = 0;
            blob.clear();
            Arrays.fill(absent, (byte) 0);
            absentCount = 0;
            texts.forget();
        }

        private void writePresence(ByteOutput out, int rows) {
            if (absentCount == 0) {
                out.u8(OptionalColumn.ALL);
            } else if (absentCount == rows) {
                out.u8(OptionalColumn.NONE);
            } else {
                out.u8(OptionalColumn.SOME);
                for (int from = 0; from < rows; from += 8) {
                    int missing = from >> 3 < absent.length ? absent[from >> 3] : 0;
                    int inRange = rows - from >= 8 ? 0xff : (1 << (rows - from)) - 1;
                    out.u8(~missing & inRange);
                }
            }
        }
    }
}
