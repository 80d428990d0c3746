package org.panscope.core.capture.pairing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.panscope.core.capture.pairing.PairLog.fence;
import static org.panscope.core.capture.pairing.PairLog.line;

import org.junit.jupiter.api.Test;

import java.util.List;

class JobPairsTest {
    private static final String HIDDEN = "(____ptrval____)";

    private static String job(String step, long context, long seqno, String ring) {
        return "drm_sched_job_%s: dev=gpu, fence=%d:%d, ring=%s, job count:0, hw job count:0, client_id:4"
                .formatted(step, context, seqno, ring);
    }

    private static String done(long context, long seqno) {
        return "drm_sched_job_done: fence=%d:%d signaled".formatted(context, seqno);
    }

    private static String old(String event, String pointer, int id, String ring) {
        return "%s: entity=0xa, id=%d, fence=%s, ring=%s, job count:0, hw job count:0"
                .formatted(event, id, pointer, ring);
    }

    @Test
    void aJobIsQueuedRunAndDoneWhateverTheBitsAbove32() {
        PairLog log =
                PairLog.of(
                        line(0, 1, job("queue", 4_294_967_330L, 1, "r")),
                        line(5, 9, job("run", 4_294_967_330L, 1, "r")),
                        line(9, 0, done(4_294_967_330L, 1)));
        assertEquals(List.of("job-queued 4294967330:1 0-5", "job-run 4294967330:1 5-9"), log.lines);
    }

    @Test
    void theHardwareFenceIsFoundOnEitherSideOfTheRunEvent() {
        for (boolean isBefore : new boolean[] {true, false}) {
            String run = job("run", 24, 1, "r");
            String made = fence("init", "panthor", "queue-fence", 3, 1);
            PairLog log =
                    PairLog.of(
                            line(0, 1, job("queue", 24, 1, "r")),
                            line(5, 9, isBefore ? made : run),
                            line(5, 9, isBefore ? run : made),
                            line(8, 0, 0, 'h', fence("signaled", "panthor", "queue-fence", 3, 1)),
                            line(9, 0, 0, 'h', done(24, 1)));
            assertEquals(List.of("busy 24:1 5-8"), log.of("busy"));
        }
    }

    @Test
    void aFenceMadeInAnotherWorkItemOrForAnotherRingIsNotTheJobs() {
        PairLog otherItem =
                PairLog.of(
                        line(0, 9, fence("init", "panthor", "queue-fence", 3, 1)),
                        line(1, 9, "workqueue_execute_end: work struct 0x10: function a"),
                        line(2, 9, job("run", 24, 1, "r")),
                        line(3, 0, fence("signaled", "panthor", "queue-fence", 3, 1)));
        assertEquals(List.of(), otherItem.of("busy"));

        PairLog otherRing =
                PairLog.of(
                        line(0, 9, job("run", 24, 1, "a")),
                        line(1, 9, fence("init", "panthor", "queue-fence", 3, 1)),
                        line(2, 9, fence("init", "panthor", "queue-fence", 3, 2)),
                        line(3, 9, job("run", 26, 1, "b")),
                        line(4, 0, fence("signaled", "panthor", "queue-fence", 3, 2)));
        assertEquals(List.of(), otherRing.of("busy"));
    }

    @Test
    void aFenceThatSignalsBeforeTheRunEventMakesASpanOfNoLength() {
        PairLog log =
                PairLog.of(
                        line(0, 1, job("queue", 24, 1, "r")),
                        line(5, 9, fence("init", "panthor", "queue-fence", 3, 1)),
                        line(6, 0, 1, 'h', fence("signaled", "panthor", "queue-fence", 3, 1)),
                        line(7, 9, job("run", 24, 1, "r")),
                        line(8, 9, done(24, 1)));
        assertEquals(List.of("busy 24:1 7-7"), log.of("busy"));
    }

    @Test
    void theGpuIsBusyWithAJobFromTheEndOfTheOneBefore() {
        PairLog log =
                PairLog.of(
                        line(0, 9, job("run", 24, 1, "r")),
                        line(0, 9, fence("init", "panthor", "queue-fence", 3, 1)),
                        line(1, 9, job("run", 24, 2, "r")),
                        line(1, 9, fence("init", "panthor", "queue-fence", 3, 2)),
                        line(5, 0, 0, 'h', fence("signaled", "panthor", "queue-fence", 3, 1)),
                        line(5, 0, 0, 'h', done(24, 1)),
                        line(9, 0, 0, 'h', fence("signaled", "panthor", "queue-fence", 3, 2)),
                        line(9, 0, 0, 'h', done(24, 2)));
        assertEquals(List.of("busy 24:1 0-5", "busy 24:2 5-9"), log.of("busy"));
    }

