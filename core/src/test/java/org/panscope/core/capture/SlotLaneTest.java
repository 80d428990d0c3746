package org.panscope.core.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

class SlotLaneTest {
    private static String line(String event) {
        return "     kworker/u8:3-90   [002] .....    17.000000: " + event;
    }

    @Test
    void probesStandOnTheSlotTheyTellOf() {
        CapturedTrace trace =
                CapturedTrace.of(
                        line(
                                "group_bind_locked: (group_bind_locked+0x0/0x158 [panthor])"
                                        + " group=0xffff000012345680 csg_id=3"),
                        line(
                                "csg_slot_prog_locked: (csg_slot_prog_locked+0x0/0x2b0 [panthor])"
                                        + " csg_id=3 priority=15"),
                        line("tick_work: (tick_work+0x0/0x3c8 [panthor])"),
                        line(
                                "group_unbind_locked: (group_unbind_locked+0x0/0xa4 [panthor])"
                                        + " group=0xffff000012345680"),
                        line(
                                "group_unbind_locked: (group_unbind_locked+0x0/0xa4 [panthor])"
                                        + " group=0xffff000012345680"));
        assertEquals(
                List.of(
                        "csg slots/slot 3",
                        "csg slots/slot 3",
                        "kernel/scheduler",
                        "csg slots/slot 3",
                        "kernel/scheduler"),
                trace.events().stream().map(trace::lane).toList());
    }

    @Test
    void probesWithoutArgumentsAreKnownToo() {
        assertTrue(SlotLane.isProbe("group_bind_locked_called"));
        assertTrue(SlotLane.isProbe("tick_work"));
        assertFalse(SlotLane.isProbe("sched_switch"));
    }
}
