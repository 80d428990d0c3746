package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;
import org.panscope.trace.json.DefinitionLines;
import org.panscope.trace.json.TrackPaths;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.Unit;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Writes a trace as Perfetto packets. Every event is an instant with all its fields as debug
/// annotations, under its own type's name; what such an instant has no place for is in annotations
/// that begin with `panscope.`, so that [PerfettoImporter] gives the same trace again. Bars and
/// counters are of the category `panscope.drawn` and only there to be looked at.
///
/// perfetto: docs/reference/synthetic-track-event.md
public final class PerfettoWriter {
    private static final int TRACK_EVENT = Packet.TRACK_EVENT;
    private static final int BEGIN = 1;
    private static final int END = 2;
    private static final int INSTANT = 3;
    private static final int COUNTER = 4;

    /// Texts named by number; others are written where they stand.
    private static final int MOST_INTERNED = 1 << 16;

    private static final int LONGEST_INTERNED = 64;
    private static final int PATHS_IN_DEFINITION = 256;

    private final OutputStream out;
    private final long offsetNs;
    private final ProtoOutput packet = new ProtoOutput();
    private final ProtoOutput fresh = new ProtoOutput();
    private final ProtoOutput frame = new ProtoOutput();
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<String, Integer> categories = new HashMap<>();
    private final Map<String, Integer> annotationNames = new HashMap<>();
    private final Map<String, Integer> texts = new HashMap<>();

    /// Begins a file: says what the trace is. Times are moved if one of them would be negative.
    ///
    /// @param trace the trace to be written
    public PerfettoWriter(Trace trace, OutputStream out) throws IOException {
        this.out = out;
        long origin = trace.header().originNs();
        long first = Math.min(0, lowestTime(trace));
        long shift = origin + first < 0 ? -(origin + first) : 0;
        offsetNs = origin + shift;
        begin(Packet.STATE_CLEARED);
        packet.flag(87, true);
        packet.begin(Packet.TRACK_DESCRIPTOR);
        packet.number(1, PanscopeDefinitions.SEQUENCE);
        packet.text(2, "panscope");
        packet.end();
        finish();
        long at = offsetNs + trace.firstTimeNs();
        define(at, DefinitionLines.header(trace.header()), shift);
        TrackPaths paths = TrackPaths.of(trace.tracks());
        for (int from = 0; from < paths.size(); from += PATHS_IN_DEFINITION) {
            List<String> some = new ArrayList<>();
            for (int i = from; i < Math.min(paths.size(), from + PATHS_IN_DEFINITION); i++) {
                some.add(paths.get(i));
            }
            define(at, DefinitionLines.tracks(some), null);
        }
        for (EventTypeInfo type : trace.types()) {
            define(at, DefinitionLines.type(type), null);
        }
        for (Loss loss : trace.losses()) {
            define(at, DefinitionLines.loss(loss), null);
        }
    }

    private static long lowestTime(Trace trace) {
        long lowest = Long.MAX_VALUE;
        EventCursor event = trace.cursor(0);
        while (event.next()) {
            lowest = Math.min(lowest, event.timeNs());
        }
        return lowest == Long.MAX_VALUE ? 0 : lowest;
    }

    private void define(long timestamp, String text, @Nullable Long shift) throws IOException {
        begin(0);
        packet.number(8, timestamp);
        packet.begin(TRACK_EVENT);
        packet.number(9, INSTANT);
        packet.number(11, PanscopeDefinitions.SEQUENCE);
        packet.text(22, PanscopeDefinitions.DEFINITION);
        packet.text(23, "trace");
        if (shift != null) {
            packet.begin(4);
            packet.text(10, PanscopeDefinitions.SHIFT);
            packet.number(4, shift);
            packet.end();
        }
        packet.begin(4);
        packet.text(10, PanscopeDefinitions.DEFINITION);
        packet.text(6, text);
        packet.end();
        packet.end();
        finish();
    }

    // ---- tracks

