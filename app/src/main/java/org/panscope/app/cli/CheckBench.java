package org.panscope.app.cli;

import org.panscope.core.analysis.Analyzer;
import org.panscope.core.analysis.Verdict;
import org.panscope.trace.io.PscopeReader;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Judges a long emulated run as `panscope check` does, and says how long that took and how much
/// heap it needed at most.
final class CheckBench {
    private CheckBench() {}

    /// What was measured.
    ///
    /// @param openNs wall time of opening the file
    /// @param wallNs wall time of judging it, the first time in this Java process
    /// @param heapBytes most heap that was in use, garbage that was not collected included
    record Result(long events, long openNs, long wallNs, long heapBytes, int findings, int rules) {
        /// All figures, one a line.
        String describe() {
            return String.format(
                    Locale.ROOT,
                    """
                    events              %,d
                    rules               %d, %d findings
                    open                %.3f s
                    check               %.2f s, %,.0f events/s
                    heap                %,d bytes at most, of %,d allowed
                    """,
                    events,
                    rules,
                    findings,
                    openNs / 1e9,
                    wallNs / 1e9,
                    events * 1e9 / Math.max(1, wallNs),
                    heapBytes,
                    Runtime.getRuntime().maxMemory());
        }
    }

    /// Measures with a run of at least that many events, in a file of `folder` that is deleted
    /// afterwards.
    static Result run(long events, Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "panscope-bench-", ".pscope");
        try {
            EmulatorBench.recordEvents(events, file);
            System.gc();
            resetPeaks();
            long start = System.nanoTime();
            try (PscopeReader trace = PscopeReader.open(file)) {
                long opened = System.nanoTime();
                Verdict verdict = Analyzer.analyze(trace);
                long end = System.nanoTime();
                return new Result(
                        trace.eventCount(),
                        opened - start,
                        end - opened,
                        peakBytes(),
                        verdict.findings().size(),
                        verdict.checked().size());
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void resetPeaks() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peakBytes() {
        long sum = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                sum += pool.getPeakUsage().getUsed();
            }
        }
        return sum;
    }
}
