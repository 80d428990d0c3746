package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.DbZap;
import org.panscope.trace.event.KernelEvent.FaultPage;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.KickBranch;
import org.panscope.trace.event.KernelEvent.ZapCause;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.GroupState;
import org.panscope.trace.event.SchedEvent.GroupStateName;
import org.panscope.trace.event.SchedEvent.Pm;
import org.panscope.trace.event.SchedEvent.PmOwner;
import org.panscope.trace.event.SchedEvent.PmStep;
import org.panscope.trace.event.SchedEvent.Tick;
import org.panscope.trace.event.SchedEvent.TickPhase;
import org.panscope.trace.event.SchedEvent.Unbind;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.Ringer;

import java.util.Map;
import java.util.Objects;

/// Scenario 4 and its variant S1: INSERT is stored while the group is being taken off its slot.
class EvictVersusRingTest {
    private static final long MS = 1_000_000;
    private static final Map<String, String> RECHECK = Map.of("fix.suspend_recheck", "true");

    private static boolean isSecond(InsertWrite insert) {
        return insert.newInsert() == 128 && Long.valueOf(64).equals(insert.oldInsert());
    }

    /// When the second batch of the process `ring` was done, after its INSERT.
    private static long delayNs(EventLog log) {
        EventOrder order = new EventOrder(log);
        long insert = order.then("E9", InsertWrite.class, EvictVersusRingTest::isSecond);
        long done =
                order.then(
                        "S becomes 2",
                        SyncMem.class,
                        e ->
                                e.newValue() == 2
                                        && e.writer() == SyncWriter.GPU
                                        && e.vmId() == vm(log));
        return log.entry(done).header().timeNs() - log.entry(insert).header().timeNs();
    }

    /// VM of the group that stores INSERT twice.
    private static int vm(EventLog log) {
        long gid =
                log.of(InsertWrite.class).stream()
                        .filter(EvictVersusRingTest::isSecond)
                        .findFirst()
                        .orElseThrow()
                        .gid();
        return Objects.requireNonNull(
                log.of(org.panscope.trace.event.KernelEvent.GroupCreateStep.class).stream()
                        .filter(step -> step.gid() == gid)
                        .findFirst()
                        .orElseThrow()
                        .vmId());
    }

    @Test
    void beforeTheKernelLooksNothingIsLost() {
        EventLog log = Runs.sample("evict-vs-ring-a.json");
        EventOrder order = new EventOrder(log);
        order.then("E9", InsertWrite.class, EvictVersusRingTest::isSecond);
        order.then(
                "sampled",
                CsStatus.class,
                e -> e.insert() == 128 && e.extract() == 64 && Boolean.FALSE.equals(e.idle()));
        order.then("off slot", Unbind.class, e -> e.result() == 0);
        order.then(
                "to runnable",
                GroupList.class,
                e -> e.from() == GroupListName.TICK_OLD && e.to() == GroupListName.RUNNABLE);
        order.then("heard by nobody", DbRing.class, e -> e.page() == DoorbellPage.DUMMY);
        assertTrue(delayNs(log) < 12 * MS, "the next full tick");
        assertEquals(1, kicksOf(log, 2));
    }

    @Test
    void betweenTheLookAndTheZapTheRingIsLostUntilAKick() {
        EventLog log = Runs.sample("evict-vs-ring-b.json");
        EventOrder order = new EventOrder(log);
        order.then(
                "sampled",
                CsStatus.class,
                e -> e.insert() == 64 && e.extract() == 64 && Boolean.TRUE.equals(e.idle()));
        order.then("E9", InsertWrite.class, EvictVersusRingTest::isSecond);
        order.then(
                "real page",
                DbRing.class,
                e -> e.page() == DoorbellPage.REAL && e.by() == Ringer.USER_PAGE);
        order.then("off slot", Unbind.class, e -> e.result() == 0);
        order.then(
                "to idle",
                GroupList.class,
                e -> e.from() == GroupListName.TICK_OLD && e.to() == GroupListName.IDLE);
        order.then(
                "the kick",
                Kick.class,
                e -> e.branch() == KickBranch.SCHEDULE && Boolean.TRUE.equals(e.wasIdle()));
        assertTrue(delayNs(log) > 30 * MS);
    }

    @Test
    void afterTheZapTheRingHitsTheDummyPage() {
        EventLog log = Runs.sample("evict-vs-ring-c.json");
        EventOrder order = new EventOrder(log);
        order.then("off slot", Unbind.class, e -> e.result() == 0);
        order.then("E9", InsertWrite.class, EvictVersusRingTest::isSecond);
        order.then("E6", DbFault.class, e -> e.page() == FaultPage.DUMMY && e.doorbellId() == 255);
        order.then("E10", DbRing.class, e -> e.page() == DoorbellPage.DUMMY);
        order.then(
                "the kick",
                Kick.class,
                e -> e.branch() == KickBranch.SCHEDULE && Boolean.TRUE.equals(e.wasIdle()));
        assertTrue(delayNs(log) > 30 * MS);
    }

