package org.panscope.core.state;

import org.panscope.trace.schema.Unit;

import java.util.List;

/// The words driver and firmware talk through. The driver's words are its belief, the firmware's
/// words are the firmware's; a bit in which a request and its acknowledge differ is pending.
///
/// kernel: panthor_fw.h; panthor_fw.c, panthor_fw_toggle_reqs
final class FwInterfaces {
    private static final long STATE_MASK = 0x7;
    private static final String[] CSG_STATES = {"TERMINATE", "START", "SUSPEND", "RESUME"};

    private FwInterfaces() {}

    static void word(StateBuilder state, String block, String word, long value, Belief by) {
        ObjectEditor iface = state.edit(new ObjectId("iface", block));
        iface.set(by, word, value, Unit.HEX);
        switch (word) {
            case "req", "ack" -> {
                pending(iface, "req", Belief.KERNEL, "ack", Belief.FIRMWARE, "pending");
                csgState(state, block, value, by);
            }
            case "doorbell_req", "doorbell_ack" ->
                    pending(
                            iface,
                            "doorbell_req",
                            Belief.KERNEL,
                            "doorbell_ack",
                            Belief.FIRMWARE,
                            "doorbell_pending");
            case "cs_irq_req", "cs_irq_ack" ->
                    pending(
                            iface,
                            "cs_irq_req",
                            Belief.FIRMWARE,
                            "cs_irq_ack",
                            Belief.KERNEL,
                            "cs_irq_pending");
            default -> {} // words that ask for nothing
        }
    }

    /// The sections were loaded again: every word anybody told of is 0. What the firmware scanned
    /// last is no word.
    static void reload(StateBuilder state) {
        for (ObjectEditor iface : state.all("iface", "")) {
            for (Belief belief : List.of(Belief.KERNEL, Belief.FIRMWARE, Belief.MEMORY)) {
                for (String word : iface.quantities(belief)) {
                    if (!word.startsWith("scan_")) {
                        iface.set(belief, word, 0L, Unit.HEX);
                    }
                }
            }
        }
        for (ObjectEditor slot : state.all("slot", "")) {
            for (Belief belief : List.of(Belief.KERNEL, Belief.FIRMWARE)) {
                if (slot.get(belief, "csg_state") != null) {
                    slot.note(belief, "csg_state", CSG_STATES[0]);
                }
            }
        }
    }

    private static void pending(
            ObjectEditor iface,
            String request,
            Belief requester,
            String acknowledge,
            Belief answerer,
            String quantity) {
        Long asked = iface.number(requester, request);
        Long answered = iface.number(answerer, acknowledge);
        if (asked != null && answered != null) {
            iface.set(Belief.MEMORY, quantity, asked ^ answered, Unit.HEX);
        }
    }

    /// The STATE field of a CSG's request is what the driver wants of the group on that slot, that
    /// of the acknowledge what the firmware made of it.
    private static void csgState(StateBuilder state, String block, long value, Belief by) {
        int slot = slotOf(block);
        long field = value & STATE_MASK;
        if (slot < 0 || field >= CSG_STATES.length) {
            return;
        }
        state.edit(ObjectId.of("slot", slot)).note(by, "csg_state", CSG_STATES[(int) field]);
        Long gid = Queues.groupOn(state, slot);
        if (gid != null && by == Belief.FIRMWARE) {
            String groupState =
                    switch ((int) field) {
                        case 0 -> "TERMINATED";
                        case 2 -> "SUSPENDED";
                        default -> "ACTIVE";
                    };
            state.known(ObjectId.of("group", gid)).note(Belief.FIRMWARE, "state", groupState);
        }
    }

    /// 3 for `CSG3`, -1 for every other block.
    private static int slotOf(String block) {
        if (!block.startsWith("CSG") || block.length() > 5 || block.length() < 4) {
            return -1;
        }
        int slot = 0;
        for (char digit : block.substring(3).toCharArray()) {
            if (digit < '0' || digit > '9') {
                return -1;
            }
            slot = slot * 10 + (digit - '0');
        }
        return slot;
    }
}
