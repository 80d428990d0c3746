package org.panscope.trace.dump;

import org.panscope.trace.ftrace.ImportSummary;
import org.panscope.trace.ftrace.LineReader;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TraceWriterFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongFunction;

/// Reads dumps: whole files that tell of one instant, or of work without its times. Each becomes a
/// trace that says so in the attribute `document` and in its first event. Read once, line by line,
/// in memory that does not grow with the file; [DumpFormat#UTRACE_TEXT] and its siblings, which
/// have times, are sorted by them.
public final class DumpImporter {
    private static final int LINES_PER_PROGRESS = 1024;

    private DumpImporter() {}

    /// Imports one file.
    ///
    /// @param sourceName its name, for the header and for messages
    /// @param disassembler text of a word of a command stream
    /// @param writers opens the trace; the trace is closed in any case once it was opened
    /// @throws IOException if reading or writing fails; damage is a loss in the trace instead
    public static ImportSummary importDump(
            DumpFormat format,
            Path path,
            String sourceName,
            LongFunction<String> disassembler,
            TraceWriterFactory writers,
            Progress progress)
            throws IOException {
        return switch (format) {
            case PANTHOR_COREDUMP -> {
                DumpOutput out =
                        new DumpOutput(
                                "panthor-coredump",
                                "devcoredump of panthor: one snapshot, taken when the kernel gave"
                                        + " up; all events have that one time",
                                sourceName,
                                writers);
                yield lines(path, new CoredumpLines(out), out, progress);
            }
            case KERNEL_LOG -> {
                DumpOutput out =
                        new DumpOutput(
                                "kernel-log",
                                "log of the kernel: its lines at their times; queues in a hang dump"
                                        + " are one snapshot",
                                sourceName,
                                writers);
                yield lines(path, new LogLines(out, disassembler), out, progress);
            }
            case PANDECODE -> {
                DumpOutput out =
                        new DumpOutput(
                                "pandecode",
                                "text of Mesa's pandecode: a document without times, in the order"
                                        + " of its lines",
                                sourceName,
                                writers);
                yield lines(path, new DecodedLines(out), out, progress);
            }
            case UTRACE_TEXT, UTRACE_CSV, UTRACE_JSON -> {
                DumpOutput out =
                        new DumpOutput(
                                "u_trace",
                                "u_trace of Mesa: times of the GPU, not set against those of the"
                                        + " CPU",
                                sourceName,
                                writers);
                yield new UTraceImport(format, path, out, progress).run();
            }
        };
    }

    /// Takes in a file line by line.
    interface Lines {
        /// One line of it.
        ///
        /// @param number from 1
        void line(String text, long number) throws IOException;

        /// The file is over.
        void end() throws IOException;
    }

    private static ImportSummary lines(Path path, Lines target, DumpOutput out, Progress progress)
            throws IOException {
        long size = Files.size(path);
        try (out;
                InputStream in = Files.newInputStream(path)) {
            LineReader lines = new LineReader(in);
            boolean cancelled = false;
            while (!cancelled && lines.next()) {
                if (lines.isOverlong()) {
                    out.losses.atLine(
                            "unparsed-line",
                            "longer than " + LineReader.MAX_LINE_BYTES + " bytes",
                            1L,
                            lines.number());
                } else {
                    target.line(lines.text(), lines.number());
                }
                if (lines.number() % LINES_PER_PROGRESS == 0) {
                    progress.advance(lines.lineOffset(), size);
                    cancelled = progress.isCancelled();
                }
            }
            target.end();
            long events = out.finish(cancelled);
            progress.advance(size, size);
            return new ImportSummary(lines.number(), events, out.losses.reported(), cancelled);
        }
    }
}
