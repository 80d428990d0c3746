package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Producer;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TraceWriterFactory;
import org.panscope.trace.io.TrackAssigner;
import org.panscope.trace.quality.DeferredLosses;
import org.panscope.trace.schema.EventTypeInfo;

import java.io.IOException;

/// Where decoded events go, in the order of their times.
final class PerfettoOutput implements AutoCloseable {
    private final FileFacts facts;
    private final DeferredLosses losses;
    private final TraceWriterFactory writers;
    private final TrackAssigner assigner;
    private @Nullable TraceWriter writer;
    private long originNs;
    private long nowNs;
    private long lastNs = Long.MIN_VALUE;
    private long incompleteUntilNs = Long.MIN_VALUE;

    PerfettoOutput(
            FileFacts facts,
            DeferredLosses losses,
            TraceWriterFactory writers,
            TrackAssigner assigner) {
        this.facts = facts;
        this.losses = losses;
        this.writers = writers;
        this.assigner = assigner;
    }

    /// Who made an event, and where.
    ///
    /// @param cause number of the event that made it happen, or [EventHeader#NO_CAUSE]
    record Origin(int cpu, int pid, @Nullable String comm, long cause) {
        static Origin on(int cpu, int pid, @Nullable String comm) {
            return new Origin(cpu, pid, comm, EventHeader.NO_CAUSE);
        }
    }

    /// Opens the trace.
    ///
    /// @param firstNs time of the first event, 0 when there is none
    TraceWriter open(long firstNs) throws IOException {
        TraceWriter trace = writer;
        if (trace == null) {
            TraceHeader given = facts.panscope.header();
            originNs = given == null ? firstNs : given.originNs() + facts.panscope.shiftNs();
            facts.attributes.put("timestamps", "nanoseconds");
            facts.clocks
                    .others(facts.clock, firstNs)
                    .forEach((clock, ns) ->
                            facts.attributes.put(
                                    TraceHeader.CLOCK_AT_ORIGIN + clock, Long.toString(ns)));
            trace =
                    writers.open(
                            given != null
                                    ? given
                                    : new TraceHeader(
                                            "perfetto",
                                            facts.source,
                                            Clocks.name(facts.clock),
                                            firstNs,
                                            Producer.name(),
                                            facts.attributes));
            writer = trace;
            losses.attach(trace);
            facts.completeFrom
                    .values()
                    .forEach(from -> incompleteUntilNs = Math.max(incompleteUntilNs, from));
            incompleteUntilNs = incompleteUntilNs > firstNs ? incompleteUntilNs : Long.MIN_VALUE;
        }
        return trace;
    }

    /// Says what time it is, in case that something wants the trace before its event is written.
    void comesTo(long timeNs) {
        nowNs = timeNs;
    }

    TraceWriter writer() throws IOException {
        return open(nowNs);
    }

    long originNs() {
        return originNs;
    }

    long eventCount() {
        return writer == null ? 0 : writer.eventCount();
    }

    /// Says that time has come to a moment, before the event or the loss of that moment.
    void reach(long timeNs) throws IOException {
        open(timeNs);
        if (incompleteUntilNs != Long.MIN_VALUE && timeNs >= incompleteUntilNs) {
            incompleteUntilNs = Long.MIN_VALUE;
            losses.lost(
                    "incomplete-start",
                    "before this moment events of some CPUs were overwritten already; only from"
                            + " here on all CPUs are complete",
                    null);
        }
        if (timeNs < lastNs) {
            losses.lost(
                    "time-backwards",
                    "an event is " + (lastNs - timeNs) + " ns before the one in front of it",
                    null);
        }
        lastNs = Math.max(lastNs, timeNs);
    }

    /// Writes an event whose track follows from its type and fields.
    long write(long timeNs, Origin origin, EventTypeInfo type, @Nullable Object[] values)
            throws IOException {
        reach(timeNs);
        TraceWriter trace = writer();
        EventHeader header = header(timeNs, origin, 0);
        int track = assigner.trackFor(trace, type, values, header);
        losses.flush();
        return trace.write(header.on(track), type, values);
    }

    /// Writes an event whose track is known.
    long write(long timeNs, Origin origin, int track, EventTypeInfo type, @Nullable Object[] values)
            throws IOException {
        reach(timeNs);
        losses.flush();
        return writer().write(header(timeNs, origin, track), type, values);
    }

    /// Writes an event of another trace as it is, with its time in the trace being written.
    long write(EventHeader header, EventTypeInfo type, @Nullable Object[] values)
            throws IOException {
        losses.flush();
        return writer().write(header, type, values);
    }

    private EventHeader header(long timeNs, Origin origin, int track) {
        return new EventHeader(
                timeNs - originNs,
                track,
                origin.cause(),
                origin.cause() != EventHeader.NO_CAUSE,
                origin.cpu(),
                origin.pid(),
                origin.comm(),
                null,
                null);
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
