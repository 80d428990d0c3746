package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.schema.Unit;

/// Sync objects in memory: one counter row for each address.
final class SyncRules {
    private SyncRules() {}

    static void register(Rules rules, Build build) {
        rules.on("SYNC_MEM", fields -> written(fields, build));
        rules.on("SYNC_WAIT_EVAL", fields -> evaluated(fields, build));
    }

    private static Handler written(Fields fields, Build build) {
        FieldReader vm = fields.get("vm_id");
        FieldReader va = fields.get("va");
        FieldReader newValue = fields.get("new_value");
        FieldReader oldError = fields.get("old_error");
        FieldReader newError = fields.get("new_error");
        FieldReader writer = fields.get("writer");
        return event -> {
            RowBuilder row = row(build, vm.number(event, -1), va.number(event, 0));
            row.step(event, newValue.number(event, 0), Unit.COUNT);
            long error = newError.number(event, 0);
            boolean failed = error != 0 && error != oldError.number(event, 0);
            if (failed) {
                row.instant(
                        event,
                        "error 0x" + Long.toHexString(error) + " by " + writer.text(event),
                        Style.ERROR,
                        Glyph.CROSS);
            }
        };
    }

    private static Handler evaluated(Fields fields, Build build) {
        FieldReader vm = fields.get("vm_id");
        FieldReader va = fields.get("va");
        FieldReader satisfied = fields.get("satisfied");
        FieldReader evaluator = fields.get("evaluator");
        return event -> {
            boolean met = satisfied.flag(event);
            row(build, vm.number(event, -1), va.number(event, 0))
                    .instant(
                            event,
                            evaluator.text(event) + (met ? ": satisfied" : ": not yet"),
                            met ? Style.RUNNING : Style.WAITING,
                            Glyph.TICK);
        };
    }

    private static RowBuilder row(Build build, long vm, long va) {
        String address = "0x" + Long.toHexString(va);
        return build.child(
                build.container(Section.SYNC).id,
                "sync-object",
                vm < 0 ? address : "vm " + vm + " " + address);
    }
}
