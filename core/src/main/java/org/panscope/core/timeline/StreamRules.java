package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;

/// What command streams do: steps, instructions, faults.
final class StreamRules {
    private final Build build;
    private final Streams streams;

    private StreamRules(Build build) {
        this.build = build;
        this.streams = build.streams();
    }

    static void register(Rules rules, Build build) {
        StreamRules streams = new StreamRules(build);
        rules.on("FW_CS", streams::step);
        rules.on("CS_INSTR", streams::instruction);
        rules.on("FAULT", streams::fault);
        rules.on("UNBIND", streams::unbound);
    }

    private Handler step(Fields fields) {
        FieldReader step = fields.get("step");
        FieldReader insert = fields.get("insert");
        FieldReader extract = fields.get("extract");
        FieldReader csg = fields.get("csg");
        FieldReader cs = fields.get("cs");
        Streams.WaitFields wait = Streams.WaitFields.of(fields);
        return event -> {
            int group = csg.integer(event, -1);
            int stream = cs.integer(event, -1);
            String name = step.text(event);
            streams.of(group, stream)
                    .step(
                            event,
                            name,
                            insert.isPresent(event) ? insert.number(event, 0) : null,
                            extract.isPresent(event) ? extract.number(event, 0) : null,
                            build.objects().groupOn(group) != null,
                            name.equals("block") ? streams.blocked(event, wait, group, stream) : 0);
        };
    }

    private Handler instruction(Fields fields) {
        FieldReader csg = fields.get("csg");
        FieldReader cs = fields.get("cs");
        FieldReader word = fields.get("word");
        return event ->
                streams.of(csg.integer(event, -1), cs.integer(event, -1))
                        .instruction(event, word.number(event, 0));
    }

    /// A fault stands where it happened: on its stream, on its address space, else where the event
    /// is.
    private Handler fault(Fields fields) {
        FieldReader kind = fields.get("kind");
        FieldReader csg = fields.get("csg");
        FieldReader cs = fields.get("cs");
        FieldReader as = fields.get("as");
        FieldReader exception = fields.get("exception");
        return event -> {
            String what = kind.text(event) + ": " + Streams.exception(exception.number(event, 0));
            boolean ofStream = csg.isPresent(event) && cs.isPresent(event);
            if (what.startsWith("CS_FATAL") && ofStream) {
                streams.of(csg.integer(event, -1), cs.integer(event, -1)).fatal(event, what);
            } else if (what.startsWith("CS_FAULT") && ofStream) {
                streams.of(csg.integer(event, -1), cs.integer(event, -1)).fault(event, what);
            } else {
                RowBuilder row =
                        as.isPresent(event)
                                ? build.objects().addressSpace(event, as.integer(event, -1))
                                : build.rowOf(event);
                row.instant(event, what, Style.ERROR, Glyph.CROSS);
            }
        };
    }

    private Handler unbound(Fields fields) {
        FieldReader slot = fields.get("slot");
        return event -> {
            for (StreamTracker stream : streams.onSlot(slot.integer(event, -1))) {
                stream.unbound();
            }
        };
    }
}
