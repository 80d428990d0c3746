package org.panscope.app.query;

import org.panscope.core.sql.DatabaseCache;
import org.panscope.trace.io.Producer;

import java.nio.file.Path;

/// Where this user's tables of traces are kept.
public final class QueryCache {
    /// A system property that names another folder.
    public static final String FOLDER_PROPERTY = "panscope.sql.cache";

    private QueryCache() {}

    /// The cache in the user's cache folder (`$XDG_CACHE_HOME` or `~/.cache`).
    public static DatabaseCache ofUser() {
        return new DatabaseCache(folder(), Producer.name());
    }

    private static Path folder() {
        String named = System.getProperty(FOLDER_PROPERTY, "");
        if (!named.isBlank()) {
            return Path.of(named);
        }
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base =
                configured == null || configured.isBlank()
                        ? Path.of(System.getProperty("user.home", "."), ".cache")
                        : Path.of(configured);
        return base.resolve("panscope").resolve("sql");
    }
}
