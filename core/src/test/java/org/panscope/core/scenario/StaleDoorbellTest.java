package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.DbZap;
import org.panscope.trace.event.KernelEvent.FaultPage;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.KickBranch;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.Pm;
import org.panscope.trace.event.SchedEvent.PmStep;
import org.panscope.trace.event.SchedEvent.Unbind;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.Ringer;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Scenario 5, races D1 to D3: the doorbell id a page fault read is no longer true when it inserts
/// the page.
class StaleDoorbellTest {
    private static final Map<String, String> FIXED = Map.of("fix.fault_under_lock", "true");

    private static List<DbRing> userRings(EventLog log) {
        return log.of(DbRing.class).stream().filter(e -> e.by() == Ringer.USER_PAGE).toList();
    }

    private static EventLog fixed(String sample) {
        EventLog log = new EventLog();
        Runs.sample(sample, FIXED, log);
        return log;
    }

    @Test
    void aGroupThatIsBoundMeanwhileIsLeftWithTheDummyPage() {
        EventLog log = Runs.sample("stale-doorbell-dummy.json");
        EventOrder order = new EventOrder(log);
        long bind = order.then("E14", Bind.class, e -> e.result() == 0);
        long fault = order.then("E6", DbFault.class, e -> e.page() == FaultPage.DUMMY);
        DbFault stale = (DbFault) log.entry(fault).event();
        assertTrue(stale.idReadNs() < log.entry(bind).header().timeNs());
        order.then("lost", DbRing.class, e -> e.page() == DoorbellPage.DUMMY);
        order.then("and again", DbRing.class, e -> e.page() == DoorbellPage.DUMMY);
        order.then("E11", Kick.class, e -> e.branch() == KickBranch.DOORBELL);
        order.then(
                "E10", DbRing.class, e -> e.by() == Ringer.KICK && e.page() == DoorbellPage.REAL);
    }

    @Test
    void underTheLockTheDummyPageIsZappedByTheBind() {
        List<DbRing> rings = userRings(fixed("stale-doorbell-dummy.json"));
        assertEquals(DoorbellPage.REAL, rings.getLast().page());
        assertEquals(rings.getLast().intendedGid(), rings.getLast().targetGid());
    }

    @Test
    void aProcessRingsTheSlotOfAnother() {
        EventLog log = Runs.sample("stale-doorbell-real.json");
        EventOrder order = new EventOrder(log);
        long unbind = order.then("E14", Unbind.class, e -> e.result() == 0);
        long fault = order.then("E6", DbFault.class, e -> e.page() == FaultPage.REAL);
        assertTrue(
                ((DbFault) log.entry(fault).event()).idReadNs()
                        < log.entry(unbind).header().timeNs());
        DbRing ring =
                userRings(log).stream()
                        .filter(e -> e.page() == DoorbellPage.REAL)
                        .filter(e -> !Objects.equals(e.intendedGid(), e.targetGid()))
                        .findFirst()
                        .orElseThrow();
        assertNotEquals(null, ring.targetGid());
    }

    @Test
    void underTheLockEveryRingReachesWhomItIsMeantForOrNobody() {
        for (DbRing ring : userRings(fixed("stale-doorbell-real.json"))) {
            assertTrue(
                    ring.targetGid() == null || ring.targetGid().equals(ring.intendedGid()),
                    ring.toString());
        }
    }

    @Test
    void aStoreToARegisterWithoutClockIsAnExternalAbort() {
        EventLog log = Runs.sample("stale-doorbell-suspend.json");
        EventOrder order = new EventOrder(log);
        order.then("E18", Pm.class, e -> e.step() == PmStep.SUSPEND_END);
        order.then("E6", DbFault.class, e -> e.page() == FaultPage.REAL);
        order.then("abort", Warn.class, e -> e.kind() == WarnKind.OOPS);
        order.then("E7", DbZap.class, e -> e.ptes() == 1);
    }

    @Test
    void underTheLockTheSuspendWaitsForTheFaultAndZapsThePage() {
        EventLog log = fixed("stale-doorbell-suspend.json");
        assertTrue(log.of(Warn.class).stream().noneMatch(e -> e.kind() == WarnKind.OOPS));
        EventOrder order = new EventOrder(log);
        order.then("E18", Pm.class, e -> e.step() == PmStep.SUSPEND_BEGIN);
        order.then("E6", DbFault.class, e -> e.page() == FaultPage.REAL);
        order.then("E7", DbZap.class, e -> e.ptes() == 1);
        order.then("E18", Pm.class, e -> e.step() == PmStep.SUSPEND_END);
    }
}
