package org.panscope.core.sql;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Where the tables of traces are kept between queries: one folder for each trace, named after
/// path, size and time of the file, the version of the tables and that of the program. When all of
/// them together grow too large, those that were not used for longest go.
public final class DatabaseCache {
    /// Changes whenever tables do.
    private static final int FORMAT = 1;

    private static final long MOST_BYTES = 8L << 30;
    private static final String USED = "used";
    private static final int KEY_BYTES = 16;

    private final Path root;
    private final String version;
    private final long mostBytes;

    /// @param root folder, made when it is needed
    /// @param version of the program: another one may derive other tables
    public DatabaseCache(Path root, String version) {
        this(root, version, MOST_BYTES);
    }

    DatabaseCache(Path root, String version, long mostBytes) {
        this.root = root;
        this.version = version;
        this.mostBytes = mostBytes;
    }

    /// The folder for the tables of a file, made now; null when the file cannot be told from a
    /// later one of the same name, or the folder cannot be made.
    @Nullable Path folderFor(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return null;
            }
            Path folder = root.resolve(key(file));
            Files.createDirectories(folder);
            // Its time says when the folder was used last.
            Files.write(folder.resolve(USED), new byte[1]);
            return folder;
        } catch (IOException e) {
            return null;
        }
    }

    private String key(Path file) throws IOException {
        String identity =
                file.toRealPath()
                        + "\n"
                        + Files.size(file)
                        + "\n"
                        + Files.getLastModifiedTime(file)
                        + "\n"
                        + FORMAT
                        + "\n"
                        + version;
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Removes folders until the rest is small enough; `inUse` stays. What cannot be removed stays,
    /// too.
    void prune(Path inUse) {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                if (Files.isDirectory(folder)) {
                    entries.add(Entry.of(folder));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return;
        }
        entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::folder));
        long total = entries.stream().mapToLong(Entry::bytes).sum();
        for (Entry entry : entries) {
            if (total > mostBytes && !entry.folder().equals(inUse)) {
                total -= entry.bytes();
                delete(entry.folder());
            }
        }
    }

    /// Deletes a folder of files.
    static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException | UncheckedIOException e) {
            // A later pruning finds what is left.
        }
    }

    /// @param used when
    private record Entry(Path folder, long bytes, FileTime used) {
        static Entry of(Path folder) throws IOException {
            long bytes = 0;
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    bytes += Files.exists(file) ? Files.size(file) : 0;
                }
            }
            Path used = folder.resolve(USED);
            return new Entry(
                    folder,
                    bytes,
                    Files.exists(used) ? Files.getLastModifiedTime(used) : FileTime.fromMillis(0));
        }
    }
}
