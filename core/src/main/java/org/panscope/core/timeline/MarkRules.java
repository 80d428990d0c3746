package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;

/// Notes in the trace and warnings of the kernel.
final class MarkRules {
    private MarkRules() {}

    static void register(Rules rules, Build build) {
        rules.on(
                "MARK",
                fields -> {
                    FieldReader text = fields.get("text");
                    return event ->
                            build.rowOf(event)
                                    .instant(event, text.text(event), Style.ATTENTION, Glyph.FLAG);
                });
        rules.on(
                "WARN",
                fields -> {
                    FieldReader kind = fields.get("kind");
                    FieldReader text = fields.get("text");
                    return event -> {
                        boolean logOnly = kind.text(event).equals("log");
                        build.rowOf(event)
                                .instant(
                                        event,
                                        kind.text(event) + ": " + text.text(event),
                                        logOnly ? Style.ATTENTION : Style.ERROR,
                                        logOnly ? Glyph.TICK : Glyph.CROSS);
                    };
                });
        // Decisions of the emulator and the reason why it stopped explain a run; they are no part
        // of
        // what happened in it.
        rules.on("CHOICE", fields -> event -> {});
        rules.on("RUN_END", fields -> event -> {});
    }
}
