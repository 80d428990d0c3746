package org.panscope.app.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that gets its name only when it is complete: a command that fails or is cancelled leaves
/// nothing half done under the final name. A symbolic link stays one; its target is replaced.
final class PartFile implements AutoCloseable {
    private static final int LONGEST_ENDING = 16;

    private final Path finalPath;
    private final Path partPath;
    private boolean complete;

    /// @throws IOException when the folder does not exist or is not writable, or the name is that
    ///   of something else than a file
    PartFile(Path named) throws IOException {
        finalPath = Files.exists(named) ? named.toRealPath() : named.toAbsolutePath();
        if (Files.isDirectory(finalPath)) {
            throw new IOException(named + ": is a folder, not a file");
        }
        if (Files.exists(finalPath) && !Files.isRegularFile(finalPath)) {
            throw new IOException(named + ": is not a regular file");
        }
        Path folder = finalPath.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(named + ": its folder does not exist");
        }
        if (!Files.isWritable(folder)) {
            throw new IOException(named + ": its folder is not writable");
        }
        partPath = freeName(folder);
        try {
            // By the rules for every new file, so that the result has the mode people expect.
            Files.createFile(partPath);
            // When the program is interrupted, nobody closes this.
            partPath.toFile().deleteOnExit();
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? "its folder refuses files" : e.getReason();
            throw new IOException(named + ": cannot be written: " + reason, e);
        }
    }

    /// A name beside the final one, with its ending: that tells writers the format.
    private Path freeName(Path folder) {
        String name = String.valueOf(finalPath.getFileName());
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 || name.length() - dot > LONGEST_ENDING ? "" : name.substring(dot);
        String prefix = ".panscope-" + ProcessHandle.current().pid() + "-";
        int number = 0;
        while (Files.exists(folder.resolve(prefix + number + ending))) {
            number++;
        }
        return folder.resolve(prefix + number + ending);
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
