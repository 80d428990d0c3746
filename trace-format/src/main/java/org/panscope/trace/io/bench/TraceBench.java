package org.panscope.trace.io.bench;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.PscopeReader;
import org.panscope.trace.io.PscopeWriter;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.schema.EventTypeInfo;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;

/// Writes and reads a synthetic trace and says how long that took.
public final class TraceBench {
    private static final int SEEKS = 20_000;
    private static final int WARM_UP = 300_000;
    private static final int OPENINGS = 5;

    private TraceBench() {}

    /// What was measured. Rates are per second of wall time on one thread; the file is in the page
    /// cache while it is read.
    ///
    /// @param fileBytes size of the file
    /// @param openNs median time to open it, with all checksums compared
    /// @param openHeapBytes heap in use after opening and touching every event, beyond before
    /// @param seekNs mean time to get one event at a random place
    /// @param checksum over all values read; equal runs give equal numbers
    public record Result(
            long events,
            long fileBytes,
            long writeNs,
            long openNs,
            long scanNs,
            long readNs,
            long seekNs,
            long openHeapBytes,
            long checksum) {

        /// All figures, one a line.
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    """
                    events              %,d
                    file                %,d bytes, %.2f bytes/event
                    write               %,.0f events/s
                    open                %.2f ms
                    scan time and type  %,.0f events/s
                    read every field    %,.0f events/s
                    random event        %.1f us
                    heap after reading  %s
                    checksum            %016x
                    """,
                    events,
                    fileBytes,
                    fileBytes / (double) events,
                    perSecond(writeNs),
                    openNs / 1e6,
                    perSecond(scanNs),
                    perSecond(readNs),
                    seekNs / 1e3,
                    heapText(),
                    checksum);
        }

        /// What was in use before may be freed meanwhile: a difference below zero tells nothing.
        private String heapText() {
            return openHeapBytes < 0
                    ? "not measurable, other memory was freed meanwhile"
                    : String.format(
                            Locale.ROOT,
                            "%,d bytes, %.2f bytes/event",
                            openHeapBytes,
                            openHeapBytes / (double) events);
        }

        private double perSecond(long ns) {
            return events * 1e9 / Math.max(1, ns);
        }
    }

    /// Measures with this many events, in a file that is deleted afterwards.
    public static Result run(long events, Path dir) throws IOException {
        Path file = Files.createTempFile(dir, "panscope-bench-", ".pscope");
        try {
            write(file, Math.min(events, WARM_UP));
            try (PscopeReader warm = PscopeReader.open(file)) {
                readAll(warm);
                scan(warm);
            }
            return measure(events, file);
        } finally {
            Files.delete(file);
        }
    }

    private static Result measure(long events, Path file) throws IOException {
        long writeNs = write(file, events);
        long heapBefore = usedHeap();
        long openNs = medianOpenNs(file);
        try (PscopeReader trace = PscopeReader.open(file)) {
            long start = System.nanoTime();
            long checksum = scan(trace);
            long scanned = System.nanoTime();
            checksum += readAll(trace);
            long read = System.nanoTime();
            checksum += seek(trace);
            long sought = System.nanoTime();
            long heap = usedHeap() - heapBefore;
            return new Result(
                    trace.eventCount(),
                    Files.size(file),
                    writeNs,
                    openNs,
                    scanned - start,
                    read - scanned,
                    (sought - read) / SEEKS,
                    heap,
                    checksum);
        }
    }

    /// Writes a trace of so many events, the same every time.
    ///
    /// @return how long that took, in ns
    public static long write(Path file, long events) throws IOException {
        TraceHeader header =
                new TraceHeader("emulator", "bench", "virtual", 0, "panscope", new TreeMap<>());
        long start = System.nanoTime();
        try (PscopeWriter writer = PscopeWriter.create(file, header)) {
            new SubmitTraffic(writer).write(events);
        }
        return System.nanoTime() - start;
    }

    private static long medianOpenNs(Path file) throws IOException {
        long[] times = new long[OPENINGS];
        for (int i = 0; i < OPENINGS; i++) {
            long start = System.nanoTime();
            PscopeReader.open(file).close();
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        return times[OPENINGS / 2];
    }

    private static long scan(Trace trace) {
        long sum = 0;
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            sum = sum * 31 + cursor.timeNs() + cursor.typeIndex() + cursor.track();
        }
        return sum;
    }

    private static long readAll(Trace trace) {
        long sum = 0;
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            sum = sum * 31 + cursor.timeNs() + cursor.cause() + cursor.cpu() + cursor.pid();
            sum += lengthOf(cursor.comm()) + lengthOf(cursor.context()) + lengthOf(cursor.locks());
            EventTypeInfo type = cursor.type();
            for (int i = 0; i < type.fields().size(); i++) {
                sum +=
                        switch (type.fields().get(i).kind()) {
                            case INT, BOOL, ENUM -> cursor.longValue(i);
                            case TEXT -> lengthOf((String) cursor.value(i));
                            case BYTES -> cursor.value(i) instanceof byte[] bytes ? bytes[0] : 0;
                        };
            }
        }
        return sum;
    }

    private static long seek(Trace trace) {
        Random random = new Random(2);
        long sum = 0;
        for (int i = 0; i < SEEKS; i++) {
            sum += trace.event(random.nextLong(trace.eventCount())).timeNs();
        }
        return sum;
    }

    private static int lengthOf(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /// Heap in use after a collection.
    private static long usedHeap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
