package org.panscope.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files of instruction words and memory that the command line names; `-` is standard input.
final class InputBytes {
    private static final String STANDARD_INPUT = "-";
    private static final int MOST_BYTES = 256 << 20;

    private InputBytes() {}

    /// Opens a file for reading.
    ///
    /// @throws IOException naming the file and why it cannot be read
    static InputStream open(String name) throws IOException {
        if (name.equals(STANDARD_INPUT)) {
            return System.in;
        }
        if (name.isBlank()) {
            throw new IOException("the name of a file is empty");
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new IOException(name + ": is a folder, not a file");
        }
        return Files.newInputStream(path);
    }

    /// All bytes of a file.
    ///
    /// @throws IOException when it cannot be read or has too many
    static byte[] read(String name) throws IOException {
        try (InputStream in = open(name)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException(label(name) + ": is more than 256 MiB");
            }
            return bytes;
        }
    }

    /// What to call a file in messages.
    static String label(String name) {
        return name.equals(STANDARD_INPUT) ? "standard input" : name;
    }
}
