package org.panscope.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that gets its name only when it is complete: a command that fails or is cancelled leaves
/// nothing half done under the final name.
final class PartFile implements AutoCloseable {
    private final Path finalPath;
    private final Path partPath;
    private boolean complete;

    /// @throws IOException when the folder does not exist or is not writable
    PartFile(Path finalPath) throws IOException {
        this.finalPath = finalPath.toAbsolutePath();
        Path folder = this.finalPath.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(finalPath + ": its folder does not exist");
        }
        this.partPath = Files.createTempFile(folder, ".part-", "-" + this.finalPath.getFileName());
    }

    /// Where to write.
    Path path() {
        return partPath;
    }

    /// Gives the file its name, replacing an older one.
    void complete() throws IOException {
        Files.move(
                partPath,
                finalPath,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
        complete = true;
    }

    @Override
    public void close() throws IOException {
        if (!complete) {
            Files.deleteIfExists(partPath);
        }
    }
}
