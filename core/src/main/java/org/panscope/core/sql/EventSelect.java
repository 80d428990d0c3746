package org.panscope.core.sql;

import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;
import org.panscope.core.sql.schema.EventTables.TypeTable;
import org.panscope.trace.io.Trace;

import java.sql.SQLException;
import java.util.List;

/// Events of a trace as something to select from, read when it is selected from.
final class EventSelect {
    private static final String FUNCTION = "panscope_events";

    private EventSelect() {}

    /// A `SELECT` of all events.
    static String ofAll(DuckDBConnection connection, Trace trace, LoadProgress progress)
            throws SQLException {
        List<ColumnBuffer> columns = EventColumns.ofEvents(trace);
        return register(connection, FUNCTION, columns, EventRows.ofAll(trace, columns, progress));
    }

    /// A `SELECT` of the events of one name.
    static String ofType(
            DuckDBConnection connection, Trace trace, TypeTable type, LoadProgress progress)
            throws SQLException {
        List<ColumnBuffer> columns = EventColumns.ofType(trace, type);
        return register(
                connection,
                FUNCTION + "_" + type.types().getFirst(),
                columns,
                EventRows.ofTypes(trace, columns, type.types(), progress));
    }

    private static String register(
            DuckDBConnection connection, String name, List<ColumnBuffer> columns, EventRows rows)
            throws SQLException {
        DuckDBFunctions.tableFunction().withName(name).withFunction(rows).register(connection);
        StringBuilder select = new StringBuilder("SELECT ");
        for (ColumnBuffer column : columns) {
            String quoted = SqlNames.quote(column.name());
            select.append(column == columns.getFirst() ? "" : ", ")
                    .append(column.expression(quoted))
                    .append(" AS ")
                    .append(quoted);
        }
        return select.append(" FROM ").append(name).append("()").toString();
    }
}
