package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.payload.PayloadPrinter;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Writes a trace as the kernel's file `trace` shows one: the events that are not of the
/// vocabulary, which are the kernel's own, a line each. Of the vocabulary only what an application
/// can say itself has a place in such a file, as text written to `trace_marker`.
///
/// kernel: kernel/trace/trace.c, print_trace_header; trace_output.c, trace_print_context
public final class FtraceTextWriter {
    private static final String MARKER = "tracing_mark_write";
    private static final String CONTEXT_UNKNOWN = "no thread, CPU or time known";

    private final Trace trace;
    private final boolean nanoseconds;
    private final Function<Event, List<String>> markers;
    private final PayloadPrinter payloads = new PayloadPrinter();

    /// @param nanoseconds nine digits behind the point instead of the kernel's six
    /// @param markers what an application would have written for an event of the vocabulary, one
    ///   marker an element, empty for nothing
    public FtraceTextWriter(
            Trace trace, boolean nanoseconds, Function<Event, List<String>> markers) {
        this.trace = trace;
        this.nanoseconds = nanoseconds;
        this.markers = markers;
    }

    /// What a text holds and what it does not.
    ///
    /// @param lines events and markers written
    /// @param leftOut how many events of which type have no line
    public record Summary(long lines, SortedMap<String, Long> leftOut) {
        public Summary {
            leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
        }
    }

    /// Writes everything, or nothing at all when no event has a line.
    public Summary write(Appendable out) throws IOException {
        long[] lines = {0};
        int[] cpus = {0};
        SortedMap<String, Long> leftOut = new TreeMap<>();
        forEach(
                (event, name, payload) -> {
                    lines[0]++;
                    cpus[0] = Math.max(cpus[0], event.header().cpu() + 1);
                },
                leftOut);
        if (lines[0] > 0) {
            out.append(FtraceTextHeader.of(lines[0], cpus(cpus[0])));
            forEach(
                    (event, name, payload) -> out.append(line(event.header(), name, payload)),
                    new TreeMap<>());
        }
        return new Summary(lines[0], leftOut);
    }

    @FunctionalInterface
    private interface LineSink {
        void line(Event event, String name, String payload) throws IOException;
    }

    private void forEach(LineSink sink, SortedMap<String, Long> leftOut) throws IOException {
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            EventTypeInfo type = cursor.type();
            Event event = cursor.event();
            List<String> texts = texts(event, type);
            if (texts.isEmpty()) {
                leftOut.merge(type.name(), 1L, Long::sum);
                continue;
            }
            if (!isPrintable(event.header())) {
                leftOut.merge(type.name() + " (" + CONTEXT_UNKNOWN + ")", 1L, Long::sum);
                continue;
            }
            String name = type.isDynamic() ? TracepointTypes.plainName(type) : MARKER;
            for (String text : texts) {
                sink.line(event, name, text);
            }
        }
    }

    private List<String> texts(Event event, EventTypeInfo type) {
        if (!type.isDynamic()) {
            return markers.apply(event);
        }
        @Nullable Object[] values = new @Nullable Object[event.fieldCount()];
        Arrays.setAll(values, event::value);
        return List.of(payloads.print(type, values));
    }

    private boolean isPrintable(EventHeader header) {
        return header.cpu() >= 0 && header.pid() >= 0 && timeNs(header) >= 0;
    }

    private long timeNs(EventHeader header) {
        return trace.header().originNs() + header.timeNs();
    }

    private int cpus(int seen) {
        String told = trace.header().attributes().getOrDefault("cpus", "");
        return told.matches("\\d{1,5}") ? Math.max(seen, Integer.parseInt(told)) : seen;
    }

    private String line(EventHeader header, String name, String payload) {
        StringBuilder line = new StringBuilder(64 + payload.length());
        String comm = header.comm() == null ? "<...>" : header.comm();
        line.repeat(' ', Math.max(0, 16 - comm.length())).append(comm).append('-');
        int from = line.length();
        line.append(header.pid());
        line.repeat(' ', Math.max(0, 7 - (line.length() - from))).append(" [");
        padded(line, header.cpu(), 3, '0').append("] ").append(flags(header.context())).append(' ');
        time(line, timeNs(header));
        return line.append(": ").append(name).append(": ").append(payload).append('\n').toString();
    }

    private void time(StringBuilder line, long ns) {
        // The kernel rounds to the nearest microsecond.
        long units = nanoseconds ? ns : ns / 1000 + (ns % 1000 >= 500 ? 1 : 0);
        long second = nanoseconds ? 1_000_000_000L : 1_000_000L;
        padded(line, units / second, 5, ' ').append('.');
        padded(line, units % second, nanoseconds ? 9 : 6, '0');
    }

    private static StringBuilder padded(StringBuilder line, long number, int width, char with) {
        String digits = Long.toString(number);
        return line.repeat(with, Math.max(0, width - digits.length())).append(digits);
    }

    /// As much of the five flags as the kind of code tells: a hard interrupt runs with interrupts
    /// off, and no interrupt can be preempted.
    private static String flags(@Nullable String context) {
        return switch (context) {
            case "hardirq" -> "d.h1.";
            case "softirq" -> "..s1.";
            case "nmi" -> "d.Z1.";
            case null, default -> ".....";
        };
    }
}
