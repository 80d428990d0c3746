package org.panscope.app.shell;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// A memory in a properties file. A file that cannot be read or written costs the memory, never the
/// session.
public final class FileWindowMemory implements WindowMemory {
    private static final Logger LOG = System.getLogger(FileWindowMemory.class.getName());

    private final Path file;
    private final Properties values = new Properties();

    public FileWindowMemory(Path file) {
        this.file = file;
        if (Files.isReadable(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                values.load(in);
            } catch (IOException | IllegalArgumentException e) {
                LOG.log(Level.WARNING, "cannot read " + file, e);
            }
        }
    }

    /// The file in the user's configuration folder (`$XDG_CONFIG_HOME` or `~/.config`).
    public static Path defaultFile() {
        String configured = System.getenv("XDG_CONFIG_HOME");
        Path base =
                configured == null || configured.isBlank()
                        ? Path.of(System.getProperty("user.home", "."), ".config")
                        : Path.of(configured);
        return base.resolve("panscope").resolve("window.properties");
    }

    @Override
    public @Nullable String get(String key) {
        return values.getProperty(key);
    }

    @Override
    public void put(String key, String value) {
        if (value.equals(values.setProperty(key, value))) {
            return;
        }
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try (Writer out = Files.newBufferedWriter(file)) {
                values.store(out, "Panscope window");
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot write " + file, e);
        }
    }
}
