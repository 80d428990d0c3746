package org.panscope.core.kernel.sched;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.kernel.fwhost.FirmwareHost;
import org.panscope.core.kernel.fwhost.FwBlock;

/// Requests to several groups, sent together and waited for together.
///
/// kernel: panthor_sched.c, struct panthor_csg_slots_upd_ctx
final class CsgUpdates {
    private final Scheduler sched;
    private final int[] values;
    private final int[] masks;
    private int slots;
    private int timedOut;

    CsgUpdates(Scheduler sched) {
        this.sched = sched;
        values = new int[sched.slots().size()];
        masks = new int[sched.slots().size()];
    }

    /// Slots with a request.
    int slots() {
        return slots;
    }

    /// Slots that did not answer in time.
    int timedOut() {
        return timedOut;
    }

    void requestState(int slot, int state) {
        request(slot, state, FwBits.CSG_STATE_MASK);
    }

    /// Requests by toggling.
    void toggle(int slot, int bit) {
        request(slot, ~sched.firmware().csg(slot).ack() & bit, bit);
    }

    private void request(int slot, int value, int mask) {
        values[slot] = (values[slot] & ~mask) | (value & mask);
        masks[slot] |= mask;
        slots |= 1 << slot;
    }

    /// `csgs_upd_ctx_apply_locked`.
    ///
    /// @return whether every slot answered
    boolean apply() {
        if (slots == 0) {
            return true;
        }
        FirmwareHost firmware = sched.firmware();
        for (int slot = 0; slot < masks.length; slot++) {
            if (masks[slot] != 0) {
                firmware.csg(slot).updateReqs(values[slot], masks[slot]);
            }
        }
        firmware.ringCsgDoorbells(slots);
        for (int slot = 0; slot < masks.length; slot++) {
            if (masks[slot] != 0) {
                waitFor(slot);
            }
        }
        return timedOut == 0;
    }

    private void waitFor(int slot) {
        FirmwareHost firmware = sched.firmware();
        int mask = masks[slot];
        int acked = firmware.waitCsgAcks(slot, mask);
        SlotManager manager = sched.slotManager();
        if ((acked & FwBits.CSG_ENDPOINT_CONFIG) != 0) {
            manager.syncPriority(slot);
        }
        if ((acked & FwBits.CSG_STATE_MASK) != 0 && (mask & FwBits.CSG_STATE_MASK) != 0) {
            manager.syncState(slot);
        }
        if ((acked & FwBits.CSG_STATUS_UPDATE) != 0) {
            manager.syncQueuesState(slot);
            manager.syncIdleState(slot);
        }
        if (acked == mask) {
            return;
        }
        // An answer that comes just now counts, but nobody takes the state over that it tells (R3).
        sched.kernel().spend(sched.kernel().timings().registerNs());
        FwBlock csg = firmware.csg(slot);
        if (((csg.req() ^ csg.ack()) & mask) != 0) {
            sched.kernel()
                    .log("csgs_upd_ctx_apply_locked", "CSG " + slot + " update request timedout");
            timedOut |= 1 << slot;
        }
    }
}
