package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.FirmwareEvent.FwAck;
import org.panscope.trace.event.FirmwareEvent.FwReq;
import org.panscope.trace.event.KernelEvent.DbZap;
import org.panscope.trace.event.KernelEvent.Eventfd;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.SyncUpdate;
import org.panscope.trace.event.KernelEvent.Term;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.KernelEvent.ZapCause;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.GroupState;
import org.panscope.trace.event.SchedEvent.GroupStateName;
import org.panscope.trace.event.SchedEvent.Pm;
import org.panscope.trace.event.SchedEvent.PmOwner;
import org.panscope.trace.event.SchedEvent.PmStep;
import org.panscope.trace.event.SchedEvent.SchedWork;
import org.panscope.trace.event.SchedEvent.Unbind;
import org.panscope.trace.event.SchedEvent.WorkStep;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.Ringer;

import java.util.Map;
import java.util.TreeMap;

/// Races and defects of the scheduler that no sample has to itself: R3, R6, R16, the power
/// reference a kick does not take, and what the switches make of them.
class SchedulerRacesTest {
    private static final String JOB =
            """
            "REQ_RESOURCE.compute", "SET_SB_ENTRY #3, #0",
            "MOVE32 r33, #0x1f", "MOVE32 r34, #0x0", "MOVE32 r35, #0x0", "MOVE32 r36, #0x0",
            "MOVE32 r37, #0x10", "MOVE32 r38, #0x10", "MOVE32 r39, #0x1",
            "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1", "WAIT #8", "REQ_RESOURCE"
            """;

    private static final String FOUR_GROUPS =
            """
            {"name": "four", "parameters": {"fw.csg_slots": 3, "cs.compute_job_ns": "25ms",
             "fw.suspend_waits_for_jobs": 1, "fw.eviction_timeout_ns": "90ms"},
             "time_limit": "100ms", "expect": {"outcome": "time_limit"},
             "processes": [{"name": "p", "threads": [{"name": "main", "steps": [
              {"op": "open", "name": "dev"}, {"op": "vm_create", "name": "vm"},
              GROUPS
              {"op": "sleep", "for": "99ms"}
             ]}]}]}
            """;

