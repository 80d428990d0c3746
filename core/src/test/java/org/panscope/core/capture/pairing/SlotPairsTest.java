package org.panscope.core.capture.pairing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.panscope.core.capture.pairing.PairLog.line;

import org.junit.jupiter.api.Test;

import java.util.List;

class SlotPairsTest {
    private static String bind(long us, String group, int slot) {
        return line(
                us,
                90,
                "group_bind_locked: (group_bind_locked+0x0/0x158 [panthor]) group=0x%s csg_id=%d"
                        .formatted(group, slot));
    }

    private static String unbind(long us, String group) {
        return line(
                us,
                90,
                "group_unbind_locked: (group_unbind_locked+0x0/0xa4 [panthor]) group=0x%s"
                        .formatted(group));
    }

    @Test
    void groupsAreOnTheirSlotsUntilTheyAreUnbound() {
        PairLog log =
                PairLog.of(
                        unbind(0, "ffff0000aaaa0000"),
                        bind(10, "ffff0000aaaa0000", 0),
                        bind(11, "ffff0000bbbb0000", 1),
                        unbind(20, "ffff0000bbbb0000"),
                        bind(30, "ffff0000bbbb0000", 2),
                        bind(40, "ffff0000aaaa0000", 1));
        assertEquals(
                List.of(
                        "group-bound group 0xffff0000aaaa0000 ?-0",
                        "group-bound group 0xffff0000bbbb0000 11-20",
                        "group-bound group 0xffff0000aaaa0000 10-40 ABANDONED"),
                log.of("group-bound"));
        assertEquals("1/2/1/0/1 1", log.count(PairKind.GROUP_BOUND));
    }

    @Test
    void aProbeThatDoesNotTellTheSlotCountsAsUnknown() {
        PairLog log =
                PairLog.of(
                        line(10, 90, "group_bind_locked: (group_bind_locked+0x0/0x158)"),
                        line(11, 90, "tick_work: (tick_work+0x0/0x3c8 [panthor])"));
        assertEquals(List.of(), log.of("group-bound"));
        assertEquals("0/0/0/0/1 0", log.count(PairKind.GROUP_BOUND));
    }
}