    /// Number of the track that stands for a track of the trace.
    public static long trackOf(int id) {
        return PanscopeDefinitions.FIRST_TRACK + id;
    }

    /// What a track stands for.
    ///
    /// @param pid process of a process or a thread, or -1
    /// @param tid thread, or -1
    /// @param unit of a counter, null for other tracks
    public record Track(
            long uuid, @Nullable Long parent, String name, int pid, int tid, @Nullable Unit unit) {

        /// A track that is only a name.
        public static Track named(long uuid, @Nullable Long parent, String name) {
            return new Track(uuid, parent, name, -1, -1, null);
        }

        /// The track of a value.
        public static Track counter(long uuid, @Nullable Long parent, String name, Unit unit) {
            return new Track(uuid, parent, name, -1, -1, unit);
        }
    }

    /// Describes a track; once, before its events.
    public void track(Track track) throws IOException {
        begin(0);
        packet.begin(Packet.TRACK_DESCRIPTOR);
        packet.number(1, track.uuid());
        Long parent = track.parent();
        if (parent != null) {
            packet.number(5, parent);
        }
        packet.text(2, track.name());
        if (track.tid() >= 0) {
            packet.begin(4);
            packet.number(1, track.pid());
            packet.number(2, track.tid());
            packet.text(5, track.name());
            packet.end();
        } else if (track.pid() >= 0) {
            packet.begin(3);
            packet.number(1, track.pid());
            packet.text(6, track.name());
            packet.end();
        }
        Unit unit = track.unit();
        if (unit != null) {
            packet.begin(8);
            unit(unit);
            packet.end();
        }
        packet.end();
        finish();
    }

    private void unit(Unit unit) {
        switch (unit) {
            case NS -> packet.number(3, 1);
            case COUNT, INDEX -> packet.number(3, 2);
            case BYTES -> packet.number(3, 3);
            default -> {}
        }
    }

    // ---- events

    /// Links between events that the UI draws as arrows.
    ///
    /// @param through flows an event belongs to
    /// @param ending flows that end with it
    public record Flows(List<Long> through, List<Long> ending) {
        public static final Flows NONE = new Flows(List.of(), List.of());

        public Flows {
            through = List.copyOf(through);
            ending = List.copyOf(ending);
        }
    }

    /// Writes the event a cursor is on, on the track that stands for its own.
    public void event(EventCursor event, Flows flows) throws IOException {
        EventTypeInfo type = event.type();
        begin(Packet.STATE_NEEDED);
        packet.number(8, offsetNs + event.timeNs());
        packet.begin(TRACK_EVENT);
        packet.number(9, INSTANT);
        packet.number(11, trackOf(event.track()));
        packet.number(3, interned(categories, Interned.CATEGORIES, PanscopeDefinitions.EVENT));
        name(type.name());
        for (int i = 0; i < type.fields().size(); i++) {
            if (event.isPresent(i)) {
                field(type.fields().get(i), event, i);
            }
        }
        head(event);
        for (long flow : flows.through()) {
            packet.fixed64(47, flow);
        }
        for (long flow : flows.ending()) {
            packet.fixed64(48, flow);
        }
        packet.end();
        finish();
    }

    private void field(FieldInfo info, EventCursor event, int index) {
        beginAnnotation(info.name());
        switch (info.kind()) {
            case INT -> {
                int as = info.unit().isHexadecimal() ? 7 : info.signed() ? 4 : 3;
                packet.number(as, event.longValue(index));
            }
            case BOOL -> packet.flag(2, event.longValue(index) != 0);
            case TEXT, ENUM -> text(String.valueOf(event.value(index)));
            case BYTES -> {
                byte[] bytes = event.value(index) instanceof byte[] value ? value : new byte[0];
                packet.text(6, HexFormat.of().formatHex(bytes));
            }
        }
        packet.end();
    }

