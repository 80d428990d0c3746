package org.panscope.core.sql;

import org.duckdb.DuckDBConnection;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/// Connections to databases that live in memory alone; files are attached to them.
final class DuckDb {
    private static final String IN_MEMORY = "jdbc:duckdb:";

    /// What a query may not do: reach for files or the network, load code, or change its mind.
    private static final List<String> LOCKS =
            List.of(
                    "SET autoinstall_known_extensions = false",
                    "SET autoload_known_extensions = false",
                    "SET allow_community_extensions = false",
                    "SET enable_external_access = false",
                    "SET lock_configuration = true");

    private DuckDb() {}

    /// A new connection with a database of its own.
    ///
    /// @param spill folder for what a large query cannot hold in memory
    static DuckDBConnection connect(Path spill) throws SQLException {
        Properties properties = new Properties();
        // Rows come as they are read; a large result is never in memory as a whole.
        properties.setProperty("jdbc_stream_results", "true");
        DuckDBConnection connection =
                (DuckDBConnection) DriverManager.getConnection(IN_MEMORY, properties);
        execute(connection, "SET temp_directory = " + SqlNames.text(spill));
        return connection;
    }

    /// Shuts everything out but what is attached.
    static void lock(DuckDBConnection connection) throws SQLException {
        for (String setting : LOCKS) {
            execute(connection, setting);
        }
    }

    static void execute(DuckDBConnection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
