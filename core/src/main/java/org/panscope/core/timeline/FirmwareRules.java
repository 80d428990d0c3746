package org.panscope.core.timeline;

import java.util.LinkedHashMap;
import java.util.Map;

/// The microcontroller, its command streams and the interrupt lines.
final class FirmwareRules {
    private FirmwareRules() {}

    static void register(Rules rules, Build build) {
        rules.on("FW_CS", fields -> stream(fields, build));
        rules.on("CS_INSTR", fields -> instruction(fields, build));
        rules.on("FW_REQ", fields -> word(fields, build, "request", Glyph.UP));
        rules.on("FW_ACK", fields -> word(fields, build, "acknowledge", Glyph.DOWN));
        rules.on("MCU", fields -> mcu(fields, build));
        rules.on("IRQ", fields -> irq(fields, build));
        rules.on("FAULT", fields -> fault(fields, build));
    }

    private static Handler stream(Fields fields, Build build) {
        FieldReader step = fields.get("step");
        FieldReader reason = fields.get("blocked_reason");
        FieldReader insert = fields.get("insert");
        FieldReader extract = fields.get("extract");
        FieldReader csg = fields.get("csg");
        FieldReader cs = fields.get("cs");
        Map<Integer, StreamTracker> trackers = new LinkedHashMap<>();
        return event -> {
            RowBuilder row = build.objects().stream(csg.integer(event, -1), cs.integer(event, -1));
            trackers.computeIfAbsent(row.id, id -> new StreamTracker(row))
                    .step(
                            event,
                            step.text(event),
                            insert.isPresent(event) ? insert.number(event, 0) : null,
                            extract.isPresent(event) ? extract.number(event, 0) : null,
                            reason.integer(event, 0));
        };
    }

    private static Handler instruction(Fields fields, Build build) {
        FieldReader csg = fields.get("csg");
        FieldReader cs = fields.get("cs");
        return event ->
                build.objects().stream(csg.integer(event, -1), cs.integer(event, -1))
                        .instant(event, "instruction", Style.ACTIVITY, Glyph.TICK);
    }

    private static Handler word(Fields fields, Build build, String what, Glyph glyph) {
        FieldReader block = fields.get("block");
        FieldReader word = fields.get("word");
        return event ->
                build.rowOf(event)
                        .instant(
                                event,
                                what + " " + block.text(event) + "." + word.text(event),
                                Style.ACTIVITY,
                                glyph);
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

    private static Handler fault(Fields fields, Build build) {
        FieldReader kind = fields.get("kind");
        return event ->
                build.rowOf(event).instant(event, kind.text(event), Style.ERROR, Glyph.CROSS);
    }
}
