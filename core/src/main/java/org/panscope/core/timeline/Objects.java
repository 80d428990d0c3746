package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Which row stands for which group, queue and slot, learned from the events as they pass: an event
/// that names a group and stands on a group's row ties the two together.
final class Objects {
    private final Build build;
    private final Map<Long, RowBuilder> groups = new TreeMap<>();
    private final Map<QueueKey, RowBuilder> queues = new LinkedHashMap<>();
    private final Map<Integer, Long> groupOnSlot = new TreeMap<>();

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
