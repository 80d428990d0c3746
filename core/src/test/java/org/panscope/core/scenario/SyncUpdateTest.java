package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.trace.event.KernelEvent.SyncUpdate;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.SchedEvent.GroupMasks;
import org.panscope.trace.event.SyncEvent.Evaluator;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWaitEval;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.XgsEvent.XgsRecheck;

import java.util.List;
import java.util.Map;

/// SYNC_UPDATE, and the driver's evaluation of what blocked queues wait for, through the mapped
/// object it keeps for each of them.
class SyncUpdateTest {
    /// A ring waits for S; its group is off its slot when STEPS begin.
    private static final String BLOCKED =
            """
            {"name": "blocked", "processes": [{"name": "p", "threads": [{"name": "main", "steps": [
              {"op": "open", "name": "dev"},
              {"op": "vm_create", "name": "vm"},
              {"op": "bo_create", "name": "memory", "size": 4096},
              {"op": "vm_bind", "vm": "vm", "bo": "memory", "va": "0x200000", "noexec": true, "uncached": true},
              {"op": "mmap_bo", "bo": "memory"},
              {"op": "sync_object", "name": "S", "bo": "memory", "vm": "vm"},
              {"op": "group_create", "name": "group", "vm": "vm", "user_submit": true,
               "queues": [{"ring_size": 4096}]},
              {"op": "map_queue", "group": "group"},
              {"op": "submit", "group": "group", "notify": "active", "code": [
                "MOVE48 d66, #${S}", "MOVE48 d68, #0x0", "SYNC_WAIT64gt.inherit d66, d68",
                "MOVE48 d68, #0x5", "SYNC_ADD64.csg [d66], d68, #0, #0"]},
              STEPS
            ]}]}], "expect": {"outcome": "OUTCOME"}}
            """;

    private static EventLog run(String outcome, String steps) {
        EventLog log = new EventLog();
        ScenarioResult result =
                Runs.text(
                        BLOCKED.replace("STEPS", steps).replace("OUTCOME", outcome), Map.of(), log);
        assertEquals(List.of(), result.failures());
        return log;
    }

    private static List<SyncWaitEval> evaluations(EventLog log) {
        return log.of(SyncWaitEval.class).stream()
                .filter(eval -> eval.evaluator() == Evaluator.EVAL_SYNCWAIT)
                .toList();
    }

    @Test
    void aStoreOfTheCpuReachesARingOnlyThroughSyncUpdate() {
        EventLog log =
                run(
                        "idle",
                        """
                        {"op": "sleep", "for": "80ms"},
                        {"op": "sync_store", "sync": "S", "value": 1},
                        {"op": "wait_sync", "sync": "S", "greater_than": 5, "timeout": "20ms", "expect_timeout": true},
                        {"op": "sync_update"},
                        {"op": "wait_sync", "sync": "S", "greater_than": 5, "timeout": "20ms"}
                        """);
        SyncUpdate update = log.of(SyncUpdate.class).getFirst();
        assertEquals(false, update.pmInUse());
        assertEquals(false, update.doorbellWritten());
        assertEquals(true, update.workQueued());
        assertTrue(evaluations(log).getLast().satisfied());
        assertEquals(
                1,
                log.of(SyncMem.class).stream()
                        .filter(store -> store.writer() == SyncWriter.GPU)
                        .count());
        assertEquals(1, log.of(XgsRecheck.class).stream().filter(r -> r.gid() == null).count());
    }

    /// Patch 5/8: the mapping of the object is kept as long as its wait is not satisfied.
    @Test
    void theObjectOfABlockedQueueStaysMappedWhenItsAddressIsUnbound() {
        EventLog log =
                run(
                        "idle",
                        """
                        {"op": "sleep", "for": "80ms"},
                        {"op": "sync_update"},
                        {"op": "sleep", "for": "1ms"},
                        {"op": "vm_unbind", "vm": "vm", "va": "0x200000", "size": 4096},
                        {"op": "sync_update"}
                        """);
        assertTrue(evaluations(log).size() >= 2);
        assertEquals(
                List.of(),
                log.of(Warn.class).stream().filter(warn -> warn.kind() == WarnKind.WARN).toList());
    }

    @Test
    void anObjectThatCannotBeMappedWarnsTwiceAndCountsAsUnblocked() {
        EventLog log =
                run(
                        "idle",
                        """
                        {"op": "sleep", "for": "5ms"},
                        {"op": "vm_unbind", "vm": "vm", "va": "0x200000", "size": 4096},
                        {"op": "sync_update"},
                        {"op": "sleep", "for": "5ms"}
                        """);
        assertEquals(
                List.of("panthor_syncobj_create", "sync_upd_work"),
                log.of(Warn.class).stream()
                        .filter(warn -> warn.kind() == WarnKind.WARN)
                        .map(Warn::site)
                        .toList());
        List<GroupMasks> masks = log.of(GroupMasks.class);
        assertTrue(masks.stream().anyMatch(mask -> mask.blocked() == 1));
        assertEquals(0, evaluations(log).size());
    }
}
