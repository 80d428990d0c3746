package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;

import java.util.Map;
import java.util.TreeMap;

/// Notes that applications write into a capture. Markers of the form `psm1` tell of rings and
/// doorbells, which the kernel does not see; with them a queue's row shows as much as an emulated
/// one's, from the application's side.
final class CaptureMarkerRules {
    private final Build build;
    private final Map<Integer, QueueTracker> trackers = new TreeMap<>();

    private CaptureMarkerRules(Build build) {
        this.build = build;
    }

    static void register(Rules rules, Build build) {
        CaptureMarkerRules markers = new CaptureMarkerRules(build);
        for (String name : new String[] {"print", "tracing_mark_write", "bprint"}) {
            rules.on(name, markers::marker);
        }
    }

    private Handler marker(Fields fields) {
        FieldReader text = fields.get("buf", "text");
        FieldReader verb = fields.get("verb");
        FieldReader at = fields.get("at");
        FieldReader length = fields.get("n");
        FieldReader value = fields.get("v");
        FieldReader extract = fields.get("ext");
        FieldReader insert = fields.get("ins");
        return event -> {
            RowBuilder row = build.rowOf(event);
            boolean onQueue = row.kind.equals("queue");
            if (verb.isPresent(event)) {
                build.verbs().add(verb.text(event));
            }
            switch (onQueue ? verb.text(event) : "") {
                case "rbw" ->
                        tracker(row).written(event, at.number(event, 0), length.number(event, 0));
                case "ins" -> tracker(row).inserted(event, value.number(event, 0));
                case "db" -> row.instant(event, "doorbell", Style.RUNNING, Glyph.UP);
                case "smp" -> {
                    if (insert.isPresent(event) && extract.isPresent(event)) {
                        tracker(row)
                                .sampled(event, insert.number(event, 0), extract.number(event, 0));
                    }
                }
                default -> note(row, event, text.text(event).strip(), verb.isPresent(event));
            }
        };
    }

    private static void note(RowBuilder row, EventCursor event, String text, boolean isMarker) {
        String label = text.startsWith("psm1 ") ? text.substring("psm1 ".length()) : text;
        row.instant(
                event,
                label,
                isMarker ? Style.ACTIVITY : Style.ATTENTION,
                isMarker ? Glyph.TICK : Glyph.FLAG);
    }

    private QueueTracker tracker(RowBuilder row) {
        return trackers.computeIfAbsent(row.id, id -> new QueueTracker(build, row));
    }
}
