package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmScheduler;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.SchedEvent.JobStep;

import java.util.List;

/// The steps of drm_sched, as the table of its states has them.
class DrmSchedStatesTest {
    private final DrmBench bench = new DrmBench();
    private final DrmScheduler sched = bench.scheduler(2);

    @Test
    void fencesOfTheEntityItselfAreNotWaitedFor() {
        DrmBench.Job[] jobs = new DrmBench.Job[2];
        bench.does(() -> {
            jobs[0] = bench.push(sched);
            jobs[1] = bench.push(sched, jobs[0].finished());
        });
        assertEquals(2, bench.hardware.size());
        assertFalse(jobs[1].steps.contains(JobStep.DEP_WAIT));
    }

    @Test
    void aJobOfAnotherSchedulerIsWaitedForUntilItIsDone() {
        DrmScheduler other = bench.scheduler(2);
        DrmBench.Job[] jobs = new DrmBench.Job[2];
        bench.does(() -> {
            jobs[0] = bench.push(other);
            jobs[1] = bench.push(sched, jobs[0].finished());
        });
        assertEquals(1, bench.hardware.size());
        assertEquals(jobs[0].finished().objectId(), jobs[1].waitedFor);
        bench.does(() -> bench.hardware.getFirst().signal());
        assertEquals(2, bench.hardware.size());
    }

    @Test
    void ofOneContextOnlyTheLatestDependencyIsKept() {
        bench.does(() -> {
            DmaFence early = bench.fence(7, 1);
            DmaFence late = bench.fence(7, 2);
            DmaFence other = bench.fence(8, 1);
            DrmBench.Job job = bench.push(sched, early, other, late);
            assertEquals(List.of(late, other), job.dependencies());
            late.signal();
            other.signal();
        });
        assertEquals(1, bench.hardware.size());
    }

    @Test
    void dependenciesAreWaitedForInOrder() {
        DmaFence[] fences = new DmaFence[2];
        DrmBench.Job[] job = new DrmBench.Job[1];
        bench.does(() -> {
            fences[0] = bench.fence();
            fences[1] = bench.fence();
            job[0] = bench.push(sched, fences);
        });
        assertEquals(fences[0].objectId(), job[0].waitedFor);
        bench.does(() -> fences[0].signal());
        assertEquals(fences[1].objectId(), job[0].waitedFor);
        bench.does(() -> fences[1].signal());
        assertEquals(1, bench.hardware.size());
    }

    @Test
    void runJobWithoutAFenceIsDoneAtOnce() {
        bench.nextRunReturns(DrmScheduler.RunResult.of(null));
        DrmBench.Job[] job = new DrmBench.Job[1];
        bench.does(() -> job[0] = bench.push(sched));
        assertTrue(job[0].finished().isSignaled());
        assertEquals(0, job[0].finished().error());
        assertEquals(0, sched.creditCount());
        assertEquals(List.of(job[0].id()), bench.freed);
    }

    @Test
    void anErrorOfRunJobIsThatOfTheFinishedFence() {
        bench.nextRunReturns(DrmScheduler.RunResult.failed(Errno.ENODEV));
        DrmBench.Job[] job = new DrmBench.Job[1];
        bench.does(() -> job[0] = bench.push(sched));
        assertTrue(job[0].scheduled().isSignaled());
        assertEquals(0, job[0].scheduled().error());
        assertEquals(Errno.ENODEV, job[0].finished().error());
    }

    @Test
    void aParentThatHasSignalledEndsTheJobWithItsError() {
        DrmBench.Job[] job = new DrmBench.Job[1];
        bench.does(() -> {
            DmaFence done = bench.fence();
            done.setError(Errno.EINVAL);
            done.signal();
            bench.nextRunReturns(DrmScheduler.RunResult.of(done));
            job[0] = bench.push(sched);
        });
        assertEquals(Errno.EINVAL, job[0].finished().error());
    }

    @Test
    void aJobIsFreedOnlyWhenThoseBeforeItAre() {
        DrmBench.Job[] jobs = new DrmBench.Job[2];
        bench.does(() -> {
            jobs[0] = bench.push(sched);
            jobs[1] = bench.push(sched);
        });
        bench.does(() -> bench.hardware.getLast().signal());
        assertTrue(jobs[1].finished().isSignaled());
        assertEquals(1, sched.creditCount());
        assertEquals(List.of(), bench.freed);
        bench.does(() -> bench.hardware.getFirst().signal());
        assertEquals(List.of(jobs[0].id(), jobs[1].id()), bench.freed);
    }

