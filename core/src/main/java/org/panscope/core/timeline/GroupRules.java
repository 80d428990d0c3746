package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.schema.Unit;

/// The kernel's view of a group, as the state of the group's row, and what is done to the group.
final class GroupRules {
    private GroupRules() {}

    static void register(Rules rules, Build build) {
        rules.on("GROUP_CREATE_STEP", fields -> created(fields, build));
        rules.on("GROUP_STATE", fields -> state(fields, build));
        rules.on("TERM", fields -> terminated(fields, build));
        rules.on("GROUP_RELEASE", fields -> released(fields, build));
        rules.on("GROUP_DESTROY", fields -> step(fields, build, "destroy", Style.IDLE));
        rules.on("GROUP_LIST", fields -> list(fields, build));
        rules.on("GROUP_MASKS", fields -> step(fields, build, "masks", Style.IDLE));
        rules.on("KICK", fields -> kick(fields, build));
        rules.on("EVENTFD", fields -> eventfd(fields, build));
    }

    private static Handler created(Fields fields, Build build) {
        FieldReader gid = fields.get("gid");
        FieldReader step = fields.get("step");
        return event -> {
            long id = gid.number(event, -1);
            build.objects().learnGroup(event, id);
            if (build.rowOf(event).kind.equals("group")) {
                build.rowOf(event)
                        .instant(
                                event,
                                "create: " + step.text(event),
                                Style.ACTIVITY,
                                Glyph.DIAMOND);
            } else {
                build.rowOf(event)
                        .instant(
                                event,
                                "group gid " + id + ": " + step.text(event),
                                Style.ACTIVITY,
                                Glyph.DIAMOND);
            }
        };
    }

    private static Handler state(Fields fields, Build build) {
        FieldReader gid = fields.get("gid");
        FieldReader newState = fields.get("new_state");
        return event -> {
            long id = gid.number(event, -1);
            build.objects().learnGroup(event, id);
            String name = newState.text(event);
            build.objects().group(id).state(event, name, styleOf(name));
        };
    }

    private static Style styleOf(String state) {
        return switch (state) {
            case "ACTIVE" -> Style.RUNNING;
            case "SUSPENDED" -> Style.QUEUED;
            case "CREATED", "TERMINATED" -> Style.IDLE;
            case "UNKNOWN" -> Style.ERROR;
            default -> Style.UNKNOWN;
        };
    }

    private static Handler terminated(Fields fields, Build build) {
        FieldReader gid = fields.get("gid");
        FieldReader reason = fields.get("reason");
        return event -> {
            long id = gid.number(event, -1);
            build.objects().learnGroup(event, id);
            RowBuilder row = build.objects().group(id);
            String why = reason.text(event);
            if (why.equals("destroyed")) {
                row.instant(event, "terminated: destroyed", Style.IDLE, Glyph.DIAMOND);
            } else {
                row.instant(event, "terminated: " + why, Style.ERROR, Glyph.CROSS);
                row.state(event, "TERMINATED: " + why, Style.ERROR);
            }
        };
    }

    private static Handler released(Fields fields, Build build) {
        FieldReader gid = fields.get("gid");
        return event -> {
            long id = gid.number(event, -1);
            build.objects().learnGroup(event, id);
            RowBuilder row = build.objects().group(id);
            row.noState();
            row.instant(event, "released", Style.IDLE, Glyph.DIAMOND);
        };
    }

    private static Handler step(Fields fields, Build build, String label, Style style) {
        FieldReader gid = fields.get("gid");
        return event -> {
            long id = gid.number(event, -1);
            build.objects().learnGroup(event, id);
            build.objects().group(id).instant(event, label, style, Glyph.TICK);
        };
    }

    private static Handler list(Fields fields, Build build) {
        FieldReader gid = fields.get("gid");
        FieldReader to = fields.get("to");
        return event -> {
            long id = gid.number(event, -1);
            build.objects().learnGroup(event, id);
            build.objects()
                    .group(id)
                    .instant(event, "to list " + to.text(event), Style.IDLE, Glyph.TICK);
        };
    }

    private static Handler kick(Fields fields, Build build) {
        FieldReader gid = fields.get("gid");
        FieldReader branch = fields.get("branch");
        return event -> {
            String way = branch.text(event);
            Style style =
                    way.equals("doorbell") || way.equals("schedule")
                            ? Style.RUNNING
                            : Style.ATTENTION;
            RowBuilder row = build.rowOf(event);
            if (gid.isPresent(event)) {
                long id = gid.number(event, -1);
                build.objects().learnGroup(event, id);
                row = build.objects().group(id);
            }
            row.instant(event, "kick: " + way, style, Glyph.UP);
        };
    }

    /// The counter of an eventfd is a row of its own below the one the event stands on.
    private static Handler eventfd(Fields fields, Build build) {
        FieldReader id = fields.get("eventfd");
        FieldReader after = fields.get("after");
        return event ->
                build.child(build.rowOf(event).id, "eventfd", "eventfd " + id.number(event, -1))
                        .step(event, after.number(event, 0), Unit.COUNT);
    }
}
