package org.panscope.core.capture;

import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldRow;

import java.util.Set;

/// Probes on the functions of panthor's scheduler (`capture-script --kprobes`): `csg slots` > `slot
/// N` where the arguments tell the slot, or told it when the group was bound; `kernel` >
/// `scheduler` otherwise.
final class SlotLane implements Lane {
    private static final Set<String> PROBES =
            Set.of(
                    "group_bind_locked",
                    "group_unbind_locked",
                    "csg_slot_prog_locked",
                    "csgs_upd_ctx_apply_locked",
                    "sched_process_csg_irq_locked",
                    "tick_work",
                    "tick_ctx_apply",
                    "queue_run_job",
                    "panthor_sched_kick");

    /// What the name of a probe ends with that could not record the arguments.
    private static final String CALLED = "_called";

    /// `panthor_fw.h: MAX_CSGS`
    private static final int MOST_SLOTS = 31;

    private final NumberMap slotOfGroup = new NumberMap();
    private int defined;

    /// Whether an event is one of these probes.
    static boolean isProbe(String name) {
        return PROBES.contains(
                name.endsWith(CALLED) ? name.substring(0, name.length() - CALLED.length()) : name);
    }

    @Override
    public TypeLane of(EventTypeInfo type) {
        NumberField group = NumberField.of(type, "group");
        NumberField slot = NumberField.of(type, "csg_id");
        return (tracks, row, header) -> track(tracks, slot(group, slot, row));
    }

    private long slot(NumberField group, NumberField slot, FieldRow row) {
        if (!slot.isIn(row)) {
            return group.isIn(row) ? slotOfGroup.remove(group.of(row)) : NumberMap.ABSENT;
        }
        long on = slot.of(row) & 0xffff_ffffL;
        if (group.isIn(row) && slotOfGroup.size() < TrackTable.MAX_TRACKS) {
            slotOfGroup.put(group.of(row), on);
        }
        return on;
    }

    private int track(TrackTable tracks, long slot) {
        if (slot == NumberMap.ABSENT) {
            return tracks.child(tracks.root("kernel", "kernel"), "scheduler", "scheduler");
        }
        int parent = tracks.root("slots", "csg slots");
        // Those with smaller numbers are there as well, and come first.
        for (; slot < MOST_SLOTS && defined <= slot; defined++) {
            tracks.child(parent, "slot", "slot " + defined);
        }
        return tracks.child(parent, "slot", "slot " + slot);
    }
}
