package org.panscope.app.open;

import java.io.IOException;
import java.nio.file.Path;

/// Opens any file Panscope understands; the format is found from the content.
@FunctionalInterface
public interface TraceOpener {
    /// Opens a file. May take long; called on a worker thread.
    ///
    /// @throws IOException with one sentence naming file, offset or line, and cause
    /// @throws java.util.concurrent.CancellationException when `progress` was cancelled
    TraceDocument open(Path path, OpenProgress progress) throws IOException;
}