    private static String fourGroups() {
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            groups.append(
                    """
                    {"op": "group_create", "name": "gN", "vm": "vm", "user_submit": true,
                     "core_mask": MASK, "queues": [{"ring_size": 4096}]},
                    {"op": "map_queue", "group": "gN"},
                    {"op": "submit", "group": "gN", "notify": "kick", "code": [JOB]},
                    """
                            .replace("gN", "g" + i)
                            .replace("MASK", "" + (new long[] {1, 4, 0x10000, 0x40000})[i])
                            .replace("JOB", JOB));
        }
        return FOUR_GROUPS.replace("GROUPS", groups);
    }

    // ---- R3: an unbind that is refused, and nobody looks

    private static EventLog withAckTimeout(long ns, Map<String, String> more) {
        EventLog log = new EventLog();
        Map<String, String> settings = new TreeMap<>(more);
        settings.put("kernel.ack_timeout_ns", Long.toString(ns));
        Runs.text(fourGroups(), settings, log);
        return log;
    }

    private static boolean isRefused(EventLog log) {
        return log.of(Unbind.class).stream().anyMatch(e -> e.result() == Errno.EINVAL);
    }

    /// How long the firmware took to answer the first suspension of a group that ran a job.
    private static long suspensionNs() {
        EventLog log = withAckTimeout(100_000_000, Map.of());
        EventOrder order = new EventOrder(log);
        long request =
                order.then(
                        "SUSPEND",
                        FwReq.class,
                        e ->
                                e.word().equals("req")
                                        && e.block().matches("CSG\\d+")
                                        && (e.newValue() & 7) == 2);
        String block = ((FwReq) log.entry(request).event()).block();
        long ack =
                order.then(
                        "acknowledged",
                        FwAck.class,
                        e -> e.block().equals(block) && (e.newValue() & 7) == 2);
        return log.entry(ack).header().timeNs() - log.entry(request).header().timeNs();
    }

    /// An acknowledgement between the end of the wait and the look whether it has come after all.
    /// The wait begins after 10 us of polling, so its limit is shorter than the answer takes by
    /// that.
    private static EventLog answeredTooLate(Map<String, String> settings) {
        long exactNs = suspensionNs();
        for (long early = 11_000; early < 16_000; early += 100) {
            EventLog log = withAckTimeout(exactNs - early, settings);
            if (isRefused(log)) {
                return log;
            }
        }
        throw new AssertionError("no time limit lets the answer come between wait and look");
    }

    private static boolean putsGroupOnSlotOnAList(EventLog log) {
        return log.of(GroupList.class).stream()
                .anyMatch(e ->
                        e.csgId() >= 0
                                && (e.to() == GroupListName.IDLE
                                        || e.to() == GroupListName.RUNNABLE));
    }

    @Test
    void aGroupThatRefusedToLeaveItsSlotIsPutOnAList() {
        assertTrue(putsGroupOnSlotOnAList(answeredTooLate(Map.of())));
    }

    @Test
    void unlessTheResultIsLookedAt() {
        Map<String, String> fix = Map.of("fix.unbind_check", "true");
        assertFalse(putsGroupOnSlotOnAList(answeredTooLate(fix)));
    }

    // ---- R6: looked up, then referenced

    private static final String LATE_REFERENCE =
            """
            {"name": "late", "parameters": {"kernel.lookup_ns": "2ms"},
             "processes": [{"name": "p", "threads": [
              {"name": "main", "steps": [
               {"op": "open", "name": "dev"}, {"op": "vm_create", "name": "vm"},
               {"op": "group_create", "name": "g", "vm": "vm", "user_submit": true,
                "queues": [{"ring_size": 4096}]},
               {"op": "signal", "event": "kick"},
               {"op": "sleep", "for": "10us"},
               {"op": "group_destroy", "group": "g"}]},
              {"name": "kicker", "steps": [
               {"op": "await", "event": "kick"},
               {"op": "kick", "handle": 1}]}]}]}
            """;

    private static boolean usesFreedGroup(Map<String, String> settings) {
        EventLog log = new EventLog();
        assertTrue(Runs.text(LATE_REFERENCE, settings, log).failures().isEmpty());
        assertEquals(1, log.of(Kick.class).size());
        return log.of(Warn.class).stream()
                .anyMatch(e ->
                        e.kind() == WarnKind.OOPS
                                && e.site().equals("panthor_sched_kick")
                                && e.text().startsWith("use after free"));
    }

    @Test
    void aKickFindsAGroupAndReferencesItWhenItIsFreed() {
        assertTrue(usesFreedGroup(Map.of()));
        assertFalse(usesFreedGroup(Map.of("fix.locked_lookup", "true")));
        assertFalse(usesFreedGroup(Map.of("driver.profile", "mainline-2026")));
    }

    @Test
    void aReferenceOnAGroupThatHasNoneLeftIsAWarning() {
        EventLog log = new EventLog();
        Runs.text(LATE_REFERENCE, Map.of("kernel.lookup_ns", "26us"), log);
        assertTrue(
                log.of(Warn.class).stream()
                        .anyMatch(e -> e.text().startsWith("refcount_t: addition on 0")));
    }

    // ---- power

    private static final String TWO_BATCHES =
            """
            {"name": "power", "processes": [{"name": "p", "threads": [{"name": "main", "steps": [
              {"op": "open", "name": "dev"}, {"op": "vm_create", "name": "vm"},
              {"op": "bo_create", "name": "memory", "size": 4096},
              {"op": "vm_bind", "vm": "vm", "bo": "memory", "va": "0x100000"},
              {"op": "mmap_bo", "bo": "memory"},
              {"op": "sync_object", "name": "S", "bo": "memory", "vm": "vm"},
              {"op": "group_create", "name": "g", "vm": "vm", "user_submit": true,
               "queues": [{"ring_size": 4096}]},
              {"op": "map_queue", "group": "g"},
              {"op": "submit", "group": "g", "notify": "kick", "code": [
                "MOVE48 d66, #${S}", "MOVE48 d68, #0x1", "SYNC_ADD64.system [d66], d68, #0, #0"]},
              {"op": "wait_sync", "sync": "S", "greater_than": 0},
              {"op": "sleep", "for": "5ms"},
              {"op": "ring_write", "group": "g", "code": [
                "MOVE48 d66, #${S}", "MOVE48 d68, #0x1", "SYNC_ADD64.system [d66], d68, #0, #0"]},
              {"op": "insert_store", "group": "g"},
              {"op": "mark", "text": "second"},
              NOTIFY,
              {"op": "wait_sync", "sync": "S", "greater_than": 1}
            ]}]}]}
            """;

    /// Whether the scheduler took its power reference between the second INSERT and the next tick.
    private static boolean takesPower(String notify, Map<String, String> settings) {
        EventLog log = new EventLog();
        String text = TWO_BATCHES.replace("NOTIFY", notify);
        assertTrue(Runs.text(text, settings, log).failures().isEmpty());
        boolean second = false;
        for (EventLog.Entry entry : log.entries()) {
            second |= entry.event() instanceof org.panscope.trace.event.MarkEvent.Mark;
            if (second && entry.event() instanceof Pm pm && pm.owner() == PmOwner.TICK) {
                return false;
            }
            if (second
                    && entry.event() instanceof Pm pm
                    && pm.owner() == PmOwner.SCHEDULER
                    && pm.step() == PmStep.GET) {
                return true;
            }
        }
        return false;
    }

    @Test
    void neitherTheDoorbellNorAKickTakesAPowerReference() {
        assertFalse(takesPower("{\"op\": \"doorbell\", \"group\": \"g\"}", Map.of()));
        assertFalse(takesPower("{\"op\": \"kick\", \"group\": \"g\"}", Map.of()));
    }

    @Test
    void theDeviceIsInUseOnlyWhileSomebodyHoldsPower() {
        EventLog log = new EventLog();
        String update = "{\"op\": \"sync_update\"},{\"op\": \"kick\", \"group\": \"g\"}";
        assertTrue(
                Runs.text(TWO_BATCHES.replace("NOTIFY", update), Map.of(), log)
                        .failures()
                        .isEmpty());
        SyncUpdate idle = log.of(SyncUpdate.class).getFirst();
        assertEquals(false, idle.pmInUse());
        assertEquals(false, idle.doorbellWritten());
        EventOrder order = new EventOrder(log);
        order.then(
                "not in use, though on a slot",
                Pm.class,
                e -> e.step() == PmStep.GET_IF_IN_USE && e.usage() == 0 && e.groupsOnSlot() == 1);
        order.then("told", SyncUpdate.class, _ -> true);
    }

    /// The page tables are emptied first of all, and once more for each group that loses its slot;
    /// on the way up, after the tick was asked for.
    @Test
    void mappingsAreZappedWhereTheDriverDoesIt() {
        EventLog log = new EventLog();
        String sleep =
                "{\"op\": \"sleep\", \"for\": \"100ms\"},{\"op\": \"kick\", \"group\": \"g\"}";
        Runs.text(TWO_BATCHES.replace("NOTIFY", sleep), Map.of(), log);
        EventOrder order = new EventOrder(log);
        order.then("suspending", Pm.class, e -> e.step() == PmStep.SUSPEND_BEGIN);
        order.then("all", DbZap.class, e -> e.cause() == ZapCause.SUSPEND);
        order.then("suspended", GroupState.class, e -> e.newState() == GroupStateName.SUSPENDED);
        order.then("off slot", Unbind.class, e -> e.result() == 0);
        order.then("its own", DbZap.class, e -> e.cause() == ZapCause.UNBIND);
        order.then("on a list", GroupList.class, e -> e.to() == GroupListName.IDLE);
        order.then("down", Pm.class, e -> e.step() == PmStep.SUSPEND_END);
        order.then("resuming", Pm.class, e -> e.step() == PmStep.RESUME_BEGIN);
        order.then(
                "tick",
                SchedWork.class,
                e -> e.work().equals("tick") && e.step() == WorkStep.QUEUED);
        order.then("all", DbZap.class, e -> e.cause() == ZapCause.RESUME);
        order.then("up", Pm.class, e -> e.step() == PmStep.RESUME_END);
    }

    @Test
    void withTheSwitchAKickDoes() {
        Map<String, String> fix = Map.of("fix.kick_pm_ref", "true");
        assertTrue(takesPower("{\"op\": \"kick\", \"group\": \"g\"}", fix));
        assertFalse(takesPower("{\"op\": \"doorbell\", \"group\": \"g\"}", fix));
    }

    @Test
    void aKickOfAGroupOnSlotRingsItsDoorbellAndNothingElse() {
        EventLog log = new EventLog();
        Runs.text(
                TWO_BATCHES.replace("NOTIFY", "{\"op\": \"kick\", \"group\": \"g\"}"),
                Map.of(),
                log);
        assertTrue(log.of(DbRing.class).stream().anyMatch(e -> e.by() == Ringer.KICK));
    }

    // ---- R16: what a dying group owes

    private static final String DEATH =
            """
            {"name": "death", "time_limit": "200ms", "expect": {"outcome": "OUTCOME"},
             "processes": [{"name": "p", "threads": [{"name": "main", "steps": [
              {"op": "open", "name": "dev"}, {"op": "vm_create", "name": "vm"},
              {"op": "bo_create", "name": "memory", "size": 4096},
              {"op": "vm_bind", "vm": "vm", "bo": "memory", "va": "0x100000"},
              {"op": "mmap_bo", "bo": "memory"},
              {"op": "sync_object", "name": "S", "bo": "memory", "vm": "vm"},
              {"op": "sync_object", "name": "T", "bo": "memory", "vm": "vm", "offset": 64, "format": "u32"},
              {"op": "eventfd", "name": "dead"},
              {"op": "group_create", "name": "g", "vm": "vm", "user_submit": true,
               "state_eventfd": "dead", "queues": [{"ring_size": 4096}]},
              {"op": "map_queue", "group": "g"},
              {"op": "submit", "group": "g", "notify": "kick", "code": [
                "0xff00000000000000",
                "MOVE48 d66, #${S}", "MOVE48 d68, #0x3", "SYNC_ADD64.system [d66], d68, #0, #0",
                "MOVE48 d66, #${T}", "MOVE32 r68, #0x7", "SYNC_SET32.system [d66], r68, #0, #0"]},
              {"op": "group_get_state", "group": "g", "flags": ["fatal_fault"], "timeout": "50ms"},
              WAIT
            ]}]}]}
            """;

    private static String death(String outcome, String wait) {
        return DEATH.replace("OUTCOME", outcome).replace("WAIT", wait);
    }

    @Test
    void aDeadGroupLeavesItsSyncObjectsAndTheEventfdAlone() {
        EventLog log = new EventLog();
        String wait =
                "{\"op\": \"wait_eventfd\", \"eventfd\": \"dead\", \"timeout\": \"20ms\","
                        + " \"expect_timeout\": true}";
        assertTrue(Runs.text(death("idle", wait), Map.of(), log).failures().isEmpty());
        assertEquals(0, log.of(Term.class).getFirst().syncobjsWritten());
        assertTrue(log.of(SyncMem.class).isEmpty());
    }

    @Test
    void withTheSwitchesItMarksWhatItOwesAndTellsOfItsDeath() {
        EventLog log = new EventLog();
        Map<String, String> fixes =
                Map.of("fix.term_writes_sync", "true", "fix.group_state_eventfd", "true");
        String wait =
                "{\"op\": \"wait_sync\", \"sync\": \"S\", \"greater_than\": 2},"
                        + "{\"op\": \"wait_sync\", \"sync\": \"T\", \"greater_than\": 6},"
                        + "{\"op\": \"wait_eventfd\", \"eventfd\": \"dead\"}";
        assertTrue(Runs.text(death("idle", wait), fixes, log).failures().isEmpty());
        assertEquals(2, log.of(Term.class).getFirst().syncobjsWritten());
        for (SyncMem write : log.of(SyncMem.class)) {
            assertEquals(SyncWriter.KERNEL_TERM, write.writer());
        }
        assertEquals(1, log.of(Eventfd.class).getFirst().after());
    }
}
