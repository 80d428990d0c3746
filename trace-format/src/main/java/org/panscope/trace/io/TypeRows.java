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

    /// The numbers of each column, at hand without a look at the column.
    private final PendingColumn[] numbers;

    private int rows;
    private long total;
    private int chunkPosition = -1;

    TypeRows(EventTypeInfo type, int typeIndex, StringTable strings) {
        this.type = type;
        this.typeIndex = typeIndex;
        this.strings = strings;
        columns = new Column[type.fields().size()];
        Arrays.setAll(columns, field -> new Column(type.fields().get(field).kind()));
        numbers = new PendingColumn[columns.length];
        Arrays.setAll(numbers, field -> columns[field].values);
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
            column.values.add(0);
        } else {
            column.markAbsent(rows);
        }
    }

    @Override
    public void number(int field, long value) {
        numbers[field].add(value);
    }

    @Override
    public void text(int field, String value) {
        numbers[field].add(strings.number(value));
    }

    @Override
    public void bytes(int field, byte[] value) {
        Column column = columns[field];
        column.values.add(value.length);
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
        private final PendingColumn values = new PendingColumn();
        private final ByteOutput blob = new ByteOutput();

        /// Bit set = absent; only as long as needed.
        private byte[] absent = new byte[0];

        private int absentCount;

        Column(FieldKind kind) {
            this.kind = kind;
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
            encoder.encode(values, out);
            values.clear();
            out.append(blob);
            blob.clear();
            Arrays.fill(absent, (byte) 0);
            absentCount = 0;
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