    private void head(EventCursor event) {
        number("panscope.seq", event.seq());
        number("panscope.type", event.typeIndex());
        if (event.cause() != EventHeader.NO_CAUSE) {
            number("panscope.cause", event.cause());
        }
        if (event.isCauseInferred()) {
            number("panscope.cause_inferred", 1);
        }
        if (event.cpu() != EventHeader.UNKNOWN) {
            number("panscope.cpu", event.cpu());
        }
        if (event.pid() != EventHeader.UNKNOWN) {
            number("panscope.pid", event.pid());
        }
        annotation("panscope.comm", event.comm());
        annotation("panscope.context", event.context());
        annotation("panscope.locks", event.locks());
    }

    /// Writes a bar.
    ///
    /// @param details annotations, name after value
    public void bar(long track, long fromNs, long toNs, String name, Map<String, String> details)
            throws IOException {
        begin(Packet.STATE_NEEDED);
        packet.number(8, offsetNs + fromNs);
        packet.begin(TRACK_EVENT);
        packet.number(9, BEGIN);
        packet.number(11, track);
        packet.number(3, interned(categories, Interned.CATEGORIES, PanscopeDefinitions.DRAWN));
        name(name);
        details.forEach(this::annotation);
        packet.end();
        finish();
        begin(Packet.STATE_NEEDED);
        packet.number(8, offsetNs + toNs);
        packet.begin(TRACK_EVENT);
        packet.number(9, END);
        packet.number(11, track);
        packet.number(3, interned(categories, Interned.CATEGORIES, PanscopeDefinitions.DRAWN));
        packet.end();
        finish();
    }

    /// Writes a step of a counter.
    public void count(long track, long timeNs, long value) throws IOException {
        begin(Packet.STATE_NEEDED);
        packet.number(8, offsetNs + timeNs);
        packet.begin(TRACK_EVENT);
        packet.number(9, COUNTER);
        packet.number(11, track);
        packet.number(3, interned(categories, Interned.CATEGORIES, PanscopeDefinitions.DRAWN));
        packet.number(30, value);
        packet.end();
        finish();
    }

    // ---- parts

    private void begin(int flags) {
        packet.clear();
        fresh.clear();
        packet.number(10, PanscopeDefinitions.SEQUENCE);
        if (flags != 0) {
            packet.number(13, flags);
        }
    }

    private void finish() throws IOException {
        if (fresh.length() > 0) {
            packet.message(12, fresh);
        }
        frame.clear();
        frame.message(1, packet);
        frame.writeTo(out);
    }

    private void name(String name) {
        if (name.length() <= LONGEST_INTERNED
                && (names.containsKey(name) || names.size() < MOST_INTERNED)) {
            packet.number(10, interned(names, Interned.EVENT_NAMES, name));
        } else {
            packet.text(23, name);
        }
    }

    private void beginAnnotation(String name) {
        packet.begin(4);
        if (annotationNames.containsKey(name) || annotationNames.size() < MOST_INTERNED) {
            packet.number(1, interned(annotationNames, Interned.ANNOTATION_NAMES, name));
        } else {
            packet.text(10, name);
        }
    }

    private void annotation(String name, @Nullable String value) {
        if (value != null) {
            beginAnnotation(name);
            text(value);
            packet.end();
        }
    }

    private void number(String name, long value) {
        beginAnnotation(name);
        packet.number(4, value);
        packet.end();
    }

    private void text(String value) {
        if (value.length() <= LONGEST_INTERNED
                && (texts.containsKey(value) || texts.size() < MOST_INTERNED)) {
            packet.number(17, interned(texts, Interned.ANNOTATION_TEXTS, value));
        } else {
            packet.text(6, value);
        }
    }

    /// Number of a text, which this packet brings along if it is the first to use it.
    private int interned(Map<String, Integer> known, int field, String text) {
        Integer number = known.get(text);
        if (number == null) {
            number = known.size() + 1;
            known.put(text, number);
            fresh.begin(field);
            fresh.number(1, number);
            fresh.text(2, text);
            fresh.end();
        }
        return number;
    }
}
