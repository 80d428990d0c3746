package org.panscope.app.open;

import org.panscope.core.capture.TraceReduction;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;
import org.panscope.trace.io.Progress;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/// Opens traces, scenarios and captures from files.
public final class FileTraceOpener implements TraceOpener {
    @Override
    public TraceDocument open(Path path, OpenProgress progress) throws IOException {
        OpenedTrace opened;
        try {
            opened = TraceInputs.open(path, new BytesProgress(path, progress));
        } catch (InterruptedIOException e) {
            CancellationException cancelled = new CancellationException(e.getMessage());
            cancelled.initCause(e);
            throw cancelled;
        }
        if (progress.isCancelled()) {
            opened.close();
            throw new CancellationException(path + ": cancelled");
        }
        return new TraceDocument(
                path,
                opened.format().label(),
                opened.trace(),
                TraceReduction.historyOf(opened.trace()),
                opened.problems(),
                opened::close);
    }

    /// Tells the window how many bytes were read.
    private record BytesProgress(Path file, OpenProgress target) implements Progress {
        @Override
        public void advance(long doneBytes, long totalBytes) {
            target.report("Reading " + file.getFileName(), doneBytes, totalBytes);
        }

        @Override
        public boolean isCancelled() {
            return target.isCancelled();
        }
    }
}