    @Test
    void stoppingTakesTheCreditsBackAndLeavesTheParents() {
        DrmBench.Job[] jobs = new DrmBench.Job[3];
        bench.does(() -> {
            for (int i = 0; i < jobs.length; i++) {
                jobs[i] = bench.push(sched);
            }
        });
        bench.runs(() -> sched.stop(null));
        bench.passes(DrmBench.MS);
        assertEquals(0, sched.creditCount());
        assertEquals(2, sched.pending().size());
        bench.does(() -> bench.hardware.getFirst().signal());
        assertFalse(jobs[0].finished().isSignaled());
        bench.runs(() -> sched.start(0));
        bench.passes(DrmBench.MS);
        assertTrue(jobs[0].finished().isSignaled());
        assertEquals(0, jobs[0].finished().error());
        assertEquals(3, bench.hardware.size());
        assertEquals(2, sched.creditCount());
    }

    @Test
    void whatIsDoneWhenTheSchedulerStopsIsFreedAndNotDoneAgain() {
        DrmBench.Job[] jobs = new DrmBench.Job[2];
        bench.does(() -> {
            jobs[0] = bench.push(sched);
            jobs[1] = bench.push(sched);
        });
        bench.runs(() -> {
            bench.hardware.getLast().signal();
            sched.stop(null);
        });
        bench.passes(DrmBench.MS);
        assertEquals(List.of(jobs[1].id()), bench.freed);
        assertEquals(1, sched.pending().size());
        assertEquals(0, sched.creditCount());
    }

    @Test
    void theTimeoutHandlerHasTheJobForItself() {
        DrmBench.Job[] job = new DrmBench.Job[1];
        bench.does(() -> job[0] = bench.push(sched));
        bench.passes(5000 * DrmBench.MS);
        assertEquals(List.of(job[0].id()), bench.timedOut);
        assertEquals(1, sched.pending().size());
        assertTrue(sched.timer().isRunning());
        bench.does(() -> bench.hardware.getFirst().signal());
        assertEquals(List.of(job[0].id()), bench.freed);
    }

    @Test
    void aFaultRunsTheTimeoutHandlerAtOnce() {
        DrmBench.Job[] job = new DrmBench.Job[1];
        bench.does(() -> job[0] = bench.push(sched));
        bench.does(sched::fault);
        assertEquals(List.of(job[0].id()), bench.timedOut);
    }

    @Test
    void killedJobsWaitForTheirDependenciesAndForTheOneBefore() {
        DmaFence[] dependency = new DmaFence[1];
        DrmBench.Job[] jobs = new DrmBench.Job[3];
        DrmScheduler one = bench.scheduler(1);
        bench.does(() -> {
            dependency[0] = bench.fence();
            jobs[0] = bench.push(one);
            jobs[1] = bench.push(one, dependency[0]);
            jobs[2] = bench.push(one);
        });
        bench.runs(() -> one.entity().kill());
        bench.passes(DrmBench.MS);
        assertFalse(jobs[1].finished().isSignaled());
        bench.does(() -> bench.hardware.getFirst().signal());
        assertFalse(jobs[1].finished().isSignaled());
        assertFalse(jobs[2].finished().isSignaled());
        bench.does(() -> dependency[0].signal());
        assertEquals(0, jobs[0].finished().error());
        assertEquals(Errno.ESRCH, jobs[1].finished().error());
        assertEquals(Errno.ESRCH, jobs[2].finished().error());
        assertTrue(jobs[2].scheduled().isSignaled());
        assertEquals(1, bench.hardware.size());
        assertEquals(List.of(jobs[0].id(), jobs[1].id(), jobs[2].id()), bench.freed);
    }

    @Test
    void destroyingAnEntityGivesItsJobsASecond() {
        DmaFence[] dependency = new DmaFence[1];
        DrmBench.Job[] job = new DrmBench.Job[1];
        long[] endNs = new long[1];
        bench.does(() -> {
            dependency[0] = bench.fence();
            job[0] = bench.push(sched, dependency[0]);
        });
        long beginNs = bench.sim.nowNs();
        bench.runs(() -> {
            sched.entity().destroy();
            endNs[0] = bench.sim.nowNs();
        });
        bench.passes(2000 * DrmBench.MS);
        assertEquals(1000 * DrmBench.MS, endNs[0] - beginNs);
        assertFalse(job[0].finished().isSignaled());
        bench.does(() -> dependency[0].signal());
        assertEquals(Errno.ESRCH, job[0].finished().error());
        assertTrue(bench.hardware.isEmpty());
    }

    @Test
    void destroyingAnEntityEndsAsSoonAsItsQueueIsEmpty() {
        DmaFence[] dependency = new DmaFence[1];
        long[] endNs = new long[1];
        DrmBench.Job[] job = new DrmBench.Job[1];
        bench.does(() -> {
            dependency[0] = bench.fence();
            job[0] = bench.push(sched, dependency[0]);
        });
        bench.runs(() -> {
            sched.entity().destroy();
            endNs[0] = bench.sim.nowNs();
        });
        bench.passes(100 * DrmBench.MS);
        long signalNs = bench.sim.nowNs();
        bench.does(() -> dependency[0].signal());
        assertTrue(endNs[0] >= signalNs && endNs[0] < signalNs + DrmBench.MS);
        assertEquals(1, bench.hardware.size());
        assertNotNull(job[0].parent());
    }
}
