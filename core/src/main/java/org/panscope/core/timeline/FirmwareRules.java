package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;

/// The microcontroller's power and the interrupt lines.
final class FirmwareRules {
    private FirmwareRules() {}

    static void register(Rules rules, Build build) {
        rules.on("MCU", fields -> mcu(fields, build));
        rules.on("IRQ", fields -> irq(fields, build));
    }

    private static Handler mcu(Fields fields, Build build) {
        FieldReader state = fields.get("state");
        return event -> {
            String name = state.text(event);
            Style style =
                    switch (name) {
                        case "enabled" -> Style.RUNNING;
                        case "fatal" -> Style.ERROR;
                        default -> Style.IDLE;
                    };
            build.rowOf(event).state(event, "MCU " + name, style);
        };
    }

    private static Handler irq(Fields fields, Build build) {
        FieldReader line = fields.get("line");
        FieldReader step = fields.get("step");
        return event -> {
            RowBuilder row = build.child(build.container(Section.IRQ).id, "irq", line.text(event));
            switch (step.text(event)) {
                case "raise" -> row.state(event, "raised", Style.QUEUED);
                case "entry" -> row.state(event, "handler", Style.ACTIVITY);
                case "thread" -> row.state(event, "thread", Style.RUNNING);
                default -> {
                    if (!row.hasState()) {
                        build.unpaired();
                        row.instant(event, "exit", Style.UNKNOWN, Glyph.TICK);
                    }
                    row.noState();
                }
            }
        };
    }
}
