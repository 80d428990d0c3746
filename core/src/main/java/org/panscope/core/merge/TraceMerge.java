package org.panscope.core.merge;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Producer;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TraceWriterFactory;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldRow;
import org.panscope.trace.schema.FieldSink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes several traces as one, in the order of their aligned times; of equal times in the order
/// of the traces. Tracks of the same name and place become one: they are of the same machine.
/// Events that two captures both recorded come twice.
public final class TraceMerge {
    private static final int EVENTS_PER_PROGRESS = 16_384;

    private final List<Part> parts = new ArrayList<>();
    private final Map<TypeKey, EventTypeInfo> types = new LinkedHashMap<>();
    private final long originNs;

    /// A type apart from what only documents it.
    private record TypeKey(int id, String name, List<FieldInfo> fields) {}

    private TraceMerge(List<ClockAlignment.Capture> captures, List<Trace> traces, long[] shiftsNs) {
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < traces.size(); i++) {
            Part part = new Part(captures.get(i), traces.get(i), shiftsNs[i]);
            parts.add(part);
            if (traces.get(i).eventCount() > 0) {
                earliest = Math.min(earliest, part.clockNs(traces.get(i).firstTimeNs()));
            }
        }
        originNs = earliest == Long.MAX_VALUE ? 0 : earliest;
    }

    /// Merges traces.
    ///
    /// @param captures their names and headers, in the same order
    /// @param writers opens the merged trace; it is closed in any case once it was opened
    /// @return whether it was cancelled
    /// @throws ClockMismatchException when nothing says how their clocks relate
    public static boolean merge(
            List<ClockAlignment.Capture> captures,
            List<Trace> traces,
            TraceWriterFactory writers,
            Progress progress)
            throws IOException {
        long[] shifts = ClockAlignment.shiftsNs(captures);
        TraceMerge merge = new TraceMerge(captures, traces, shifts);
        try (TraceWriter writer = writers.open(merge.header())) {
            return merge.run(writer, progress);
        }
    }

    private TraceHeader header() {
        SortedMap<String, String> attributes = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            TraceHeader own = part.trace.header();
            String prefix = "file." + (i + 1) + ".";
            names.add(part.name);
            attributes.put(prefix + "name", part.name);
            attributes.put(prefix + "format", own.format());
            attributes.put(prefix + "clock", own.clock());
            attributes.put(prefix + "origin-ns", Long.toString(own.originNs()));
            attributes.put(prefix + "shift-ns", Long.toString(part.shiftNs));
            own.attributes().forEach((key, value) -> attributes.put(prefix + key, value));
            String uname = own.attributes().get("uname");
            if (uname != null) {
                attributes.putIfAbsent("uname", uname);
            }
        }
        return new TraceHeader(
                "merged",
                String.join(" + ", names),
                parts.getFirst().trace.header().clock(),
                originNs,
                Producer.name(),
                attributes);
    }

    private boolean run(TraceWriter writer, Progress progress) throws IOException {
        long total = parts.stream().mapToLong(part -> part.trace.eventCount()).sum();
        parts.forEach(Part::next);
        long written = 0;
        for (Part part = earliest(); part != null; part = earliest()) {
            part.losses(writer, part.cursor.seq());
            part.write(writer);
            part.next();
            if (++written % EVENTS_PER_PROGRESS == 0) {
                progress.advance(written, total);
                if (progress.isCancelled()) {
                    return true;
                }
            }
        }
        for (Part part : parts) {
            part.losses(writer, Long.MAX_VALUE);
        }
        progress.advance(total, total);
        return false;
    }

    private @Nullable Part earliest() {
        Part first = null;
        for (Part part : parts) {
            if (part.hasEvent && (first == null || part.timeNs() < first.timeNs())) {
                first = part;
            }
        }
        return first;
    }

    /// One of the traces, at its next event.
    private final class Part implements FieldRow {
        private final String name;
        private final Trace trace;
        private final long shiftNs;
        private final EventCursor cursor;
        private final MergedSeqs seqs;
        private final Map<Integer, Integer> tracks = new LinkedHashMap<>();
        private final Map<Integer, EventTypeInfo> ownTypes = new LinkedHashMap<>();
        private boolean hasEvent;
        private long lastNs = Long.MIN_VALUE;
        private int nextLoss;

        Part(ClockAlignment.Capture capture, Trace trace, long shiftNs) {
            name = capture.name();
            this.trace = trace;
            this.shiftNs = shiftNs;
            cursor = trace.cursor(0);
            seqs = new MergedSeqs(trace.header().isEmulated() || hasCauses(trace));
        }

        /// In the clock of the first trace.
        long clockNs(long timeNs) {
            return trace.header().originNs() + timeNs + shiftNs;
        }

        void next() {
            hasEvent = cursor.next();
            lastNs = hasEvent ? Math.max(lastNs, clockNs(cursor.timeNs())) : lastNs;
        }

        /// Where the event stands in line: a time that goes backwards within a trace keeps its
        /// place there.
        long timeNs() {
            return lastNs;
        }

        void write(TraceWriter writer) throws IOException {
            EventHeader header =
                    new EventHeader(
                            clockNs(cursor.timeNs()) - originNs,
                            track(writer, cursor.track()),
                            seqs.cause(cursor.cause()),
                            cursor.isCauseInferred(),
                            cursor.cpu(),
                            cursor.pid(),
                            cursor.comm(),
                            cursor.context(),
                            cursor.locks());
            seqs.add(writer.write(header, header.track(), this));
        }

        private int track(TraceWriter writer, int own) {
            Integer known = tracks.get(own);
            if (known == null) {
                TrackInfo track = trace.tracks().get(own);
                int parent =
                        track.parent() == TrackInfo.ROOT
                                ? TrackInfo.ROOT
                                : track(writer, track.parent());
                known = writer.track(parent, track.kind(), track.name());
                tracks.put(own, known);
            }
            return known;
        }

        /// Hands over what was lost before an event of this trace.
        void losses(TraceWriter writer, long beforeSeq) throws IOException {
            List<Loss> losses = trace.losses();
            while (nextLoss < losses.size() && losses.get(nextLoss).beforeSeq() <= beforeSeq) {
                Loss loss = losses.get(nextLoss++);
                writer.loss(
                        new Loss(
                                loss.reason(),
                                loss.message(),
                                loss.count(),
                                loss.cpu(),
                                loss.line(),
                                loss.offset(),
                                writer.eventCount()));
            }
        }

        // ---- the fields of the event

        @Override
        public EventTypeInfo type() {
            return ownTypes.computeIfAbsent(cursor.typeIndex(), index -> shared(cursor.type()));
        }

        @Override
        public void visit(FieldSink sink) {
            EventTypeInfo type = cursor.type();
            for (int field = 0; field < type.fields().size(); field++) {
                if (!cursor.isPresent(field)) {
                    sink.absent(field);
                    continue;
                }
                switch (type.fields().get(field).kind()) {
                    case INT, BOOL, ENUM -> sink.number(field, cursor.longValue(field));
                    case TEXT -> sink.text(field, String.valueOf(cursor.value(field)));
                    case BYTES -> {
                        if (cursor.value(field) instanceof byte[] bytes) {
                            sink.bytes(field, bytes);
                        }
                    }
                }
            }
        }

        @Override
        public @Nullable Object value(int field) {
            return cursor.value(field);
        }
    }

    private EventTypeInfo shared(EventTypeInfo type) {
        return types.computeIfAbsent(
                new TypeKey(type.id(), type.name(), type.fields()), key -> type);
    }

    /// Whether any of the first events names a cause: captures do not, exported runs do.
    private static boolean hasCauses(Trace trace) {
        EventCursor cursor = trace.cursor(0);
        for (int i = 0; i < EVENTS_PER_PROGRESS && cursor.next(); i++) {
            if (cursor.cause() != EventHeader.NO_CAUSE) {
                return true;
            }
        }
        return false;
    }
}
