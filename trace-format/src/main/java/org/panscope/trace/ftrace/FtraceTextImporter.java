package org.panscope.trace.ftrace;

import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TraceWriterFactory;
import org.panscope.trace.io.TrackAssigner;

import java.io.IOException;
import java.io.InputStream;

/// Reads ftrace text, as the kernel's files `trace` and `trace_pipe` and `trace-cmd report` print
/// it, packed with gzip or zstd or not. Every line becomes an event, part of one, or a loss; the
/// input is read once, in memory that does not grow with it.
///
/// Each event keeps its name as a dynamic type with the tracepoint's own fields. Event times are
/// relative to the first event; the trace header holds the time of that one.
public final class FtraceTextImporter {
    private FtraceTextImporter() {}

    /// Imports one capture.
    ///
    /// @param in the capture; not closed
    /// @param sizeBytes its size, or [Progress#UNKNOWN_SIZE]
    /// @param sourceName its name, for the header and for messages
    /// @param writers opens the trace; the trace is closed in any case once it was opened
    /// @param tracks gives every event its track
    /// @throws UnsupportedCaptureException if the text is of a form that cannot be decoded
    /// @throws IOException if reading or writing fails; damage of the capture is a loss in the
    ///   trace instead
    public static ImportSummary importText(
            InputStream in,
            long sizeBytes,
            String sourceName,
            TraceWriterFactory writers,
            TrackAssigner tracks,
            Progress progress)
            throws IOException {
        try (FtraceTextImport run = new FtraceTextImport(sourceName, writers, tracks)) {
            return run.run(in, sizeBytes, progress);
        }
    }

    /// Imports one capture of unknown size.
    public static ImportSummary importText(
            InputStream in,
            String sourceName,
            TraceWriterFactory writers,
            TrackAssigner tracks,
            Progress progress)
            throws IOException {
        return importText(in, Progress.UNKNOWN_SIZE, sourceName, writers, tracks, progress);
    }
}