    @Test
    void oldKernelsKeyAJobByTheAddressOfItsFenceWhileItLives() {
        PairLog log =
                PairLog.of(
                        line(0, 1, old("drm_sched_job", "0xb", 1, "r")),
                        line(1, 9, old("drm_run_job", "0xb", 1, "r")),
                        line(2, 0, "drm_sched_process_job: fence=0xb signaled"),
                        line(3, 1, old("drm_sched_job", "0xb", 2, "r")),
                        line(4, 9, old("drm_run_job", "0xb", 2, "r")),
                        line(5, 0, "drm_sched_process_job: fence=0xb signaled"));
        assertEquals(
                List.of("job-queued 1 0-1", "job-run 1 1-2", "job-queued 2 3-4", "job-run 2 4-5"),
                log.lines);
    }

    @Test
    void ringsOfOneNameEachCountTheirOwnJobs() {
        PairLog log =
                PairLog.of(
                        line(0, 1, old("drm_sched_job", "0xb", 1, "panthor-queue")),
                        line(1, 1, old("drm_sched_job", "0xc", 1, "panthor-queue")),
                        line(2, 9, old("drm_run_job", "0xb", 1, "panthor-queue")),
                        line(3, 9, old("drm_run_job", "0xc", 1, "panthor-queue")),
                        line(4, 0, "drm_sched_process_job: fence=0xb signaled"),
                        line(5, 0, "drm_sched_process_job: fence=0xc signaled"));
        assertEquals(List.of("job-run 1 2-4", "job-run 1 3-5"), log.of("job-run"));
        assertEquals(0, log.report.unpaired());
    }

    @Test
    void hiddenAddressesLeaveRingAndIdAndTheFinishedFenceBesideTheCompletion() {
        PairLog log =
                PairLog.of(
                        line(0, 1, fence("init", "drm_sched", "r", 23, 1)),
                        line(0, 1, fence("init", "drm_sched", "r", 24, 1)),
                        line(1, 1, old("drm_sched_job", HIDDEN, 1, "r")),
                        line(1, 1, fence("init", "drm_sched", "s", 25, 1)),
                        line(1, 1, fence("init", "drm_sched", "s", 26, 1)),
                        line(2, 1, old("drm_sched_job", HIDDEN, 1, "s")),
                        line(3, 8, old("drm_run_job", HIDDEN, 1, "r")),
                        line(4, 9, old("drm_run_job", HIDDEN, 1, "s")),
                        line(5, 0, 1, 'h', "drm_sched_process_job: fence=" + HIDDEN + " signaled"),
                        line(6, 0, 0, 'h', "drm_sched_process_job: fence=" + HIDDEN + " signaled"),
                        line(7, 0, 1, 'h', fence("signaled", "drm_sched", "s", 26, 1)),
                        line(8, 0, 0, 'h', fence("signaled", "drm_sched", "r", 24, 1)));
        assertEquals(List.of("job-queued 1 1-3", "job-queued 1 2-4"), log.of("job-queued"));
        assertEquals(List.of("job-run 1 4-7", "job-run 1 3-8"), log.of("job-run"));
        assertEquals("2/0/0/0/0 null", log.count(PairKind.JOB_RUN));
    }

    @Test
    void hiddenAddressesLeaveTheHardwareFenceBesideTheCompletionToo() {
        PairLog log =
                PairLog.of(
                        line(3, 8, old("drm_run_job", HIDDEN, 1, "r")),
                        line(3, 8, fence("init", "panthor", "queue-fence", 3, 1)),
                        line(6, 0, 0, 'h', fence("signaled", "panthor", "queue-fence", 3, 1)),
                        line(7, 0, 0, 'h', "drm_sched_process_job: fence=" + HIDDEN + " signaled"),
                        line(8, 0, 1, 'h', "drm_sched_process_job: fence=" + HIDDEN + " signaled"));
        assertEquals(List.of("job-run 1 0-4"), log.of("job-run"));
        assertEquals("1/0/0/0/1 4", log.count(PairKind.JOB_RUN));
    }

    @Test
    void amdgpuNamesAJobByItsFinishedFenceAndThatEndsIt() {
        String job = ": sched_job=9, timeline=gfx, context=7, seqno=3, ring_name=gfx, num_ibs=2";
        PairLog log =
                PairLog.of(
                        line(0, 1, "amdgpu_cs_ioctl" + job),
                        line(2, 9, "amdgpu_sched_run_job" + job),
                        line(5, 0, fence("signaled", "amd_sched", "gfx", 7, 3)));
        assertEquals(List.of("job-queued 7:3 0-2"), log.of("job-queued"));
        assertEquals(List.of("job-run 7:3 2-5"), log.of("job-run"));
    }

