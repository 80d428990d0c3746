package org.panscope.core.sql.derived;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.schema.TableInfo;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Rows of derived tables in memory.
final class TableLog {
    private final Map<String, List<@Nullable Object[]>> rows = new TreeMap<>();
    private final Map<String, TableInfo> tables = new TreeMap<>();

    static TableLog of(Trace trace) {
        return of(trace, FindingSource.NONE);
    }

    static TableLog of(Trace trace, FindingSource findings) {
        TableLog log = new TableLog();
        DerivedTables.write(trace, findings, log::output, seq -> {}, () -> false);
        return log;
    }

    private RowOutput output(TableInfo table) {
        tables.put(table.name(), table);
        List<@Nullable Object[]> kept =
                rows.computeIfAbsent(table.name(), name -> new ArrayList<>());
        return values -> kept.add(values.clone());
    }

    int count(String table) {
        return of(table).size();
    }

    private List<@Nullable Object[]> of(String table) {
        return rows.getOrDefault(table, List.of());
    }

    /// Values of some columns of every row, joined by spaces; NULL is `-`.
    List<String> texts(String table, String... columns) {
        TableInfo info = tables.get(table);
        if (info == null) {
            throw new AssertionError("no table " + table);
        }
        List<String> texts = new ArrayList<>();
        for (@Nullable Object[] row : of(table)) {
            List<String> values = new ArrayList<>();
            for (String column : columns) {
                Object value = row[info.columnIndex(column)];
                values.add(value == null ? "-" : value.toString());
            }
            texts.add(String.join(" ", values));
        }
        return texts;
    }
}
