package org.panscope.core.sql;

import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.derived.RowOutput;
import org.panscope.core.sql.schema.TableInfo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/// Puts rows of a derived table into a table of DuckDB, unsigned numbers as the signed ones of the
/// same bits.
final class RowAppender implements RowOutput, AutoCloseable {
    private final TableInfo table;
    private final DuckDBAppender appender;

    RowAppender(TableInfo table, DuckDBAppender appender) {
        this.table = table;
        this.appender = appender;
    }

    @Override
    public void row(@Nullable Object... values) {
        if (values.length != table.columns().size()) {
            throw new IllegalArgumentException(
                    "table=" + table.name() + " values=" + values.length);
        }
        try {
            appender.beginRow();
            for (int i = 0; i < values.length; i++) {
                value(values[i]);
            }
            appender.endRow();
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    private void value(@Nullable Object value) throws SQLException {
        switch (value) {
            case null -> appender.appendNull();
            case Number number -> appender.append(number.longValue());
            case Boolean flag -> appender.append(flag);
            default -> appender.append(value.toString());
        }
    }

    @Override
    public void close() throws SQLException {
        appender.close();
    }
}
