package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.core.kernel.base.DriverConfig;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.KernelTimings;
import org.panscope.core.kernel.base.Workqueue;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSchedEntity;
import org.panscope.core.kernel.drm.DrmSchedJob;
import org.panscope.core.kernel.drm.DrmScheduler;
import org.panscope.core.kernel.drm.JobTimer;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Recorder;
import org.panscope.core.sim.SeededChoices;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;

class DrmSchedulerTest {
    private static final long LONG_ENOUGH = 1_000_000;

    private final Simulation sim =
            new Simulation(
                    new SeededChoices(1),
                    new Recorder() {
                        @Override
                        public int track(int parent, String kind, String name) {
                            return 0;
                        }

                        @Override
                        public long record(EventHeader header, TraceEvent event) {
                            return 0;
                        }
                    });
    private final KernelContext kernel =
            new KernelContext(
                    sim, new PhysicalMemory(), KernelTimings.defaults(), DriverConfig.AS_POSTED);
    private final Actor actor = new Actor("test", 1, "ioctl");
    private final List<DmaFence> hardware = new ArrayList<>();
    private final List<JobStep> steps = new ArrayList<>();
    private final DrmScheduler scheduler = scheduler(2);

    private DrmScheduler scheduler(int credits) {
        Workqueue queue = new Workqueue(kernel, "submit", Workqueue.UNBOUND);
        return new DrmScheduler(
                kernel,
                "ring",
                new Hardware(),
                credits,
                null,
                queue,
                new JobTimer(kernel, 1, 0, () -> 0, queue));
    }

    /// Every job runs until somebody signals its fence.
    private final class Hardware implements DrmScheduler.Backend {
        @Override
        public DrmScheduler.RunResult runJob(DrmSchedJob job) {
            DmaFence fence = fence(1000, hardware.size() + 1);
            hardware.add(fence);
            return DrmScheduler.RunResult.of(fence.get());
        }

        @Override
        public void timedOutJob(DrmSchedJob job) {}

        @Override
        public void freeJob(DrmSchedJob job) {}
    }

    private final class TestJob extends DrmSchedJob {
        TestJob(DrmSchedEntity entity) {
            super(kernel.nextJob(), entity, 1);
        }

        @Override
        public void trace(JobStep step, @Nullable String fence, int error) {
            steps.add(step);
        }
    }

    private DmaFence fence(long context, long seqno) {
        return new DmaFence(kernel, FenceKind.QUEUE_DONE, "test", "test", context, seqno, null);
    }

    private TestJob push(DmaFence... dependencies) {
        TestJob job = new TestJob(scheduler.entity());
        for (DmaFence dependency : dependencies) {
            job.addDependency(dependency);
        }
        job.arm(kernel);
        job.entity().push(job);
        return job;
    }

    private void does(Runnable body) {
        sim.as(actor, body);
        sim.run(sim.nowNs() + LONG_ENOUGH);
    }

    @Test
    void jobsBeyondTheCreditsWaitUntilOneIsDone() {
        does(() -> {
            push();
            push();
            push();
        });
        assertEquals(2, hardware.size());
        assertEquals(2, scheduler.creditCount());
        does(() -> hardware.getFirst().signal());
        assertEquals(3, hardware.size());
        assertEquals(2, scheduler.creditCount());
    }

    @Test
    void aJobRunsOnlyAfterItsDependency() {
        DmaFence[] dependency = new DmaFence[1];
        does(() -> {
            dependency[0] = fence(500, 1);
            push(dependency[0]);
        });
        assertTrue(hardware.isEmpty());
        assertTrue(steps.contains(JobStep.DEP_WAIT));
        does(() -> dependency[0].signal());
        assertEquals(1, hardware.size());
    }

    @Test
    void theErrorOfTheHardwareFenceReachesTheFinishedFence() {
        TestJob[] job = new TestJob[1];
        does(() -> job[0] = push());
        does(() -> {
            hardware.getFirst().setError(Errno.EINVAL);
            hardware.getFirst().signal();
        });
        assertTrue(job[0].finished().isSignaled());
        assertEquals(Errno.EINVAL, job[0].finished().error());
        assertEquals(
                List.of(JobStep.ARMED, JobStep.PUSHED, JobStep.RUN, JobStep.DONE, JobStep.FREED),
                steps);
    }

    @Test
    void aFenceSignalsOnceAndTakesNoCallbackAfterwards() {
        does(() -> {
            DmaFence fence = fence(7, 1);
            List<String> order = new ArrayList<>();
            assertTrue(fence.addCallback(f -> order.add("first")));
            assertTrue(fence.addCallback(f -> order.add("second")));
            assertEquals(0, fence.signal());
            assertEquals(Errno.EINVAL, fence.signal());
            assertFalse(fence.addCallback(f -> order.add("late")));
            fence.setError(Errno.EIO);
            assertEquals(Errno.EIO, fence.error(), "the kernel warns, and sets it");
            assertEquals(List.of("first", "second"), order);
        });
    }
}
