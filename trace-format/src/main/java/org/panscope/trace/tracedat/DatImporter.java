package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.ImportSummary;
import org.panscope.trace.ftrace.TracepointTypes;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Producer;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TraceWriterFactory;
import org.panscope.trace.io.TrackAssigner;
import org.panscope.trace.quality.DeferredLosses;
import org.panscope.trace.schema.FieldRow;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `trace.dat` files of trace-cmd, versions 6 and 7, of either byte order, packed or not.
///
/// The file is mapped, never read into memory as a whole; records of all CPUs are merged by time,
/// and each becomes an event with the fields its format has. Event times are relative to the first
/// event; the trace header holds the time of that one.
public final class DatImporter {
    private static final int EVENTS_PER_PROGRESS = 4096;
    private static final int COMMON_BYTES = 8;
    private static final Pattern OVERRUN =
            Pattern.compile("^(overrun|dropped events): *(\\d{1,18})", Pattern.MULTILINE);

    private final DatContents contents;
    private final TraceWriterFactory writers;
    private final TrackAssigner tracks;
    private final DeferredLosses losses;
    private final RecordDecoder decoder;
    private final ThreadNames comms;
    private @Nullable TraceWriter writer;
    private long originNs;
    private long events;

    private DatImporter(DatContents contents, TraceWriterFactory writers, TrackAssigner tracks) {
        this.contents = contents;
        this.writers = writers;
        this.tracks = tracks;
        losses = new DeferredLosses(contents.source);
        decoder = new RecordDecoder(contents);
        comms = new ThreadNames(contents.comms);
    }

    /// Imports one file, or a folder of raw pages ([RawFolder]).
    ///
    /// @param sourceName its name, for the header and for messages
    /// @param writers opens the trace; the trace is closed in any case once it was opened
    /// @param tracks gives every event its track
    /// @throws DatFormatException if it is no such file or is cut off before its records
    /// @throws IOException if reading or writing fails; damage of records is a loss in the trace
    ///   instead
    public static ImportSummary importDat(
            Path file,
            String sourceName,
            TraceWriterFactory writers,
            TrackAssigner tracks,
            Progress progress)
            throws IOException {
        return importDat(file, sourceName, false, writers, tracks, progress);
    }

    /// As [#importDat(Path, String, TraceWriterFactory, TrackAssigner, Progress)].
    ///
    /// @param inHostTime whether the times of a virtual machine are to be those of its host, where
    ///   the file says how they relate
    public static ImportSummary importDat(
            Path file,
            String sourceName,
            boolean inHostTime,
            TraceWriterFactory writers,
            TrackAssigner tracks,
            Progress progress)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            DatContents contents =
                    Files.isDirectory(file)
                            ? RawFolder.read(file, sourceName, arena)
                            : DatFile.read(map(file, arena), sourceName);
            contents.inHostTime = inHostTime;
            return new DatImporter(contents, writers, tracks).run(progress);
        }
    }

    private static MemorySegment map(Path file, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    private ImportSummary run(Progress progress) throws IOException {
        try {
            boolean cancelled = merge(cpus(), progress);
            if (cancelled) {
                losses.lost("cancelled", "the import was stopped here", null);
            }
            overruns();
            open(0);
            losses.finish();
            return new ImportSummary(events, events, losses.reported(), cancelled);
        } finally {
            if (writer != null) {
                writer.close();
            }
        }
    }

    private List<CpuRecords> cpus() {
        List<CpuRecords> all = new ArrayList<>();
        for (DatBuffer buffer : contents.buffers) {
            for (DatBuffer.Cpu cpu : buffer.cpus()) {
                if (cpu.size() != 0) {
                    try {
                        all.add(new CpuRecords(contents, buffer, cpu, losses));
                    } catch (DatFormatException e) {
                        losses.lost(
                                "truncated",
                                String.valueOf(e.getMessage()),
                                null,
                                cpu.cpu(),
                                cpu.offset());
                    }
                }
            }
        }
        return all;
    }

    /// @return whether it was cancelled
    private boolean merge(List<CpuRecords> cpus, Progress progress) throws IOException {
        long total =
                contents.buffers.stream()
                        .flatMap(buffer -> buffer.cpus().stream())
                        .mapToLong(DatBuffer.Cpu::size)
                        .sum();
        RecordMerge merge = new RecordMerge(contents, cpus);
        long lastNs = Long.MIN_VALUE;
        for (CpuRecords next = merge.first(); next != null; next = merge.first()) {
            long timeNs = merge.timeNs();
            if (timeNs < lastNs) {
                losses.lost(
                        "time-backwards",
                        "a record of CPU "
                                + next.cpu()
                                + " is "
                                + (lastNs - timeNs)
                                + " ns before the one in front of it",
                        null,
                        next.cpu(),
                        next.payloadInFile());
            }
            lastNs = Math.max(lastNs, timeNs);
            write(next, timeNs);
            if (++events % EVENTS_PER_PROGRESS == 0) {
                long done = cpus.stream().mapToLong(CpuRecords::consumedBytes).sum();
                progress.advance(done, total);
                if (progress.isCancelled()) {
                    return true;
                }
            }
            merge.advance();
        }
        progress.advance(total, total);
        return false;
    }

    // ---- writing

    private void write(CpuRecords records, long timeNs) throws IOException {
        TraceWriter trace = open(timeNs);
        RecordBytes page = records.page();
        int at = records.payload();
        int length = records.payloadBytes();
        if (length < COMMON_BYTES) {
            losses.lost(
                    "damaged-page",
                    "a record of " + length + " bytes",
                    1L,
                    records.cpu(),
                    records.payloadInFile());
            events--;
            return;
        }
        int id = page.u16(at);
        int pid = page.s32(at + 4);
        String context = TracepointTypes.contextOfFlags(page.u8(at + 2));
        String comm = comms.of(pid);
        FieldRow row = decoder.decode(id, page, at, length, records.buffer().name());
        EventHeader header = header(timeNs, records.cpu(), pid, comm, context);
        int track = tracks.trackFor(trace, row, header);
        losses.flush();
        trace.write(header, track, row);
        comms.learn(id, row);
    }

    private EventHeader header(
            long timeNs, int cpu, int pid, @Nullable String comm, String context) {
        return new EventHeader(
                timeNs - originNs, 0, EventHeader.NO_CAUSE, false, cpu, pid, comm, context, null);
    }

    private TraceWriter open(long firstNs) throws IOException {
        TraceWriter trace = writer;
        if (trace == null) {
            originNs = firstNs;
            contents.attributes.put("timestamps", "nanoseconds");
            contents.attributes.put("cpus", Integer.toString(contents.cpuCount));
            trace =
                    writers.open(
                            new TraceHeader(
                                    contents.version == 0 ? "raw-pages" : "trace-dat",
                                    contents.source,
                                    contents.clock.isEmpty() ? "unknown" : contents.clock,
                                    firstNs,
                                    Producer.name(),
                                    contents.attributes));
            writer = trace;
            losses.attach(trace);
        }
        return trace;
    }

    /// What the kernel counted as lost, for each CPU.
    private void overruns() {
        for (String stats : contents.cpuStats) {
            Matcher matcher = OVERRUN.matcher(stats);
            while (matcher.find()) {
                long count = Long.parseLong(matcher.group(2));
                if (count > 0) {
                    String first = stats.lines().findFirst().orElse("");
                    losses.lost(
                            "buffer-overwritten",
                            first + ": " + matcher.group(1) + " " + count,
                            count);
                }
            }
        }
    }
}
