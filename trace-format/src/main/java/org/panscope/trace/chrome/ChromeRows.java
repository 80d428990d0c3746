package org.panscope.trace.chrome;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.EventShapes;
import org.panscope.trace.ftrace.TracepointTypes;
import org.panscope.trace.ftrace.payload.BinaryShapes;
import org.panscope.trace.ftrace.payload.Payload;
import org.panscope.trace.ftrace.payload.Psm1Line;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Type and values of an event: what every event has, then its arguments.
final class ChromeRows {
    /// What an event without a name is called.
    private static final String UNNAMED = "track_event";

    private static final String MARKER = "print";

    /// The type of events for which there is none any more.
    private static final EventTypeInfo OVERFLOW =
            TracepointTypes.captured(
                    UNNAMED, List.of(FieldInfo.dynamic("name", FieldKind.TEXT, Unit.NONE, false)));

    private static final int MOST_OPEN = 512;
    private static final int MOST_TRACKS = 1 << 16;
    private static final int LONGEST_NAME = 1000;

    private final EventShapes fields;
    private final BinaryShapes markers = new BinaryShapes();
    private final Map<Integer, ArrayDeque<String>> open = new HashMap<>();
    private long refused;

    /// @param values one per field of `type`
    record Row(EventTypeInfo type, @Nullable Object[] values) {}

    ChromeRows(EventShapes fields) {
        this.fields = fields;
    }

    /// Adds what every event has.
    void begin(ChromeEvent event, ChromePhase phase) {
        common(event, phase, fields);
    }

    private static void common(ChromeEvent event, ChromePhase phase, EventShapes into) {
        into.text("phase", phase.label());
        String category = event.category();
        if (category != null) {
            into.text("category", category);
        }
        Long duration = event.durationNs();
        if (duration != null) {
            into.number("duration_ns", Unit.NS, true, duration);
        }
        String id = event.id();
        if (id != null) {
            into.text("id", id);
        }
        String scope = event.scope();
        if (scope != null) {
            into.text(
                    "scope",
                    switch (scope) {
                        case "g" -> "global";
                        case "p" -> "process";
                        case "t" -> "thread";
                        default -> scope;
                    });
        }
        if (event.bindId() != null) {
            into.text("bind_id", String.valueOf(event.bindId()));
        }
    }

    /// The row, once the arguments are there too.
    Row end(ChromeEvent event, ChromePhase phase, int track) {
        String name = name(event, phase, track);
        if (phase == ChromePhase.INSTANT && Psm1Line.isMarked(name)) {
            Payload marker = markers.ofText(MARKER, name);
            return new Row(
                    TracepointTypes.captured(MARKER, marker.fields().fields()), marker.values());
        }
        EventTypeInfo type = fields.type(name);
        if (type != null) {
            return new Row(type, fields.values());
        }
        refused += fields.size();
        fields.begin();
        fields.text("name", name);
        common(event, phase, fields);
        EventTypeInfo few = fields.type(UNNAMED);
        if (few == null) {
            fields.begin();
            fields.text("name", name);
            few = OVERFLOW;
        }
        return new Row(few, fields.values());
    }

    /// What an event is called; an end may leave that to what it ends.
    private String name(ChromeEvent event, ChromePhase phase, int track) {
        String given = event.name();
        String name = given.length() > LONGEST_NAME ? given.substring(0, LONGEST_NAME) : given;
        if (phase == ChromePhase.BEGIN || phase == ChromePhase.ASYNC_BEGIN) {
            ArrayDeque<String> slices = open.get(track);
            if (slices == null && open.size() < MOST_TRACKS) {
                slices = new ArrayDeque<>();
                open.put(track, slices);
            }
            if (slices != null && slices.size() < MOST_OPEN) {
                slices.push(name);
            }
        } else if (phase == ChromePhase.END || phase == ChromePhase.ASYNC_END) {
            ArrayDeque<String> slices = open.get(track);
            String begun = slices == null ? null : slices.poll();
            name = name.isEmpty() && begun != null ? begun : name;
        }
        return name.isEmpty() ? UNNAMED : name;
    }

    /// Arguments of events for which there was no type any more.
    long refused() {
        return refused;
    }
}
