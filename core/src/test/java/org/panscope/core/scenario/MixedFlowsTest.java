package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.DbZap;
import org.panscope.trace.event.KernelEvent.FaultPage;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.SchedEvent.Unbind;

import java.util.Map;

/// Scenario 2: kernel and user submission side by side.
class MixedFlowsTest {
    private static final int BATCHES = 50;

    private static long ioctls(EventLog log, String name) {
        return log.of(IoctlEnter.class).stream().filter(e -> e.name().equals(name)).count();
    }

    @Test
    void groupsOfBothFlowsTakeTurns() {
        EventLog log = Runs.sample("mixed-flows.json");
        assertEquals(5, log.of(Unbind.class).stream().map(Unbind::gid).distinct().count());
        assertTrue(log.of(DbFault.class).stream().anyMatch(e -> e.page() == FaultPage.DUMMY));
        assertTrue(log.of(DbFault.class).stream().anyMatch(e -> e.page() == FaultPage.REAL));
        assertEquals(3 * BATCHES, ioctls(log, "GROUP_SUBMIT"));
        assertTrue(ioctls(log, "GROUP_KICK") < 2 * BATCHES);
    }

    @Test
    void zapsHitTheDoorbellPagesOfOthersUnlessOnlyOnePageIsZapped() {
        EventLog log = Runs.sample("mixed-flows.json");
        assertTrue(log.of(DbZap.class).stream().anyMatch(e -> e.foreignPtes() > 0));
        EventLog fixed = new EventLog();
        ScenarioResult result =
                Runs.sample("mixed-flows.json", Map.of("fix.zap_one_page", "true"), fixed);
        assertTrue(result.failures().isEmpty());
        assertTrue(fixed.of(DbZap.class).stream().allMatch(e -> e.foreignPtes() == 0));
        long faults = log.of(DbFault.class).size();
        assertTrue(fixed.of(DbFault.class).size() < faults, "fewer faults than " + faults);
    }
}
