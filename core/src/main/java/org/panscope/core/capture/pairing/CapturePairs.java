package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Pairs the events of a capture, in one forward pass: give every event to the reader of its type,
/// in order, then call [#finish]. Memory follows what is open at one time.
public final class CapturePairs {
    private final Trace trace;
    private final PairBook book;
    private final Workers workers = new Workers();
    private final JobPairs jobs;
    private final FencePairs fences;
    private final HostPairs host;
    private final SlotPairs slots;
    private final boolean isAmdgpuOnly;

    public CapturePairs(Trace trace, PairSink sink) {
        this.trace = trace;
        book = new PairBook(trace, sink);
        jobs = new JobPairs(book, workers);
        fences = new FencePairs(book, jobs);
        host = new HostPairs(book, workers);
        slots = new SlotPairs(book);
        Set<String> recorded = recordedNames(trace);
        isAmdgpuOnly =
                recorded.stream()
                        .noneMatch(name ->
                                name.startsWith("drm_sched_")
                                        || name.startsWith("amd_sched_")
                                        || name.equals("drm_run_job"));
        for (PairKind kind : PairKind.values()) {
            book.counter(kind)
                    .recorded(
                            kind.begins().stream().anyMatch(recorded::contains),
                            kind.ends().stream().anyMatch(recorded::contains));
        }
    }

    /// Plain names of the types that occur in a trace.
    public static Set<String> recordedNames(Trace trace) {
        Set<String> names = new TreeSet<>();
        long[] counts = trace.typeCounts();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                names.add(plainName(trace.types().get(i)));
            }
        }
        return names;
    }

    private static String plainName(EventTypeInfo type) {
        return type.name().substring(type.name().lastIndexOf(':') + 1);
    }

    /// One reader per type of the trace, null for types that belong to no interval.
    public List<@Nullable Consumer<EventCursor>> readers() {
        List<@Nullable Consumer<EventCursor>> readers = new ArrayList<>();
        for (EventTypeInfo type : trace.types()) {
            readers.add(reader(type));
        }
        return readers;
    }

    /// What reads the events of a type, or null when they belong to no interval.
    public @Nullable Consumer<EventCursor> reader(EventTypeInfo type) {
        if (!type.isDynamic()) {
            return null;
        }
        Consumer<EventCursor> inner = readerOf(plainName(type), new Fields(type));
        return inner == null
                ? null
                : event -> {
                    book.advance(event);
                    inner.accept(event);
                };
    }

    private @Nullable Consumer<EventCursor> readerOf(String name, Fields fields) {
        if (name.equals("gpu_job_irq")) {
            return workers::jobInterrupt;
        }
        Consumer<EventCursor> reader = fences.reader(name, fields);
        if (reader == null) {
            reader = jobs.reader(name, fields, isAmdgpuOnly);
        }
        if (reader == null) {
            reader = slots.reader(name, fields);
        }
        if (reader != null) {
            return reader;
        }
        Consumer<EventCursor> ofHost = host.reader(name, fields);
        if (ofHost == null || !name.startsWith("workqueue_execute_")) {
            return ofHost;
        }
        return event -> {
            jobs.turn(event.pid());
            ofHost.accept(event);
        };
    }

    /// Counts what is still open, after the last event.
    public PairingReport finish() {
        jobs.finish();
        fences.finish();
        host.finish();
        slots.finish();
        return book.report();
    }
}
