package org.panscope.core.sql;

import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.schema.TableInfo;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The answer to a query, row by row.
public final class QueryRun implements AutoCloseable {
    private static final Set<String> NUMBERS =
            Set.of(
                    "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT",
                    "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL");

    private final DuckDBConnection connection;
    private final Statement statement;
    private final List<TableInfo> tables;
    private final List<Column> columns;
    private final @Nullable ResultSet rows;

    private QueryRun(
            DuckDBConnection connection,
            Statement statement,
            List<TableInfo> tables,
            List<Column> columns,
            @Nullable ResultSet rows) {
        this.connection = connection;
        this.statement = statement;
        this.tables = tables;
        this.columns = List.copyOf(columns);
        this.rows = rows;
    }

    /// A column of the answer.
    ///
    /// @param type as DuckDB names it
    public record Column(String name, String type) {
        public boolean isNumeric() {
            int end = type.indexOf('(');
            return NUMBERS.contains(end < 0 ? type : type.substring(0, end));
        }
    }

    /// Starts a statement; the connection is closed with the result.
    static QueryRun start(DuckDBConnection connection, String sql, List<TableInfo> tables)
            throws SQLException {
        Statement statement = connection.createStatement();
        if (!statement.execute(sql)) {
            return new QueryRun(connection, statement, tables, List.of(), null);
        }
        ResultSet rows = statement.getResultSet();
        ResultSetMetaData data = rows.getMetaData();
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            columns.add(new Column(data.getColumnLabel(i), data.getColumnTypeName(i)));
        }
        return new QueryRun(connection, statement, tables, columns, rows);
    }

    /// Empty for a statement that answers nothing.
    public List<Column> columns() {
        return columns;
    }

    /// The next row, one value a column: null, [Boolean], a [Number] or text; null after the last
    /// row.
    ///
    /// @throws QueryException when it fails or was cancelled
    public @Nullable Object @Nullable [] next() throws IOException {
        if (rows == null) {
            return null;
        }
        try {
            if (!rows.next()) {
                return null;
            }
            @Nullable Object[] values = new @Nullable Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = CellValue.of(rows.getObject(i + 1));
            }
            return values;
        } catch (SQLException e) {
            throw QueryException.of(e, tables);
        }
    }

    /// Makes [#next()] fail soon. May be called from any thread.
    public void cancel() {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // It is over already.
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new QueryException(String.valueOf(e.getMessage()), e);
        }
    }
}
