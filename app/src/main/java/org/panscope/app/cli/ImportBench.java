package org.panscope.app.cli;

import org.panscope.core.capture.CaptureTracks;
import org.panscope.trace.ftrace.ImportSummary;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.PscopeWriter;
import org.panscope.trace.tracedat.DatImporter;
import org.panscope.trace.tracedat.bench.GeneratedDat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Imports a generated `trace.dat` as `panscope import` does, all fields kept, on one thread, and
/// compares with `trace-cmd report` of the same file where that is installed. The two take turns,
/// so that a machine that is slow for a while is slow for both, and of each the fastest run counts.
final class ImportBench {
    private static final long WARM_UP = 400_000;
    private static final int ROUNDS = 4;
    private static final int IMPORTS_PER_ROUND = 5;

    private ImportBench() {}

    /// What was measured.
    ///
    /// @param wallNs the fastest import
    /// @param threadNs processor time of the importing thread in the run that took the least of it,
    ///   which other work on the machine does not change; -1 when this Java does not tell
    /// @param residentBytes most memory the process had that no file backs, beyond what it had
    ///   before; -1 when this system does not tell
    /// @param reportNs the fastest `trace-cmd report`, -1 when it is not installed
    record Result(
            long events,
            long inputBytes,
            long outputBytes,
            long wallNs,
            long threadNs,
            long residentBytes,
            long reportNs) {

        /// All figures, one a line.
        String describe() {
            return String.format(
                    Locale.ROOT,
                    """
                    events              %,d
                    trace.dat           %,d bytes, %.1f bytes/event
                    .pscope             %,d bytes, %.1f bytes/event
                    import              %.2f s, %,.0f events/s
                    its processor time  %s
                    memory beyond base  %s
                    trace-cmd report    %s
                    """,
                    events,
                    inputBytes,
                    inputBytes / (double) events,
                    outputBytes,
                    outputBytes / (double) events,
                    wallNs / 1e9,
                    events * 1e9 / Math.max(1, wallNs),
                    threadNs <= 0
                            ? "not told by this Java"
                            : String.format(
                                    Locale.ROOT,
                                    "%.2f s, %,.0f events/s of one core",
                                    threadNs / 1e9,
                                    events * 1e9 / threadNs),
                    residentBytes < 0
                            ? "not told by this system"
                            : String.format(
                                    Locale.ROOT,
                                    "%,d bytes, %.1f bytes/event",
                                    residentBytes,
                                    residentBytes / (double) events),
                    reportNs < 0
                            ? "not installed here"
                            : String.format(
                                    Locale.ROOT,
                                    "%.2f s, the import is %.1f times as fast",
                                    reportNs / 1e9,
                                    reportNs / (double) wallNs));
        }
    }

    /// Measures with this many events, in files of `folder` that are deleted afterwards.
    static Result run(long events, Path folder) throws IOException {
        Path input = folder.resolve("bench.dat");
        Path output = folder.resolve("bench.pscope");
        try {
            GeneratedDat.write(input, Math.min(events, WARM_UP));
            importOnce(input, output);
            importOnce(input, output);
            GeneratedDat.write(input, events);
            System.gc();
            long before = ProcessMemory.anonymousBytes();
            long most = before;
            long best = Long.MAX_VALUE;
            long least = Long.MAX_VALUE;
            long reported = -1;
            for (int i = 0; i < ROUNDS * IMPORTS_PER_ROUND; i++) {
                long start = System.nanoTime();
                long startThread = threadNs();
                long found = importOnce(input, output);
                least = Math.min(least, threadNs() - startThread);
                best = Math.min(best, System.nanoTime() - start);
                if (found != events) {
                    throw new IOException(found + " of " + events + " events were imported");
                }
                most = Math.max(most, ProcessMemory.anonymousBytes());
                if (i % IMPORTS_PER_ROUND == IMPORTS_PER_ROUND - 1) {
                    long report = report(input);
                    reported = reported < 0 ? report : Math.min(reported, report);
                }
            }
            return new Result(
                    events,
                    Files.size(input),
                    Files.size(output),
                    best,
                    least,
                    before < 0 ? -1 : most - before,
                    reported);
        } finally {
            Files.deleteIfExists(input);
            Files.deleteIfExists(output);
        }
    }

    private static long threadNs() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : 0;
    }

    private static long importOnce(Path input, Path output) throws IOException {
        ImportSummary summary =
                DatImporter.importDat(
                        input,
                        "bench.dat",
                        header -> PscopeWriter.create(output, header),
                        new CaptureTracks(),
                        Progress.NONE);
        if (summary.losses() != 0) {
            throw new IOException(summary.losses() + " losses in a file without any");
        }
        return summary.events();
    }

    private static long report(Path input) throws IOException {
        long start = System.nanoTime();
        try {
            Process process =
                    new ProcessBuilder(List.of("trace-cmd", "report", input.toString()))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            boolean ended = process.waitFor(10, TimeUnit.MINUTES);
            long ns = System.nanoTime() - start;
            if (!ended) {
                process.destroyForcibly();
            }
            return ended && process.exitValue() == 0 ? ns : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            return -1; // not installed
        }
    }
}
