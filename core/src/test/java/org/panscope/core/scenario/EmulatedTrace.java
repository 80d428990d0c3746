package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TrackInfo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Runs of the samples, the short ones kept in memory, with or without some of their events.
public final class EmulatedTrace {
    private static final long MOST_KEPT = 10_000;
    private static final Map<String, MemoryTrace> RUNS = new TreeMap<>();

    private EmulatedTrace() {}

    public static MemoryTrace run(String sample) {
        MemoryTrace known = RUNS.get(sample);
        if (known != null) {
            return known;
        }
        MemoryTrace trace = without(sample, event -> false);
        if (trace.eventCount() < MOST_KEPT) {
            RUNS.put(sample, trace);
        }
        return trace;
    }

    /// A run that lacks the events meant.
    public static MemoryTrace without(String sample, Predicate<Event> lacking) {
        try (OpenedTrace opened =
                TraceInputs.open(Samples.FOLDER.resolve(sample + ".json"), Progress.NONE)) {
            Trace trace = opened.trace();
            MemoryTrace copy = new MemoryTrace(trace.header());
            for (TrackInfo track : trace.tracks()) {
                copy.track(track.parent(), track.kind(), track.name());
            }
            for (long seq = 0; seq < trace.eventCount(); seq++) {
                Event event = trace.event(seq);
                if (!lacking.test(event)) {
                    @Nullable Object[] values = new @Nullable Object[event.fieldCount()];
                    for (int field = 0; field < values.length; field++) {
                        values[field] = event.value(field);
                    }
                    copy.write(event.header(), event.type(), values);
                }
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
