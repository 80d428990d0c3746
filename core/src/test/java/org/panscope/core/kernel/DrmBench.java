package org.panscope.core.kernel;

import org.jspecify.annotations.Nullable;
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
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;

/// A kernel without a device, for the parts of DRM alone, and a drm_sched whose hardware does what
/// a test says.
final class DrmBench {
    static final long MS = 1_000_000;

    final List<TraceEvent> events = new ArrayList<>();
    final Simulation sim =
            new Simulation(
                    new SeededChoices(1),
                    new Recorder() {
                        @Override
                        public int track(int parent, String kind, String name) {
                            return 0;
                        }

                        @Override
                        public long record(EventHeader header, TraceEvent event) {
                            events.add(event);
                            return events.size() - 1L;
                        }
                    });
    final KernelContext kernel =
            new KernelContext(
                    sim, new PhysicalMemory(), KernelTimings.defaults(), DriverConfig.AS_POSTED);
    final List<DmaFence> hardware = new ArrayList<>();
    final List<Long> freed = new ArrayList<>();
    final List<Long> timedOut = new ArrayList<>();
    private final Actor actor = new Actor("test", 1, "ioctl");
    private DrmScheduler.@Nullable RunResult nextResult;
    private long nextContext = 1000;

    DrmScheduler scheduler(int credits) {
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

    /// What the next job's `run_job` returns instead of a fence to be signalled by the test.
    void nextRunReturns(DrmScheduler.RunResult result) {
        nextResult = result;
    }

    private final class Hardware implements DrmScheduler.Backend {
        @Override
        public DrmScheduler.RunResult runJob(DrmSchedJob job) {
            DrmScheduler.RunResult result = nextResult;
            nextResult = null;
            if (result != null) {
                return result;
            }
            DmaFence fence = fence();
            hardware.add(fence);
            return DrmScheduler.RunResult.of(fence.get());
        }

        @Override
        public void timedOutJob(DrmSchedJob job) {
            timedOut.add(job.id());
            job.entity().scheduler().stop(job);
            job.entity().scheduler().start(0);
        }

        @Override
        public void freeJob(DrmSchedJob job) {
            freed.add(job.id());
        }
    }

    final class Job extends DrmSchedJob {
        final List<JobStep> steps = new ArrayList<>();
        @Nullable String waitedFor;

        Job(DrmSchedEntity entity) {
            super(kernel.nextJob(), entity, 1);
        }

        @Override
        public void trace(JobStep step, @Nullable String fence, int error) {
            steps.add(step);
            waitedFor = step == JobStep.DEP_WAIT ? fence : waitedFor;
        }
    }

    /// A fence of a context of its own.
    DmaFence fence() {
        return fence(nextContext++, 1);
    }

    DmaFence fence(long context, long seqno) {
        return new DmaFence(kernel, FenceKind.QUEUE_DONE, "test", "test", context, seqno, null);
    }

    Job push(DrmScheduler scheduler, DmaFence... dependencies) {
        Job job = new Job(scheduler.entity());
        for (DmaFence dependency : dependencies) {
            job.addDependency(dependency);
        }
        job.arm(kernel);
        job.entity().push(job);
        return job;
    }

    /// Something at one instant, and what follows from it within 10 ms.
    void does(Runnable body) {
        sim.as(actor, body);
        passes(10 * MS);
    }

    /// Something that may block.
    void runs(Runnable body) {
        sim.as(actor, () -> sim.spawn(new Actor("thread", 2, "ioctl"), 0, body));
    }

    void passes(long ns) {
        sim.run(sim.nowNs() + ns);
    }
}
