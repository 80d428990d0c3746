package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.AllocInSignal;
import org.panscope.trace.event.KernelEvent.FileClose;
import org.panscope.trace.event.KernelEvent.FileOpen;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.SchedEvent.TimerStep;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.XgsEvent.RecheckCause;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsOpKind;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;
import org.panscope.trace.event.XgsEvent.XgsRecheck;
import org.panscope.trace.event.XgsEvent.XgsTimer;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// XGS queues between applications, driver and firmware: the samples as posted and mended. At every
/// event the reduced state has to equal the machine.
class XgsSamplesTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;
    private static final long US = 1000;

    private static EventLog run(String sample, String... fixes) {
        EventLog log = new EventLog();
        Map<String, String> settings = new java.util.TreeMap<>();
        for (String fix : fixes) {
            settings.put(fix, "true");
        }
        assertEquals(List.of(), Runs.sample(sample, settings, log).failures());
        return log;
    }

    private static <T extends TraceEvent> List<Long> timesNs(
            EventLog log, Class<T> type, Predicate<T> condition) {
        return log.entries().stream()
                .filter(entry -> type.isInstance(entry.event()))
                .filter(entry -> condition.test(type.cast(entry.event())))
                .map(entry -> entry.header().timeNs())
                .toList();
    }

    private static List<Long> finishedNs(EventLog log) {
        return timesNs(
                log,
                Fence.class,
                fence -> fence.kind() == FenceKind.FINISHED && fence.step() == FenceStep.SIGNALED);
    }

    private static List<Integer> finishedErrors(EventLog log) {
        return log.of(Fence.class).stream()
                .filter(fence ->
                        fence.kind() == FenceKind.FINISHED && fence.step() == FenceStep.SIGNALED)
                .map(Fence::error)
                .toList();
    }

    private static List<XgsJobStep> stepsOf(EventLog log, long job) {
        return log.of(XgsJob.class).stream()
                .filter(event -> event.job() == job)
                .map(XgsJob::step)
                .toList();
    }

    private static long storesOfXgs(EventLog log) {
        return log.of(SyncMem.class).stream()
                .filter(store -> store.writer() == SyncWriter.XGS)
                .count();
    }

    // ---- scenario 7 -----------------------------------------------------------------------------

    @Test
    void theFencesOfAStuckQueueFailAtFiveTenAndFifteenSeconds() {
        EventLog log = run("xgs-timeout-chain.json");
        long pushedNs =
                timesNs(log, XgsJob.class, job -> job.step() == XgsJobStep.PUSHED).getFirst();
        assertEquals(
                List.of(5000L, 10_000L, 15_000L),
                finishedNs(log).stream().map(at -> (at - pushedNs) / MS).toList());
        assertEquals(
                List.of(Errno.ETIMEDOUT, Errno.ETIMEDOUT, Errno.ETIMEDOUT), finishedErrors(log));
        List<Long> runNs = timesNs(log, XgsJob.class, job -> job.step() == XgsJobStep.RUN);
        List<Long> firedNs = timesNs(log, XgsTimer.class, timer -> timer.step() == TimerStep.FIRE);
        assertEquals(runNs.stream().map(at -> at + 5 * SECOND).toList(), firedNs);
    }

    @Test
    void theSignalsBehindATimeoutAreNeverDoneAndTheRingWaitsForEver() {
        EventLog log = run("xgs-timeout-chain.json");
        assertEquals(0, storesOfXgs(log));
        assertEquals(
                List.of(),
                log.of(XgsOp.class).stream()
                        .filter(op -> op.op() == XgsOpKind.SIGNAL_SET)
                        .toList());
        List<CsStep> stream = log.of(FwCs.class).stream().map(FwCs::step).toList();
        assertTrue(stream.contains(CsStep.BLOCK));
        assertTrue(!stream.contains(CsStep.UNBLOCK), stream.toString());
        assertEquals(
                List.of(
                        XgsJobStep.CREATED,
                        XgsJobStep.ARMED,
                        XgsJobStep.PUSHED,
                        XgsJobStep.DEPS_DONE,
                        XgsJobStep.RUN,
                        XgsJobStep.BUSY,
                        XgsJobStep.IN_FLIGHT_PUT,
                        XgsJobStep.TIMEOUT,
                        XgsJobStep.FREED),
                stepsOf(log, 1));
    }

    @Test
    void anErrorStateHandsTheTimeoutToWhatWaitsBehindIt() {
        EventLog log = run("xgs-timeout-chain.json", "fix.xgs_error_state");
        long pushedNs =
                timesNs(log, XgsJob.class, job -> job.step() == XgsJobStep.PUSHED).getFirst();
        assertEquals(
                List.of(5000L, 5000L, 5000L),
                finishedNs(log).stream().map(at -> (at - pushedNs) / MS).toList());
        assertEquals(
                List.of(Errno.ETIMEDOUT, Errno.ETIMEDOUT, Errno.ETIMEDOUT), finishedErrors(log));
        assertEquals(
                List.of(Errno.ETIMEDOUT, Errno.ETIMEDOUT, Errno.ETIMEDOUT),
                log.of(SyncMem.class).stream()
                        .filter(store -> store.writer() == SyncWriter.XGS)
                        .map(SyncMem::newError)
                        .filter(error -> error != null)
                        .toList());
    }

    @Test
    void theLimitOfAJobIsAParameter() {
        EventLog log = new EventLog();
        Runs.sample("xgs-timeout-chain.json", Map.of("param.xgs_timeout_ms", "40"), log);
        long pushedNs =
                timesNs(log, XgsJob.class, job -> job.step() == XgsJobStep.PUSHED).getFirst();
        assertEquals(
                List.of(40L, 80L, 120L),
                finishedNs(log).stream().map(at -> (at - pushedNs) / MS).toList());
    }

    @Test
    void anEvaluationAllocatesAndLocksReservationsOnTheWayToAFence() {
        EventLog log = run("xgs-timeout-chain.json");
        List<String> first =
                log.of(AllocInSignal.class).stream().limit(5).map(AllocInSignal::kind).toList();
        assertEquals(List.of("kzalloc", "vm_op_lock", "resv_lock", "vmap", "resv_lock"), first);
    }

    @Test
    void aTimeoutThatMeetsARecheckDropsAReferenceNobodyHas() {
        EventLog log = run("xgs-timeout-race.json");
        List<XgsJobStep> steps = stepsOf(log, 1);
        assertEquals(
                List.of(
                        XgsJobStep.ERROR,
                        XgsJobStep.IN_FLIGHT_PUT,
                        XgsJobStep.IN_FLIGHT_PUT,
                        XgsJobStep.FREED,
                        XgsJobStep.REF_UNDERFLOW),
                steps.subList(steps.size() - 5, steps.size()));
        List<FenceStep> done =
                log.of(Fence.class).stream()
                        .filter(fence -> fence.kind() == FenceKind.XGS_DONE)
                        .map(Fence::step)
                        .filter(step -> step == FenceStep.SET_ERROR || step == FenceStep.SIGNALED)
                        .toList();
        assertEquals(List.of(FenceStep.SET_ERROR, FenceStep.SIGNALED, FenceStep.SET_ERROR), done);
        assertEquals(
                List.of("refcount_warn_saturate", "dma_fence_set_error"),
                log.of(Warn.class).stream()
                        .filter(warn -> warn.kind() == WarnKind.WARN)
                        .map(Warn::site)
                        .filter(site -> !site.equals("panthor_syncobj_create"))
                        .sorted((a, b) -> b.compareTo(a))
                        .toList());
    }

    @Test
    void aMendedTimeoutLooksWhetherTheJobIsInFlight() {
        EventLog log = run("xgs-timeout-race.json", "fix.xgs_error_state");
        List<XgsJobStep> steps = stepsOf(log, 1);
        assertEquals(
                List.of(XgsJobStep.ERROR, XgsJobStep.IN_FLIGHT_PUT, XgsJobStep.FREED),
                steps.subList(steps.size() - 3, steps.size()));
        assertEquals(List.of(Errno.EINVAL), finishedErrors(log));
        assertEquals(
                List.of("panthor_syncobj_create"),
                log.of(Warn.class).stream().map(Warn::site).toList());
    }

    // ---- scenario 8 -----------------------------------------------------------------------------

    @Test
    void jobsGoOnAfterTheirQueueIsDestroyedAndOnlyTimeOut() {
        EventLog log = run("xgs-destroy-and-close.json");
        assertEquals(
                List.of(Errno.ECANCELED, Errno.ETIMEDOUT, Errno.ETIMEDOUT), finishedErrors(log));
        long destroyedNs =
                timesNs(
                                log,
                                XgsQueue.class,
                                queue -> queue.xq() == 1 && queue.step() == XgsQueueStep.DESTROY)
                        .getFirst();
        List<Long> runNs = timesNs(log, XgsJob.class, job -> job.step() == XgsJobStep.RUN);
        assertTrue(runNs.get(0) < destroyedNs && runNs.get(1) > destroyedNs);
        assertEquals(
                List.of(5000L, 10_000L),
                finishedNs(log).stream().skip(1).map(at -> (at - destroyedNs) / MS).toList());
    }

    @Test
    void aJobForAnUnknownHandleAnswersZeroAndAnErrorPointerIsPut() {
        EventLog log = run("xgs-destroy-and-close.json");
        assertEquals(
                3,
                log.of(XgsJob.class).stream()
                        .filter(job -> job.step() == XgsJobStep.CREATED)
                        .count());
        assertTrue(
                log.of(Warn.class).stream()
                        .anyMatch(warn ->
                                warn.kind() == WarnKind.OOPS
                                        && warn.site().equals("xgs_queue_release_work")));
    }

    @Test
    void aLateFirmwareEventLeadsToAFileThatIsGone() {
        EventLog log = run("xgs-destroy-and-close.json");
        assertEquals(1, rechecksAfterClose(log));
        assertTrue(
                log.of(Warn.class).stream()
                        .anyMatch(warn ->
                                warn.kind() == WarnKind.OOPS
                                        && warn.site().equals("panthor_xgs_queue_pool_recheck")));
        assertEquals(0, rechecksAfterClose(run("xgs-destroy-and-close.json", "fix.file_ref")));
    }

    private static long rechecksAfterClose(EventLog log) {
        long closedNs = timesNs(log, FileClose.class, close -> close.fileId() == 2).getFirst();
        return timesNs(log, XgsRecheck.class, recheck -> recheck.fileId() == 2).stream()
                .filter(at -> at > closedNs)
                .count();
    }

    /// Work items that start late leave a group on its slot long after its file is gone; by then
    /// the allocator may have given the file's memory to another process.
    private static final String REUSED =
            """
            {"name": "reused", "parameters": {"kernel.work_latency_max_ns": 600000}, "processes": [
              {"name": "closer", "threads": [{"name": "main", "steps": [
                {"op": "open", "name": "dev"},
                {"op": "vm_create", "name": "vm"},
                {"op": "bo_create", "name": "memory", "size": 4096},
                {"op": "vm_bind", "vm": "vm", "bo": "memory", "va": "0x100000", "noexec": true, "uncached": true},
                {"op": "mmap_bo", "bo": "memory"},
                {"op": "sync_object", "name": "S", "bo": "memory", "vm": "vm"},
                {"op": "group_create", "name": "group", "vm": "vm", "user_submit": true,
                 "queues": [{"ring_size": 4096}]},
                {"op": "map_queue", "group": "group"},
                {"op": "submit", "group": "group", "notify": "active", "code": [
                  "MOVE48 d66, #${S}", "MOVE48 d68, #0x1", "MOVE32 r70, #0x400",
                  "SYNC_ADD64.system [d66], d68, #0, #0", "ADD_IMMEDIATE32 r70, r70, #-1",
                  "BRANCH.gt r70, #-3"]},
                {"op": "wait_sync", "sync": "S", "greater_than": 0},
                {"op": "munmap_bo", "bo": "memory"},
                {"op": "munmap_queue", "group": "group"},
                {"op": "close"}]}]},
              {"name": "later", "threads": [{"name": "main", "steps": [
                {"op": "repeat", "count": 120, "steps": [{"op": "sleep", "for": "12us"}, {"op": "open", "name": "dev"}]}
              ]}]}
            ]}
            """;

    @Test
    void theMemoryOfAClosedFileMayBelongToAnotherProcessByThen() {
        boolean isForeign = false;
        for (int seed = 1; seed <= 12 && !isForeign; seed++) {
            EventLog log = new EventLog();
            String seeded =
                    REUSED.replace("\"parameters\"", "\"seed\": " + seed + ", \"parameters\"");
            Runs.text(seeded, Map.of(), log);
            int own =
                    log.of(FileOpen.class).stream()
                            .filter(open -> open.process().equals("closer"))
                            .findFirst()
                            .orElseThrow()
                            .fileId();
            isForeign =
                    log.of(XgsRecheck.class).stream()
                            .anyMatch(recheck -> recheck.gid() != null && recheck.fileId() != own);
        }
        assertTrue(isForeign);
    }

    // ---- R10 ------------------------------------------------------------------------------------

    @Test
    void aQueueLearnsOfTheSignalOfAnotherOnlyWhenItsTimeIsOver() {
        EventLog log = run("xgs-to-xgs.json");
        List<Long> finishedNs = finishedNs(log);
        assertTrue(finishedNs.get(1) - finishedNs.get(0) > 4 * SECOND);
        assertEquals(List.of(0, 0), finishedErrors(log));
    }

    @Test
    void aCascadeWakesTheOtherQueuesOfTheFileAtOnce() {
        EventLog log = run("xgs-to-xgs.json", "fix.xgs_cascade");
        List<Long> finishedNs = finishedNs(log);
        assertTrue(finishedNs.get(1) - finishedNs.get(0) < 50 * US);
        assertTrue(
                log.of(XgsRecheck.class).stream()
                        .anyMatch(recheck -> recheck.cause() == RecheckCause.SIGNAL));
    }

    // ---- R9 -------------------------------------------------------------------------------------

    /// One queue computes, so the group is not idle and no tick comes; the other starts to wait.
    private static final String SIGNAL_UNHEARD =
            """
            {"name": "unheard", "processes": [{"name": "p", "threads": [{"name": "main", "steps": [
              {"op": "open", "name": "dev"},
              {"op": "vm_create", "name": "vm"},
              {"op": "bo_create", "name": "memory", "size": 4096},
              {"op": "vm_bind", "vm": "vm", "bo": "memory", "va": "0x200000", "noexec": true, "uncached": true},
              {"op": "mmap_bo", "bo": "memory"},
              {"op": "sync_object", "name": "S", "bo": "memory", "vm": "vm"},
              {"op": "sync_object", "name": "T", "bo": "memory", "vm": "vm", "offset": 64},
              {"op": "group_create", "name": "group", "vm": "vm", "user_submit": true,
               "queues": [{"ring_size": 4096}, {"ring_size": 4096}]},
              {"op": "map_queue", "group": "group"},
              {"op": "map_queue", "group": "group", "queue": 1},
              {"op": "xgs_queue_create", "name": "xgs", "vm": "vm"},
              {"op": "submit", "group": "group", "queue": 1, "notify": "active", "code": [
                "REQ_RESOURCE.compute", "SET_SB_ENTRY #3, #0",
                "MOVE32 r33, #0x1f", "MOVE32 r34, #0x0", "MOVE32 r35, #0x0", "MOVE32 r36, #0x0",
                "MOVE32 r37, #0x40", "MOVE32 r38, #0x40", "MOVE32 r39, #0x8",
                "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1", "WAIT #8", "REQ_RESOURCE"]},
              {"op": "sleep", "for": "1ms"},
              {"op": "submit", "group": "group", "notify": "ring", "code": [
                "MOVE48 d66, #${S}", "MOVE48 d68, #0x0", "SYNC_WAIT64gt.inherit d66, d68",
                "MOVE48 d66, #${T}", "MOVE48 d68, #0x1", "SYNC_ADD64.csg [d66], d68, #0, #0"]},
              {"op": "sleep", "for": "100us"},
              {"op": "xgs_queue_submit", "xgs_queue": "xgs",
               "ops": [{"do": "signal_set", "sync": "S", "value": 1}]},
              {"op": "wait_sync", "sync": "T", "greater_than": 0, "timeout": "5s"}
            ]}]}]}
            """;

    private static long waitedNs(Map<String, String> settings) {
        EventLog log = new EventLog();
        assertEquals(List.of(), Runs.text(SIGNAL_UNHEARD, settings, log).failures());
        long signalNs =
                timesNs(log, SyncMem.class, store -> store.writer() == SyncWriter.XGS).getFirst();
        long wokenNs =
                timesNs(log, SyncMem.class, store -> store.writer() == SyncWriter.GPU).getFirst();
        return wokenNs - signalNs;
    }

    @Test
    void aSignalDoesNotReachAQueueThatBlockedAfterTheLastStatusUpdate() {
        assertTrue(waitedNs(Map.of()) > 2 * MS, "waited " + waitedNs(Map.of()));
    }

    @Test
    void aSignalThatRingsTheGlobalDoorbellDoes() {
        long waitedNs = waitedNs(Map.of("fix.xgs_signal_rings_glb", "true"));
        assertTrue(waitedNs < 50 * US, "waited " + waitedNs);
    }
}
