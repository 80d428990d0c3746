package org.panscope.core.timeline;

/// Which group sits on which CSG slot, and which VM in which address space.
final class SlotRules {
    private SlotRules() {}

    static void register(Rules rules, Build build) {
        rules.on("BIND", fields -> bind(fields, build));
        rules.on("UNBIND", fields -> unbind(fields, build));
        rules.on("FW_EVENT", fields -> fwEvent(fields, build));
        rules.on("CS_PROG", fields -> onSlot(fields, build, "program CS"));
        rules.on("AS_CONFIG", fields -> addressSpace(fields, build));
    }

    private static Handler bind(Fields fields, Build build) {
        FieldReader gid = fields.get("gid");
        FieldReader slot = fields.get("slot");
        FieldReader result = fields.get("result");
        return event -> {
            long id = gid.number(event, -1);
            int number = slot.integer(event, -1);
            build.objects().learnGroup(event, id);
            RowBuilder row = build.objects().slot(number);
            String name = build.objects().groupName(id);
            if (result.number(event, 0) < 0) {
                row.instant(event, "bind of " + name + " failed", Style.ERROR, Glyph.CROSS);
                return;
            }
            build.objects().bind(number, id);
            row.state(event, name, Style.IDENTITY);
        };
    }

    private static Handler unbind(Fields fields, Build build) {
        FieldReader gid = fields.get("gid");
        FieldReader slot = fields.get("slot");
        return event -> {
            long id = gid.number(event, -1);
            int number = slot.integer(event, -1);
            build.objects().learnGroup(event, id);
            RowBuilder row = build.objects().slot(number);
            if (!row.hasState()) {
                build.unpaired();
                String label = "unbind " + build.objects().groupName(id);
                row.instant(event, label, Style.IDENTITY, Glyph.TICK);
            }
            row.noState();
            build.objects().unbind(number);
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
            RowBuilder at = build.rowOf(event);
            int unit = at.kind.equals("mmu") && at.parent >= 0 ? at.parent : at.id;
            RowBuilder row = build.child(unit, "as", "AS " + as.integer(event, -1));
            if (vm.isPresent(event)) {
                row.state(event, "vm " + vm.number(event, -1), Style.IDENTITY);
            } else {
                row.noState();
            }
        };
    }
}
