package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.payload.Psm1Line;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.perfetto.PerfettoOutput.Origin;
import org.panscope.trace.quality.DeferredLosses;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.Unit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/// Slices, instants and counters of programs: events with the name the program gave them, `phase`,
/// `category` and a field for each debug annotation. Flows become causes.
///
/// perfetto: protos/perfetto/trace/track_event/track_event.proto
final class TrackEvents {
    private static final int BEGIN = 1;
    private static final int END = 2;
    private static final int COUNTER = 4;
    private static final String UNNAMED = "track_event";
    private static final int MOST_OPEN = 512;
    private static final int MOST_FLOWS = 1 << 20;
    private static final int MOST_TRACKS = 1 << 16;

    private final FileFacts facts;
    private final PerfettoOutput out;
    private final PerfettoTracks tracks;
    private final FtraceDecoder ftrace;
    private final RowBuilder row = new RowBuilder();
    private final DebugAnnotations annotations;
    private final ProtoCursor packed = new ProtoCursor();
    private final Map<Long, ArrayDeque<String>> open = new HashMap<>();
    private final Map<Long, Long> lastOfFlow = new HashMap<>();
    private final Map<Long, Long> counters = new HashMap<>();
    private final SortedMap<Integer, Long> skipped = new TreeMap<>();

    // ---- the event at hand

    private int type;
    private @Nullable Long track;
    private @Nullable String name;
    private @Nullable Long value;
    private @Nullable Double real;
    private final StringJoiner noCategories = new StringJoiner(",");
    private StringJoiner categories = noCategories;
    private final List<Long> flows = new ArrayList<>();
    private final List<Long> lastFlows = new ArrayList<>();
    private final List<Long> extraTracks = new ArrayList<>();
    private final List<Long> extraValues = new ArrayList<>();

    TrackEvents(FileFacts facts, PerfettoOutput out, PerfettoTracks tracks, FtraceDecoder ftrace) {
        this.facts = facts;
        this.out = out;
        this.tracks = tracks;
        this.ftrace = ftrace;
        annotations = new DebugAnnotations(facts.interned);
    }

    void write(ProtoCursor in, long timeNs, int generation, EventIndexing.Default fallback)
            throws IOException {
        read(in, generation);
        Long uuid = track == null ? fallback.track() : track;
        Origin origin = origin(uuid, fallback);
        if (type == COUNTER) {
            counter(timeNs, uuid, origin, fallback);
        } else if (name != null && Psm1Line.isMarked(name) && type != END) {
            ftrace.marker(timeNs, origin, name);
        } else {
            event(timeNs, uuid, origin, fallback);
        }
        for (int i = 0; i < Math.min(extraTracks.size(), extraValues.size()); i++) {
            value = extraValues.get(i);
            real = null;
            name = null;
            counter(timeNs, extraTracks.get(i), Origin.on(-1, -1, null), fallback);
        }
    }

    private void read(ProtoCursor in, int generation) throws ProtoException {
        type = 0;
        track = null;
        name = null;
        value = null;
        real = null;
        categories = new StringJoiner(",");
        flows.clear();
        lastFlows.clear();
        extraTracks.clear();
        extraValues.clear();
        row.begin();
        while (in.next()) {
            field(in, generation);
        }
    }

    private void field(ProtoCursor in, int generation) throws ProtoException {
        switch (in.field()) {
            case 1, 16 -> {}
            case 9 -> type = in.int32();
            case 11 -> track = in.number();
            case 10 -> name = facts.interned.text(generation, Interned.EVENT_NAMES, in.number());
            case 23 -> name = in.text();
            case 22 -> categories.add(in.text());
            case 3 -> {
                for (long iid : numbers(in, new ArrayList<>())) {
                    String text = facts.interned.text(generation, Interned.CATEGORIES, iid);
                    categories.add(text == null ? "category " + iid : text);
                }
            }
            case 30 -> value = in.number();
            case 44 -> real = in.real();
            case 4 -> annotations.add(in, generation, row);
            case 36, 47 -> numbers(in, flows);
            case 42, 48 -> numbers(in, lastFlows);
            case 31 -> numbers(in, extraTracks);
            case 12 -> numbers(in, extraValues);
            default -> skipped.merge(in.field(), 1L, Long::sum);
        }
    }

