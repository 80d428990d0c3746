package org.panscope.core.sql;

import org.panscope.trace.io.Progress;
import org.panscope.trace.io.Trace;

/// How far a pass over a trace is, as the share of the file it was opened from.
final class LoadProgress {
    private final Progress progress;
    private final long events;
    private final long inputBytes;

    /// @param inputBytes size of the file, or 0 when it is not known
    LoadProgress(Progress progress, Trace trace, long inputBytes) {
        this.progress = progress;
        this.events = Math.max(1, trace.eventCount());
        this.inputBytes = inputBytes;
    }

    boolean isCancelled() {
        return progress.isCancelled();
    }

    void reached(long seq) {
        long done = Math.clamp(seq + 1, 0, events);
        progress.advance((long) ((double) done / events * inputBytes), inputBytes);
    }
}
