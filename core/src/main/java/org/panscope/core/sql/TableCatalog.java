package org.panscope.core.sql;

import org.panscope.core.sql.derived.DerivedTables;
import org.panscope.core.sql.schema.ColumnInfo;
import org.panscope.core.sql.schema.ColumnType;
import org.panscope.core.sql.schema.EventTables;
import org.panscope.core.sql.schema.EventTables.TypeTable;
import org.panscope.core.sql.schema.TableInfo;
import org.panscope.trace.io.Trace;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The tables of one trace. Kept beside its events, so that a later query knows them without
/// opening the trace.
///
/// @param tables in the order they are listed
/// @param shortNames second names of tables
record TableCatalog(List<TableInfo> tables, Map<String, String> shortNames) {
    /// Name of the table that holds the catalog, for SQL, too.
    static final String NAME = "catalog";

    TableCatalog {
        tables = List.copyOf(tables);
        shortNames = new TreeMap<>(shortNames);
    }

    static TableCatalog of(Trace trace) {
        List<TableInfo> tables = new ArrayList<>();
        Map<String, String> shortNames = new TreeMap<>();
        tables.add(EventTables.EVENTS);
        tables.addAll(DerivedTables.infos());
        for (TypeTable type : typeTables(trace)) {
            tables.add(type.table());
            if (!type.shortName().isEmpty()) {
                shortNames.put(type.shortName(), type.table().name());
            }
        }
        return new TableCatalog(tables, shortNames);
    }

    static List<TypeTable> typeTables(Trace trace) {
        Set<String> reserved = new TreeSet<>();
        reserved.add(NAME);
        reserved.add(EventTables.EVENTS.name());
        DerivedTables.infos().forEach(table -> reserved.add(table.name()));
        return EventTables.of(trace.types(), reserved);
    }

    /// The tables SQL may mean by these names, in lower case.
    List<TableInfo> named(Set<String> names) {
        return tables.stream()
                .filter(table ->
                        names.contains(table.name())
                                || shortNames.entrySet().stream()
                                        .anyMatch(entry ->
                                                entry.getValue().equals(table.name())
                                                        && names.contains(entry.getKey())))
                .toList();
    }

    /// Second name of a table, or empty.
    String shortNameOf(TableInfo table) {
        for (Map.Entry<String, String> entry : shortNames.entrySet()) {
            if (entry.getValue().equals(table.name())) {
                return entry.getKey();
            }
        }
        return "";
    }

    /// Writes the catalog as a table of the database `part`.
    void store(Connection connection, String part) throws SQLException {
        String table = SqlNames.quote(part) + "." + NAME;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE "
                            + table
                            + " (table_name VARCHAR, short_name VARCHAR, column_name VARCHAR,"
                            + " column_type VARCHAR, column_doc VARCHAR, table_doc VARCHAR,"
                            + " part VARCHAR)");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table + " VALUES (?,?,?,?,?,?,?)")) {
            for (TableInfo info : tables) {
                for (ColumnInfo column : info.columns()) {
                    insert.setString(1, info.name());
                    insert.setString(2, shortNameOf(info));
                    insert.setString(3, column.name());
                    insert.setString(4, column.type().name());
                    insert.setString(5, column.doc());
                    insert.setString(6, info.doc());
                    insert.setString(7, info.part());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /// Reads what [#store] wrote.
    static TableCatalog load(Connection connection, String part) throws SQLException {
        Map<String, List<ColumnInfo>> columns = new LinkedHashMap<>();
        Map<String, String[]> about = new LinkedHashMap<>();
        Map<String, String> shortNames = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT * FROM " + SqlNames.quote(part) + "." + NAME)) {
            while (rows.next()) {
                String name = rows.getString(1);
                columns.computeIfAbsent(name, ignored -> new ArrayList<>())
                        .add(
                                new ColumnInfo(
                                        rows.getString(3),
                                        ColumnType.valueOf(rows.getString(4)),
                                        rows.getString(5)));
                about.put(name, new String[] {rows.getString(7), rows.getString(6)});
                if (!rows.getString(2).isEmpty()) {
                    shortNames.put(rows.getString(2), name);
                }
            }
        }
        List<TableInfo> tables = new ArrayList<>();
        about.forEach((name, texts) ->
                tables.add(
                        new TableInfo(
                                name, texts[0], texts[1], columns.getOrDefault(name, List.of()))));
        return new TableCatalog(tables, shortNames);
    }
}