    /// The golden sequence of scenario 4d.
    @Test
    void insideRuntimeSuspendTheGroupIsStuckOnTheIdleListWithWork() {
        EventLog log = Runs.sample("evict-vs-ring-d.json");
        EventOrder order = new EventOrder(log);
        order.then("E19 idle", FwCs.class, e -> e.step() == CsStep.EMPTY);
        order.then("E17 all idle", Tick.class, e -> e.phase() == TickPhase.BEGIN);
        order.then(
                "E18 put", Pm.class, e -> e.step() == PmStep.PUT && e.owner() == PmOwner.SCHEDULER);
        order.then("E18 suspend", Pm.class, e -> e.step() == PmStep.SUSPEND_BEGIN);
        order.then("E7 zap(all)", DbZap.class, e -> e.cause() == ZapCause.SUSPEND);
        order.then("E9", InsertWrite.class, EvictVersusRingTest::isSecond);
        order.then(
                "E16 insert unlike extract",
                CsStatus.class,
                e -> e.insert() == 128 && e.extract() == 64 && Boolean.FALSE.equals(e.idle()));
        order.then(
                "E13 ACTIVE -> SUSPENDED",
                GroupState.class,
                e -> e.newState() == GroupStateName.SUSPENDED);
        order.then("E14 unbind", Unbind.class, e -> e.result() == 0);
        order.then(
                "E12 none -> idle",
                GroupList.class,
                e -> e.from() == GroupListName.NONE && e.to() == GroupListName.IDLE);
        order.then("E10 dummy", DbRing.class, e -> e.page() == DoorbellPage.DUMMY);
        order.then(
                "E11",
                Kick.class,
                e -> e.branch() == KickBranch.SCHEDULE && Boolean.FALSE.equals(e.wasIdle()));
        assertTrue(delayNs(log) > 50 * MS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "d"})
    void aSecondLookAtInsertBehindTheZapFindsTheWork(String letter) {
        EventLog log = new EventLog();
        Runs.sample("evict-vs-ring-" + letter + ".json", RECHECK, log);
        assertTrue(delayNs(log) < 12 * MS);
    }

    @Test
    void theSecondLookGivesARuntimeSuspendUp() {
        EventLog log = new EventLog();
        Runs.sample("evict-vs-ring-d.json", RECHECK, log);
        EventOrder order = new EventOrder(log);
        order.then("begin", Pm.class, e -> e.step() == PmStep.SUSPEND_BEGIN);
        order.then("off slot", Unbind.class, e -> e.result() == 0);
        order.then("given up", Pm.class, e -> e.step() == PmStep.SUSPEND_ABORTED);
        order.then("picked", Tick.class, e -> e.phase() == TickPhase.PICK);
        order.then("and later for good", Pm.class, e -> e.step() == PmStep.SUSPEND_END);
    }

    @Test
    void aKickDoesNotMoveASuspendedGroupThatWasNotIdle() {
        EventLog log = Runs.sample("starved-kick.json");
        EventOrder order = new EventOrder(log);
        order.then("E9", InsertWrite.class, EvictVersusRingTest::isSecond);
        long idle =
                order.then(
                        "to idle, not idle",
                        GroupList.class,
                        e ->
                                e.to() == GroupListName.IDLE
                                        && e.site().equals("panthor_sched_suspend"));
        long gid = ((GroupList) log.entry(idle).event()).gid();
        for (int i = 0; i < 2; i++) {
            order.then(
                    "kick " + i,
                    Kick.class,
                    e ->
                            Long.valueOf(gid).equals(e.gid())
                                    && e.branch() == KickBranch.SCHEDULE
                                    && Boolean.FALSE.equals(e.wasIdle()));
        }
        assertTrue(
                log.entries().stream()
                        .skip(idle + 1)
                        .noneMatch(e -> e.event() instanceof GroupList move && move.gid() == gid),
                "it stays where it is");
    }

    @Test
    void aSuspendedGroupOnTheListItsMasksSayGetsItsTurn() {
        EventLog log = new EventLog();
        Runs.sample("starved-kick.json", Map.of("fix.suspend_list_by_idle", "true"), log);
        assertTrue(delayNs(log) < 5 * MS);
    }

    private static long kicksOf(EventLog log, long gid) {
        return log.of(Kick.class).stream().filter(e -> Long.valueOf(gid).equals(e.gid())).count();
    }
}