    /// One number, or several without tags between them.
    private List<Long> numbers(ProtoCursor in, List<Long> into) throws ProtoException {
        if (in.isNumber()) {
            into.add(in.number());
            return into;
        }
        boolean isFixed = in.field() == 47 || in.field() == 48;
        packed.on(in);
        while (!packed.atEnd() && into.size() < 4096) {
            into.add(isFixed ? packed.packedFixed() : packed.packed());
        }
        return into;
    }

    private Origin origin(@Nullable Long uuid, EventIndexing.Default fallback) {
        TrackDescriptors.Described described = uuid == null ? null : facts.tracks.get(uuid);
        int tid = described == null ? fallback.tid() : described.tid();
        return Origin.on(-1, tid, facts.names.thread(tid));
    }

    private void event(
            long timeNs, @Nullable Long uuid, Origin origin, EventIndexing.Default fallback)
            throws IOException {
        String called = name == null ? UNNAMED : name;
        ArrayDeque<String> slices = slices(uuid == null ? 0 : uuid);
        if (type == BEGIN && slices.size() < MOST_OPEN) {
            slices.push(called);
        } else if (type == END && !slices.isEmpty()) {
            String begun = slices.pop();
            called = name == null ? begun : name;
        }
        row.text("phase", type == BEGIN ? "begin" : type == END ? "end" : "instant");
        if (categories.length() > 0) {
            row.text("category", categories.toString());
        }
        EventTypeInfo info = row.type(called);
        long seq =
                out.write(
                        timeNs,
                        new Origin(origin.cpu(), origin.pid(), origin.comm(), cause()),
                        tracks.of(uuid, fallback),
                        info,
                        row.values());
        flows.forEach(flow -> flowsThrough(flow, seq));
        lastFlows.forEach(lastOfFlow::remove);
    }

    private ArrayDeque<String> slices(long uuid) {
        ArrayDeque<String> slices = open.get(uuid);
        if (slices == null) {
            slices = new ArrayDeque<>();
            if (open.size() < MOST_TRACKS) {
                open.put(uuid, slices);
            }
        }
        return slices;
    }

    /// The event before it in one of its flows.
    private long cause() {
        for (List<Long> list : List.of(lastFlows, flows)) {
            for (long flow : list) {
                Long before = lastOfFlow.get(flow);
                if (before != null) {
                    return before;
                }
            }
        }
        return EventHeader.NO_CAUSE;
    }

    private void flowsThrough(long flow, long seq) {
        if (lastOfFlow.size() < MOST_FLOWS || lastOfFlow.containsKey(flow)) {
            lastOfFlow.put(flow, seq);
        }
    }

    private void counter(
            long timeNs, @Nullable Long uuid, Origin origin, EventIndexing.Default fallback)
            throws IOException {
        TrackDescriptors.Described described = uuid == null ? null : facts.tracks.get(uuid);
        String called = name;
        if (called == null) {
            called = described == null || described.name().isEmpty() ? "counter" : described.name();
        }
        row.begin();
        if (real != null) {
            row.real("value", real);
        } else if (value != null) {
            long sum = value;
            if (described != null && described.isIncremental() && uuid != null) {
                sum = counters.merge(uuid, value, Long::sum);
            }
            row.number(
                    "value",
                    unit(described),
                    true,
                    described == null ? sum : sum * described.multiplier());
        }
        if (described != null && !described.unit().isEmpty()) {
            row.text("unit", described.unit());
        }
        EventTypeInfo info = row.type(called);
        out.write(timeNs, origin, tracks.of(uuid, fallback), info, row.values());
    }

    private static Unit unit(TrackDescriptors.@Nullable Described described) {
        return switch (described == null ? "" : described.unit()) {
            case "ns" -> Unit.NS;
            case "bytes" -> Unit.BYTES;
            case "count" -> Unit.COUNT;
            default -> Unit.NONE;
        };
    }

    /// Tells what was left out of the events.
    void report(DeferredLosses losses) {
        skipped.forEach((number, count) ->
                losses.lost(
                        "unknown-field",
                        "field " + number + " of " + count + " track events is not decoded",
                        count));
        long left = row.refused() + annotations.tooDeep();
        if (left > 0) {
            losses.lost(
                    "unknown-field",
                    left + " debug annotations are nested too deeply or are too many",
                    left);
        }
    }
}
