package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which row stands for which group, queue and slot, learned from the events as they pass: an event
/// that names a group and stands on a group's row ties the two together.
final class Objects {
    private final Build build;
    private final Map<Long, RowBuilder> groups = new TreeMap<>();
    private final Map<QueueKey, RowBuilder> queues = new LinkedHashMap<>();
    private final Map<Integer, Long> groupOnSlot = new TreeMap<>();
    private final Map<Integer, RowBuilder> addressSpaces = new TreeMap<>();

    private record QueueKey(long gid, int queue) {}

    Objects(Build build) {
        this.build = build;
    }

    /// Takes note of the row an event about a group stands on.
    void learnGroup(EventCursor event, long gid) {
        if (!groups.containsKey(gid)) {
            RowBuilder row = groupAbove(build.rowOf(event));
            if (row != null) {
                groups.put(gid, row);
            }
        }
    }

    /// Takes note of the row an event about a queue stands on.
    void learnQueue(EventCursor event, long gid, int queue) {
        learnGroup(event, gid);
        RowBuilder row = build.rowOf(event);
        if (row.kind.equals("queue") && groups.get(gid) != null) {
            queues.putIfAbsent(new QueueKey(gid, queue), row);
        }
    }

    /// The row of a group; a row of its own name when no event ever stood on a better one.
    RowBuilder group(long gid) {
        return groups.computeIfAbsent(
                gid,
                id -> build.child(build.container(Section.QUEUES).id, "group", "group gid " + id));
    }

    RowBuilder queue(long gid, int queue) {
        return queues.computeIfAbsent(
                new QueueKey(gid, queue),
                key -> build.child(group(gid).id, "queue", "queue " + queue));
    }

    void bind(int slot, long gid) {
        groupOnSlot.put(slot, gid);
    }

    void unbind(int slot) {
        groupOnSlot.remove(slot);
    }

    /// The group on a slot, or null when it is empty or nothing is known.
    @Nullable Long groupOn(int slot) {
        return groupOnSlot.get(slot);
    }

    RowBuilder slot(int slot) {
        return build.child(build.container(Section.SLOTS).id, "slot", "slot " + slot);
    }

    /// The row of an MMU address space, by the unit the first event about it stands on.
    RowBuilder addressSpace(EventCursor event, int as) {
        return addressSpaces.computeIfAbsent(
                as,
                number -> {
                    RowBuilder at = build.rowOf(event);
                    int unit = at.kind.equals("mmu") && at.parent >= 0 ? at.parent : at.id;
                    return build.child(unit, "as", "AS " + number);
                });
    }

    /// The row of a command stream, whoever reports on it.
    RowBuilder stream(int csg, int cs) {
        return build.child(groupInterface(csg).id, "cs", "cs " + cs);
    }

    /// The row of a CSG interface.
    RowBuilder groupInterface(int csg) {
        return build.child(build.container(Section.FIRMWARE).id, "csg", "csg " + csg);
    }

    /// Looks through a trace for the rows of its groups and queues, so that events which come
    /// before the first one on such a row find it too. Traces without groups are not read.
    void learnFrom(Trace trace) {
        List<EventTypeInfo> types = trace.types();
        FieldReader[] gids = new FieldReader[types.size()];
        FieldReader[] queues = new FieldReader[types.size()];
        boolean any = false;
        for (int i = 0; i < gids.length; i++) {
            Fields fields = new Fields(types.get(i));
            gids[i] = fields.get("gid");
            queues[i] = fields.get("queue");
            any |= types.get(i).name().equals("GROUP_CREATE_STEP");
        }
        EventCursor event = trace.cursor(0);
        while (any && event.next()) {
            FieldReader gid = gids[event.typeIndex()];
            FieldReader queue = queues[event.typeIndex()];
            if (gid.isPresent(event)) {
                long id = gid.number(event, -1);
                if (queue.isPresent(event)) {
                    learnQueue(event, id, queue.integer(event, -1));
                } else {
                    learnGroup(event, id);
                }
            }
        }
    }

    /// The slot a group is on, or -1.
    int slotOf(long gid) {
        for (Map.Entry<Integer, Long> entry : groupOnSlot.entrySet()) {
            if (entry.getValue() == gid) {
                return entry.getKey();
            }
        }
        return -1;
    }

    /// How bars name the group on a slot; the slot itself when the group is not known.
    String groupNameOn(int slot) {
        Long gid = groupOnSlot.get(slot);
        return gid == null ? "csg " + slot : groupName(gid);
    }

    /// How bars name a group: process and group, as on its row.
    String groupName(long gid) {
        RowBuilder row = group(gid);
        return row.parent < 0 || !build.row(row.parent).kind.equals("process")
                ? row.name
                : build.row(row.parent).name + " " + row.name;
    }

    private @Nullable RowBuilder groupAbove(RowBuilder row) {
        RowBuilder at = row;
        while (!at.kind.equals("group")) {
            if (at.parent < 0) {
                return null;
            }
            at = build.row(at.parent);
        }
        return at;
    }
}
