package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;

import java.util.List;

/// Why the firmware does nothing for a group that it has on a slot.
final class Firmware {
    /// The firmware answers within microseconds; the driver waits 100 ms.
    static final long SLOW_ANSWER_NS = 1_000_000;

    private static final String PENDING = "pending";

    private final Inquiry inquiry;
    private final Known known;

    Firmware(Inquiry inquiry) {
        this.inquiry = inquiry;
        known = inquiry.known;
    }

    /// What is known of it; empty when nothing is wrong with it.
    List<Link> explain(long slot) {
        String mcu = known.text(Known.DEVICE, Belief.FIRMWARE, "mcu_state");
        if (mcu.equals("fatal") || mcu.equals("halt") || mcu.equals("disabled")) {
            return List.of(
                    Link.cause(
                            Known.DEVICE,
                            "The microcontroller is in state " + mcu + ".",
                            known.event(Known.DEVICE, Belief.FIRMWARE, "mcu_state"),
                            null));
        }
        Link owed = owes(slot, SLOW_ANSWER_NS);
        return owed == null ? List.of() : List.of(owed);
    }

    /// A request that the firmware has not answered, or null when there is none.
    ///
    /// @param longerThanNs how old it is at least
    @Nullable Link owes(long slot, long longerThanNs) {
        for (String block : new String[] {"GLB", "CSG" + slot}) {
            ObjectId iface = new ObjectId("iface", block);
            long asked = known.event(iface, Belief.MEMORY, PENDING);
            if (known.number(iface, Belief.MEMORY, PENDING, 0) == 0
                    || asked < 0
                    || known.nowNs() - inquiry.facts.timeNs(asked) < longerThanNs) {
                continue;
            }
            return new Link(
                    "The firmware has not answered a request of the driver on "
                            + iface
                            + " since "
                            + inquiry.at(asked)
                            + ", "
                            + inquiry.ago(inquiry.facts.timeNs(asked))
                            + " ago.",
                    Verdict.UNKNOWN,
                    iface,
                    asked,
                    "If it stays so, the firmware hangs: the driver's watchdog resets the GPU.",
                    List.of());
        }
        return null;
    }
}
