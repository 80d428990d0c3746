package org.panscope.core.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The scenarios that come with the project.
public final class Samples {
    public static final Path FOLDER = Path.of("..", "samples");

    private Samples() {}

    /// All of them, also those in folders below, by name.
    public static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }
}
