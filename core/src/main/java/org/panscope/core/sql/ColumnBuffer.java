package org.panscope.core.sql;

import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// The values of one column for a few thousand events, on their way to DuckDB.
abstract sealed class ColumnBuffer {
    private final String name;

    private ColumnBuffer(String name) {
        this.name = name;
    }

    final String name() {
        return name;
    }

    /// Type of the column as it is handed over.
    abstract Class<?> javaType();

    /// What makes the column of the table from it.
    abstract String expression(String quotedName);

    /// Makes room for so many rows.
    abstract void begin(int rows);

    abstract void read(EventCursor event, int row);

    abstract void flush(DuckDBWritableVector vector, int rows);

    /// Numbers; `isAbsent` names those that are NULL.
    static final class Numbers extends ColumnBuffer {
        private final ToLongFunction<EventCursor> value;
        private final Predicate<EventCursor> isAbsent;
        private final Meaning meaning;
        private long[] values = new long[0];
        private boolean[] absent = new boolean[0];

        /// What the 64 bits mean.
        enum Meaning {
            SIGNED,
            UNSIGNED,
            FLAG
        }

        Numbers(
                String name,
                Meaning meaning,
                ToLongFunction<EventCursor> value,
                Predicate<EventCursor> isAbsent) {
            super(name);
            this.meaning = meaning;
            this.value = value;
            this.isAbsent = isAbsent;
        }

        @Override
        Class<?> javaType() {
            return Long.class;
        }

        @Override
        String expression(String quoted) {
            return switch (meaning) {
                case SIGNED -> quoted;
                case UNSIGNED -> SqlNames.unsigned(quoted);
                case FLAG -> quoted + " <> 0";
            };
        }

        @Override
        void begin(int rows) {
            if (values.length < rows) {
                values = new long[rows];
                absent = new boolean[rows];
            }
        }

        @Override
        void read(EventCursor event, int row) {
            absent[row] = isAbsent.test(event);
            values[row] = absent[row] ? 0 : value.applyAsLong(event);
        }

        @Override
        void flush(DuckDBWritableVector vector, int rows) {
            for (int row = 0; row < rows; row++) {
                if (absent[row]) {
                    vector.setNull(row);
                } else {
                    vector.setLong(row, values[row]);
                }
            }
        }
    }

    /// Texts; null is NULL. Those that recur, as most do, are encoded once.
    static final class Texts extends ColumnBuffer {
        private static final int MOST_KEPT = 4096;

        private final Function<EventCursor, @Nullable String> value;
        private final Map<String, byte[]> encoded = new LinkedHashMap<>();
        private byte[] @Nullable [] values = new byte[0][];

        Texts(String name, Function<EventCursor, @Nullable String> value) {
            super(name);
            this.value = value;
        }

        @Override
        Class<?> javaType() {
            return String.class;
        }

        @Override
        String expression(String quoted) {
            return quoted;
        }

        @Override
        void begin(int rows) {
            if (values.length != rows) {
                values = new byte[rows][];
            }
        }

        @Override
        void read(EventCursor event, int row) {
            String text = value.apply(event);
            values[row] = text == null ? null : encode(text);
        }

        private byte[] encode(String text) {
            byte[] bytes = encoded.get(text);
            if (bytes == null) {
                bytes = text.getBytes(StandardCharsets.UTF_8);
                if (encoded.size() < MOST_KEPT) {
                    encoded.put(text, bytes);
                }
            }
            return bytes;
        }

        @Override
        void flush(DuckDBWritableVector vector, int rows) {
            vector.setStringUtf8Batch(0, values);
        }
    }

    /// Raw bytes, handed over in hexadecimal.
    static final class Bytes extends ColumnBuffer {
        private final Function<EventCursor, byte @Nullable []> value;
        private @Nullable String[] values = new @Nullable String[0];

        Bytes(String name, Function<EventCursor, byte @Nullable []> value) {
            super(name);
            this.value = value;
        }

        @Override
        Class<?> javaType() {
            return String.class;
        }

        @Override
        String expression(String quoted) {
            return "unhex(" + quoted + ")";
        }

        @Override
        void begin(int rows) {
            if (values.length < rows) {
                values = new @Nullable String[rows];
            }
        }

        @Override
        void read(EventCursor event, int row) {
            byte[] bytes = value.apply(event);
            values[row] = bytes == null ? null : HexFormat.of().formatHex(bytes);
        }

        @Override
        void flush(DuckDBWritableVector vector, int rows) {
            for (int row = 0; row < rows; row++) {
                String text = values[row];
                if (text == null) {
                    vector.setNull(row);
                } else {
                    vector.setString(row, text);
                }
            }
        }
    }
}