    @Test
    void amdgpuSaysNothingNewBesideTheSchedulersOwnEvents() {
        String job = ": sched_job=9, timeline=gfx, context=7, seqno=3, ring_name=gfx, num_ibs=2";
        PairLog log =
                PairLog.of(
                        line(0, 1, "amdgpu_cs_ioctl" + job),
                        line(1, 1, job("queue", 7, 3, "gfx")),
                        line(2, 9, "amdgpu_sched_run_job" + job),
                        line(3, 9, job("run", 7, 3, "gfx")),
                        line(5, 0, done(7, 3)));
        assertEquals(List.of("job-queued 7:3 1-3", "job-run 7:3 3-5"), log.lines);
    }

    @Test
    void aJobWhoseEndWasNotSeenIsOverWhenALaterOneOfItsContextIs() {
        PairLog log =
                PairLog.of(
                        line(0, 1, job("queue", 24, 1, "r")),
                        line(1, 9, job("run", 24, 1, "r")),
                        line(2, 1, job("queue", 24, 2, "r")),
                        line(3, 9, job("run", 24, 2, "r")),
                        line(4, 9, job("run", 26, 1, "s")),
                        line(5, 0, done(24, 2)));
        assertEquals(List.of("job-run 24:1 1-5 ABANDONED", "job-run 24:2 3-5"), log.of("job-run"));
        // The loss of one end is only certain once a whole job was seen.
        assertEquals("1/1/0/0/1 4", log.count(PairKind.JOB_RUN));
    }

    @Test
    void aJobThatIsDoneWithoutBeingRunEndsAsQueued() {
        PairLog log =
                PairLog.of(
                        line(0, 1, job("queue", 24, 1, "r")),
                        line(5, 0, done(24, 1)),
                        line(6, 0, done(24, 1)));
        assertEquals(
                List.of("job-run 24:1 ?-5", "job-queued 24:1 0-5 ABANDONED", "job-run 24:1 ?-6"),
                log.lines);
    }

    @Test
    void aLateSignalFromATaskWithoutAnInterruptNearIsATimeouts() {
        long late = 5_000_001;
        String[] run = {
            line(0, 9, job("run", 24, 1, "r")),
            line(0, 9, fence("init", "panthor", "queue-fence", 3, 1))
        };
        String signal = fence("signaled", "panthor", "queue-fence", 3, 1);
        String irq = "gpu_job_irq: fb000000.gpu: events=0x1 duration_ns=5";
        assertEquals(
                List.of("job-run 24:1 0-5000003 TIMED_OUT"),
                PairLog.of(run[0], run[1], line(late, 8, signal), line(late + 2, 8, done(24, 1)))
                        .of("job-run"));
        assertEquals(
                List.of("job-run 24:1 0-5000003"),
                PairLog.of(
                                run[0],
                                run[1],
                                line(late - 5, 8, irq),
                                line(late, 8, signal),
                                line(late + 2, 8, done(24, 1)))
                        .of("job-run"));
        assertEquals(
                List.of("job-run 24:1 0-5000003"),
                PairLog.of(
                                run[0],
                                run[1],
                                line(late, 8, 0, 'h', signal),
                                line(late + 2, 8, 0, 'h', done(24, 1)))
                        .of("job-run"));
        assertEquals(
                List.of("job-run 24:1 0-5000003"),
                PairLog.of(
                                run[0],
                                run[1],
                                "CPU:0 [LOST EVENTS]",
                                line(late, 8, signal),
                                line(late + 2, 8, done(24, 1)))
                        .of("job-run"));
    }

    @Test
    void aSignalFromTheWorkItemOfATimeoutIsATimeouts() {
        PairLog log =
                PairLog.of(
                        line(0, 9, job("run", 24, 1, "r")),
                        line(0, 9, fence("init", "panthor", "queue-fence", 3, 1)),
                        line(
                                5,
                                8,
                                "workqueue_execute_start: work struct 0x10: function"
                                        + " drm_sched_job_timedout [gpu_sched]"),
                        line(6, 8, fence("signaled", "panthor", "queue-fence", 3, 1)),
                        line(7, 8, done(24, 1)));
        assertEquals(List.of("job-run 24:1 0-7 TIMED_OUT"), log.of("job-run"));
    }
}
