package org.panscope.app.open;

import org.panscope.core.input.TraceInputs;
import org.panscope.core.state.Reducer;
import org.panscope.core.state.TraceStateHistory;
import org.panscope.trace.io.Trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/// Opens whatever the command line opens, too: traces, captures, scenarios.
public final class InputOpener implements TraceOpener {
    @Override
    public OpenedTrace open(Path path, Progress progress) throws IOException {
        progress.report("Opening " + path.getFileName(), 0, 0);
        org.panscope.core.input.OpenedTrace input =
                TraceInputs.open(path, new InputProgress(path, progress));
        if (progress.isCancelled()) {
            input.close();
            throw new CancellationException();
        }
        Trace trace = input.trace();
        return new OpenedTrace(
                path,
                input.format().label(),
                trace,
                new TraceStateHistory(trace, new Reducer()),
                input.problems(),
                input::close);
    }

    /// What readers report, in the words of the window.
    private record InputProgress(Path path, Progress progress)
            implements org.panscope.trace.io.Progress {
        @Override
        public void advance(long doneBytes, long totalBytes) {
            progress.report("Reading " + path.getFileName(), doneBytes, totalBytes);
        }

        @Override
        public boolean isCancelled() {
            return progress.isCancelled();
        }
    }
}
