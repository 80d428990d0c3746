package org.panscope.app.cli;

import org.panscope.core.capture.CaptureTracks;
import org.panscope.trace.ftrace.ImportSummary;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.PscopeWriter;
import org.panscope.trace.tracedat.DatImporter;
import org.panscope.trace.tracedat.bench.GeneratedDat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// Imports one large generated `trace.dat` and measures the memory that takes.
final class LargeImportBench {
    /// Bytes of the file for an event, rounded down.
    private static final int BYTES_PER_EVENT = 52;

    private LargeImportBench() {}

    /// What was measured.
    ///
    /// @param wallNs of the import
    /// @param heapBytes the most the heap held, garbage included
    /// @param heapLimit the most it may hold
    /// @param residentBytes the most the whole process held that no file backs; -1 when this system
    ///   does not tell
    record Result(
            long events,
            long inputBytes,
            long outputBytes,
            long wallNs,
            long heapBytes,
            long heapLimit,
            long residentBytes) {

        /// All figures, one a line.
        String describe() {
            return String.format(
                    Locale.ROOT,
                    """
                    events              %,d
                    trace.dat           %,d bytes
                    .pscope             %,d bytes
                    import              %.1f s, %,.0f events/s
                    heap                %,d bytes at most, of %,d
                    memory of process   %s
                    """,
                    events,
                    inputBytes,
                    outputBytes,
                    wallNs / 1e9,
                    events * 1e9 / Math.max(1, wallNs),
                    heapBytes,
                    heapLimit,
                    residentBytes < 0
                            ? "not told by this system"
                            : String.format(Locale.ROOT, "%,d bytes at most", residentBytes));
        }
    }

    /// Measures with a file of at least this many bytes, in files of `folder` that are deleted
    /// afterwards.
    static Result run(long bytes, Path folder) throws IOException {
        Path input = folder.resolve("bench.dat");
        Path output = folder.resolve("bench.pscope");
        try {
            GeneratedDat.write(input, bytes / BYTES_PER_EVENT + 1);
            Watch watch = new Watch();
            System.gc();
            heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
            long start = System.nanoTime();
            ImportSummary summary =
                    DatImporter.importDat(
                            input,
                            "bench.dat",
                            header -> PscopeWriter.create(output, header),
                            new CaptureTracks(),
                            watch);
            return new Result(
                    summary.events(),
                    Files.size(input),
                    Files.size(output),
                    System.nanoTime() - start,
                    heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum(),
                    Runtime.getRuntime().maxMemory(),
                    watch.most);
        } finally {
            Files.deleteIfExists(input);
            Files.deleteIfExists(output);
        }
    }

    private static Stream<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    /// Looks at the memory of the process now and then.
    private static final class Watch implements Progress {
        private static final int CALLS_PER_LOOK = 256;

        private long most = -1;
        private long calls;

        @Override
        public void advance(long done, long total) {
            if (calls++ % CALLS_PER_LOOK == 0) {
                most = Math.max(most, ProcessMemory.anonymousBytes());
            }
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    }
}
