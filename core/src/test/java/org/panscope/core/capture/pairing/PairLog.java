package org.panscope.core.capture.pairing;

import org.panscope.core.capture.CaptureTracks;
import org.panscope.trace.ftrace.FtraceTextImporter;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.tracedat.DatImporter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The intervals of a capture as lines, and their counts.
final class PairLog implements PairSink {
    final List<String> lines = new ArrayList<>();
    final PairingReport report;

    private PairLog(MemoryTrace trace) {
        CapturePairs pairs = new CapturePairs(trace, this);
        var readers = pairs.readers();
        EventCursor event = trace.cursor(0);
        while (event.next()) {
            var reader = readers.get(event.typeIndex());
            if (reader != null) {
                reader.accept(event);
            }
        }
        report = pairs.finish();
    }

    /// A capture from these lines of text, each `us thread cpu flags event`; see [#line].
    static PairLog of(String... lines) {
        return new PairLog(traceOf(lines));
    }

    static MemoryTrace traceOf(String... lines) {
        MemoryTrace trace = new MemoryTrace("test.txt");
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            FtraceTextImporter.importText(
                    new ByteArrayInputStream(text),
                    "test.txt",
                    header -> trace,
                    new CaptureTracks(),
                    Progress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return trace;
    }

    static PairLog ofDat(Path file) {
        MemoryTrace trace = new MemoryTrace("test.dat");
        try {
            DatImporter.importDat(
                    file, "test.dat", header -> trace, new CaptureTracks(), Progress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PairLog(trace);
    }

    /// A line of a kernel's text.
    ///
    /// @param flags the third flag: `h` in a hard interrupt, `s` in a softirq, `.` in a task
    static String line(long us, int pid, int cpu, char flags, String event) {
        return "          worker-%d   [%03d] d.%c1. %5d.%06d: %s"
                .formatted(pid, cpu, flags, us / 1_000_000, us % 1_000_000, event);
    }

    static String line(long us, int pid, String event) {
        return line(us, pid, 0, '.', event);
    }

    static String fence(String step, String driver, String timeline, long context, long seqno) {
        return "dma_fence_%s: driver=%s timeline=%s context=%d seqno=%d"
                .formatted(step, driver, timeline, context, seqno);
    }

    @Override
    public void ended(Pair pair, EventCursor event, Outcome outcome) {
        lines.add(
                "%s %s %d-%d%s"
                        .formatted(
                                pair.kind().label(),
                                name(pair),
                                pair.beginNs() / 1000,
                                event.timeNs() / 1000,
                                outcome == Outcome.ENDED ? "" : " " + outcome));
    }

    @Override
    public void loneEnd(PairKind kind, String name, long seqno, EventCursor event) {
        lines.add("%s %s ?-%d".formatted(kind.label(), name, event.timeNs() / 1000));
    }

    @Override
    public void busy(Pair job, long fromNs, EventCursor event) {
        lines.add("busy %s %d-%d".formatted(job.name(), fromNs / 1000, event.timeNs() / 1000));
    }

    private static String name(Pair pair) {
        return switch (pair.kind()) {
            case FENCE, FENCE_WAIT -> pair.context() + ":" + pair.seqno();
            default -> pair.name();
        };
    }

    /// The lines of one kind.
    List<String> of(String label) {
        return lines.stream().filter(line -> line.startsWith(label + " ")).toList();
    }

    /// `paired/openAtEnd/withoutEnd/withoutBegin/unknown first` of a kind.
    String count(PairKind kind) {
        PairingReport.Count count = report.of(kind);
        return count == null
                ? "none"
                : "%d/%d/%d/%d/%d %s"
                        .formatted(
                                count.paired(),
                                count.openAtEnd(),
                                count.withoutEnd(),
                                count.withoutBegin(),
                                count.unknown(),
                                count.firstUnpaired());
    }
}
