package org.panscope.core.explain;

import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;

/// Why the firmware does nothing for a group that it has on a slot.
final class Firmware {
    private static final String PENDING = "pending";

    private final Inquiry inquiry;
    private final Known known;

    Firmware(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
    }

    Link explain(ObjectId group, long slot) {
        String mcu = known.text(Known.DEVICE, Belief.FIRMWARE, "mcu_state");
        long mcuEvent = known.event(Known.DEVICE, Belief.FIRMWARE, "mcu_state");
        if (mcu.equals("fatal") || mcu.equals("halt") || mcu.equals("disabled")) {
            return Link.cause(
                    Known.DEVICE, "The microcontroller is in state " + mcu + ".", mcuEvent, null);
        }
        for (String block : new String[] {"GLB", "CSG" + slot}) {
            ObjectId iface = new ObjectId("iface", block);
            if (known.number(iface, Belief.MEMORY, PENDING, 0) != 0) {
                long asked = known.event(iface, Belief.MEMORY, PENDING);
                String since =
                        asked < 0
                                ? ""
                                : " since "
                                        + inquiry.at(asked)
                                        + ", "
                                        + inquiry.ago(inquiry.facts.timeNs(asked))
                                        + " ago";
                return new Link(
                        "The firmware owes the driver an answer on " + iface + since + ".",
                        Verdict.UNKNOWN,
                        iface,
                        asked,
                        "If it stays so, the firmware hangs: the driver's watchdog resets the GPU.",
                        java.util.List.of());
            }
        }
        return Link.unknown(
                group,
                "The trace does not show what the firmware does on slot " + slot + ".",
                Link.NO_EVENT);
    }
}
