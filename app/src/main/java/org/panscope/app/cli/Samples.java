package org.panscope.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the samples that come with the program are.
final class Samples {
    private static final String HOME_PROPERTY = "panscope.home";

    private Samples() {}

    /// The samples folder, of the installation or of the current folder.
    ///
    /// @throws IOException when there is none
    static Path folder() throws IOException {
        Path folder = Path.of(System.getProperty(HOME_PROPERTY, ".")).resolve("samples");
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + ": the samples that come with Panscope are not there");
        }
        return folder;
    }
}
