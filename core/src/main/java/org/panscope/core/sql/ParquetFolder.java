package org.panscope.core.sql;

import org.duckdb.DuckDBConnection;
import org.panscope.core.sql.schema.TableInfo;
import org.panscope.trace.io.Progress;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A folder of Parquet files that several traces share: `TABLE/trace=NAME/part.parquet`, which
/// engines read as one table with a column `trace`. Files get their names when all of a trace's are
/// written; a trace that was there before is replaced.
final class ParquetFolder {
    private static final String FILE = "part.parquet";

    private final Path target;
    private final String trace;

    /// @param trace a name; characters that are none in a folder are replaced
    ParquetFolder(Path target, String trace) {
        this.target = target;
        this.trace = trace.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    void write(DuckDBConnection connection, List<TableInfo> tables, Progress progress)
            throws IOException, SQLException {
        try {
            Files.createDirectories(target);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(target + ": is a file, not a folder", e);
        }
        List<Path> written = new ArrayList<>();
        List<Path> finals = new ArrayList<>();
        try {
            for (TableInfo table : tables) {
                if (progress.isCancelled()) {
                    throw new QueryException("cancelled");
                }
                Path folder = target.resolve(fileName(table)).resolve("trace=" + trace);
                Files.createDirectories(folder);
                Path temporary = Files.createTempFile(folder, ".part-", ".tmp");
                temporary.toFile().deleteOnExit();
                written.add(temporary);
                finals.add(folder.resolve(FILE));
                DuckDb.execute(
                        connection,
                        "COPY (SELECT * FROM "
                                + SqlNames.quote(table.name())
                                + ") TO "
                                + SqlNames.text(temporary)
                                + " (FORMAT parquet, COMPRESSION zstd)");
            }
            for (int i = 0; i < written.size(); i++) {
                Files.move(
                        written.get(i),
                        finals.get(i),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            for (Path file : written) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// A dynamic type's name may hold what a folder's may not.
    private static String fileName(TableInfo table) {
        return table.name().replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
