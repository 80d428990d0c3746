package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;

/// dma_fences from their initialisation to the signal, on the row of their context.
final class FenceRules {
    private FenceRules() {}

    static void register(Rules rules, Build build) {
        rules.on("FENCE", fields -> fence(fields, build));
        rules.on("SYNCOBJ", fields -> syncobj(fields, build));
    }

    private static Handler fence(Fields fields, Build build) {
        FieldReader step = fields.get("step");
        FieldReader context = fields.get("context");
        FieldReader seqno = fields.get("seqno");
        FieldReader timeline = fields.get("timeline");
        FieldReader error = fields.get("error");
        FieldReader kind = fields.get("kind");
        return event -> {
            RowBuilder row = build.rowOf(event);
            if (row.parent < 0 || !row.kind.equals("timeline")) {
                row = FenceRows.of(build, timeline.text(event), context.number(event, -1));
            }
            long key = seqno.number(event, -1);
            String label = kind.text(event).replace('_', ' ') + ": " + Long.toUnsignedString(key);
            switch (step.text(event)) {
                case "init" -> row.open(key, event, label, Style.FENCE);
                case "signaled" ->
                        row.close(
                                key,
                                event,
                                label + " signaled",
                                error.number(event, 0) < 0 ? Style.ERROR : null);
                case "set_error" -> {
                    row.restyle(key, Style.ERROR);
                    row.instant(event, label + " error", Style.ERROR, Glyph.CROSS);
                }
                case "publish" ->
                        row.instant(event, label + " published", Style.FENCE, Glyph.DIAMOND);
                default ->
                        row.instant(event, label + " " + step.text(event), Style.IDLE, Glyph.TICK);
            }
        };
    }

    private static Handler syncobj(Fields fields, Build build) {
        FieldReader step = fields.get("step");
        FieldReader handle = fields.get("handle");
        FieldReader file = fields.get("file_id");
        FieldReader point = fields.get("point");
        return event -> {
            RowBuilder row =
                    build.child(
                            build.rowOf(event).id,
                            "syncobj",
                            "syncobj " + file.number(event, -1) + "." + handle.number(event, -1));
            String at = point.isPresent(event) ? " point " + point.text(event) : "";
            row.instant(event, step.text(event) + at, Style.FENCE, Glyph.DIAMOND);
        };
    }
}
