package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Slices, instants and counters of programs, as Chrome's JSON and Perfetto's track events hold
/// them: events of dynamic types that say in a field `phase` what they stand for. Slices of one row
/// nest, so an end ends the one begun last.
final class SliceRules {
    private static final String PHASE = "phase";
    private static final int DEEPEST = 512;

    private final Build build;
    private final Map<Integer, Integer> depths = new LinkedHashMap<>();

    SliceRules(Build build) {
        this.build = build;
    }

    /// Whether events of this type are such.
    static boolean knows(EventTypeInfo type) {
        int phase = type.isDynamic() ? type.fieldIndex(PHASE) : -1;
        return phase >= 0 && type.fields().get(phase).kind() == FieldKind.TEXT;
    }

    Handler handler(EventTypeInfo type) {
        Fields fields = new Fields(type);
        FieldReader phase = fields.get(PHASE);
        FieldReader duration = fields.get("duration_ns");
        FieldReader name = fields.get("name");
        FieldReader style = fields.get("style");
        List<Series> series = series(type, fields);
        return event -> {
            RowBuilder row = build.rowOf(event);
            String label = name.isPresent(event) ? name.text(event) : type.name();
            switch (phase.text(event)) {
                case "begin", "async_begin" -> begin(row, event, label);
                case "end", "async_end" -> end(row, event, label);
                case "complete" ->
                        row.bar(
                                event,
                                label,
                                style(style.text(event), Style.ACTIVITY),
                                Math.max(0, duration.number(event, 0)));
                case "counter" -> count(row, event, series);
                case "flow_begin", "flow_step", "flow_end" ->
                        row.instant(event, label, Style.IDLE, Glyph.UP);
                default ->
                        row.instant(
                                event, label, style(style.text(event), Style.ACTIVITY), Glyph.TICK);
            }
        };
    }

    private void begin(RowBuilder row, EventCursor event, String label) {
        int depth = depths.merge(row.id, 1, Integer::sum);
        if (depth > DEEPEST) {
            row.instant(event, label, Style.ACTIVITY, Glyph.TICK);
        } else {
            row.open(depth, event, label, Style.ACTIVITY);
        }
    }

    private void end(RowBuilder row, EventCursor event, String label) {
        int depth = depths.getOrDefault(row.id, 0);
        if (depth > 0) {
            depths.put(row.id, depth - 1);
        }
        if (depth <= DEEPEST) {
            row.close(depth, event, label, null);
        }
    }

    // ---- counters -----------------------------------------------------------------------------

    /// One number of a counter.
    private record Series(String name, FieldReader value, Unit unit) {}

    private static List<Series> series(EventTypeInfo type, Fields fields) {
        List<Series> series = new ArrayList<>();
        for (FieldInfo field : type.fields()) {
            if (field.kind() == FieldKind.INT && !field.name().equals("duration_ns")) {
                series.add(new Series(field.name(), fields.get(field.name()), field.unit()));
            }
        }
        return series;
    }

    /// One number is the row's own; several have a row each.
    private void count(RowBuilder row, EventCursor event, List<Series> series) {
        if (series.isEmpty()) {
            row.instant(event, "counter", Style.IDLE, Glyph.TICK);
        }
        for (Series one : series) {
            RowBuilder target =
                    series.size() == 1 ? row : build.child(row.id, "counter", one.name());
            if (one.value().isPresent(event)) {
                Unit unit = one.unit() == Unit.NONE ? Unit.COUNT : one.unit();
                target.step(event, one.value().number(event, 0), unit);
            }
        }
    }

    /// The style a file of our own names.
    private static Style style(@Nullable String name, Style otherwise) {
        for (Style style : Style.values()) {
            if (style.name().equals(name)) {
                return style;
            }
        }
        return otherwise;
    }
}
