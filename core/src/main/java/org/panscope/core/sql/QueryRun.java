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

/// A statement that is ready to run, and its answer, row by row.
public final class QueryRun implements AutoCloseable {
    private static final Set<String> NUMBERS =
            Set.of(
                    "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "UHUGEINT",
                    "FLOAT",
                    "DOUBLE",
                    "DECIMAL");

    private final DuckDBConnection connection;
    private final Statement statement;
    private final String sql;
    private final List<TableInfo> tables;
    private List<Column> columns = List.of();
    private @Nullable ResultSet rows;

    /// The connection is closed with this.
    ///
    /// @param tables what the statement may name, for what is said of wrong names
    QueryRun(DuckDBConnection connection, String sql, List<TableInfo> tables) throws SQLException {
        this.connection = connection;
        this.sql = sql;
        this.tables = tables;
        statement = connection.createStatement();
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

    /// Runs the statement as far as its first rows.
    ///
    /// @throws QueryException saying in one line what is wrong with it, or when it was cancelled
    public void start() throws IOException {
        try {
            if (!statement.execute(sql)) {
                return;
            }
            ResultSet answer = statement.getResultSet();
            ResultSetMetaData data = answer.getMetaData();
            List<Column> found = new ArrayList<>();
            for (int i = 1; i <= data.getColumnCount(); i++) {
                found.add(new Column(data.getColumnLabel(i), data.getColumnTypeName(i)));
            }
            columns = List.copyOf(found);
            rows = answer;
        } catch (SQLException e) {
            throw QueryException.of(e, tables);
        }
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
        ResultSet answer = rows;
        if (answer == null) {
            return null;
        }
        try {
            if (!answer.next()) {
                return null;
            }
            @Nullable Object[] values = new @Nullable Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = CellValue.of(answer.getObject(i + 1));
            }
            return values;
        } catch (SQLException e) {
            throw QueryException.of(e, tables);
        }
    }

    /// Makes [#start()] and [#next()] fail soon. May be called from any thread.
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
