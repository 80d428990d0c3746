package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which group sits on which CSG slot and what the slot does with it, and which VM is in which
/// address space.
final class SlotRules {
    private static final Pattern CSG_BLOCK = Pattern.compile("CSG(\\d{1,3})");

    private final Build build;
    private final Map<Integer, SlotTracker> slots = new TreeMap<>();

    private SlotRules(Build build) {
        this.build = build;
    }

    static void register(Rules rules, Build build) {
        SlotRules slots = new SlotRules(build);
        rules.on("BIND", slots::bind);
        rules.on("UNBIND", slots::unbind);
        rules.on("GROUP_STATE", slots::groupState);
        rules.on("FW_REQ", fields -> slots.word(fields, false));
        rules.on("FW_ACK", fields -> slots.word(fields, true));
        rules.on("FW_CS", slots::streamStep);
        rules.on("FW_EVENT", fields -> fwEvent(fields, build));
        rules.on("CS_PROG", fields -> onSlot(fields, build, "program CS"));
        rules.on("AS_CONFIG", fields -> addressSpace(fields, build));
    }

    private SlotTracker slot(int number) {
        return slots.computeIfAbsent(number, id -> new SlotTracker(build, id));
    }

    private Handler bind(Fields fields) {
        FieldReader gid = fields.get("gid");
        FieldReader slot = fields.get("slot");
        FieldReader result = fields.get("result");
        return event -> {
            long id = gid.number(event, -1);
            int number = slot.integer(event, -1);
            build.objects().learnGroup(event, id);
            if (result.number(event, 0) < 0) {
                String label = "bind of " + build.objects().groupName(id) + " failed";
                slot(number).row().instant(event, label, Style.ERROR, Glyph.CROSS);
                return;
            }
            build.objects().bind(number, id);
            slot(number).bound(event);
        };
    }

    private Handler unbind(Fields fields) {
        FieldReader gid = fields.get("gid");
        FieldReader slot = fields.get("slot");
        FieldReader state = fields.get("state");
        return event -> {
            long id = gid.number(event, -1);
            int number = slot.integer(event, -1);
            build.objects().learnGroup(event, id);
            RowBuilder row = slot(number).row();
            if (!row.hasState()) {
                build.unpaired();
            }
            String as = state.text(event);
            String label =
                    "unbind " + build.objects().groupName(id) + (as.isEmpty() ? "" : ": " + as);
            Style style = as.equals("UNKNOWN") ? Style.ERROR : Style.IDENTITY;
            row.instant(event, label, style, Glyph.DIAMOND);
            slot(number).unbound();
            build.objects().unbind(number);
        };
    }

    private Handler groupState(Fields fields) {
        FieldReader gid = fields.get("gid");
        FieldReader state = fields.get("new_state");
        return event -> {
            int number = build.objects().slotOf(gid.number(event, -1));
            if (number >= 0) {
                String name = state.text(event).toLowerCase(Locale.ROOT);
                slot(number).kernelState(event, name, name.equals("active"));
            }
        };
    }

    private Handler word(Fields fields, boolean isAck) {
        FieldReader block = fields.get("block");
        FieldReader word = fields.get("word");
        FieldReader before = fields.get("old_value");
        FieldReader after = fields.get("new_value");
        return event -> {
            Matcher csg = CSG_BLOCK.matcher(block.text(event));
            if (!csg.matches() || !word.text(event).equals(isAck ? "ack" : "req")) {
                return;
            }
            SlotTracker slot = slot(Integer.parseInt(csg.group(1)));
            if (isAck) {
                slot.acknowledged(event, before.number(event, 0), after.number(event, 0));
            } else {
                slot.requested(event, before.number(event, 0), after.number(event, 0));
            }
        };
    }

    private Handler streamStep(Fields fields) {
        FieldReader csg = fields.get("csg");
        FieldReader cs = fields.get("cs");
        FieldReader step = fields.get("step");
        return event -> {
            SlotTracker slot = slots.get(csg.integer(event, -1));
            if (slot != null) {
                slot.streamStep(event, cs.integer(event, 0), step.text(event));
            }
        };
    }

    private static Handler fwEvent(Fields fields, Build build) {
        FieldReader slot = fields.get("slot");
        FieldReader sync = fields.get("sync_update");
        FieldReader idle = fields.get("idle");
        FieldReader timer = fields.get("progress_timer");
        FieldReader csIrq = fields.get("cs_irq");
        return event -> {
            int number = slot.integer(event, -1);
            RowBuilder row = number < 0 ? build.rowOf(event) : build.objects().slot(number);
            StringBuilder label = new StringBuilder("fw event:");
            label.append(sync.flag(event) ? " sync update" : "");
            label.append(idle.flag(event) ? " idle" : "");
            label.append(timer.flag(event) ? " progress timer" : "");
            label.append(csIrq.number(event, 0) != 0 ? " cs irq" : "");
            Style style = timer.flag(event) ? Style.ERROR : Style.ACTIVITY;
            row.instant(event, label.toString(), style, Glyph.DOWN);
        };
    }

    private static Handler onSlot(Fields fields, Build build, String label) {
        FieldReader slot = fields.get("slot");
        return event ->
                build.objects()
                        .slot(slot.integer(event, -1))
                        .instant(event, label, Style.ACTIVITY, Glyph.TICK);
    }

    private static Handler addressSpace(Fields fields, Build build) {
        FieldReader as = fields.get("as");
        FieldReader vm = fields.get("vm_id");
        return event -> {
            RowBuilder row = build.objects().addressSpace(event, as.integer(event, -1));
            if (vm.isPresent(event)) {
                row.state(event, "vm " + vm.number(event, -1), Style.IDENTITY);
            } else {
                row.noState();
            }
        };
    }
}
