package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.SchedEvent.JobStep;

import java.util.ArrayList;
import java.util.List;

/// A `drm_sched_job`: what waits in an entity for its dependencies and for credits, then runs. Its
/// fences come to life when it is armed.
///
/// kernel: drivers/gpu/drm/scheduler/sched_main.c, drm_sched_job_init, _arm, _add_dependency
public abstract class DrmSchedJob {
    static final String DRIVER = "drm_sched";

    private final long id;
    private final DrmSchedEntity entity;
    private final int credits;
    private final List<DmaFence> dependencies = new ArrayList<>();
    private int nextDependency;
    private @Nullable DmaFence scheduled;
    private @Nullable DmaFence finished;
    private @Nullable DmaFence parent;
    private DmaFence.@Nullable Callback parentCallback;

    /// @param id identity, never reused
    protected DrmSchedJob(long id, DrmSchedEntity entity, int credits) {
        this.id = id;
        this.entity = entity;
        this.credits = credits;
    }

    public final long id() {
        return id;
    }

    public final DrmSchedEntity entity() {
        return entity;
    }

    public final int credits() {
        return credits;
    }

    /// The client it is from, 0 for none.
    public long drmClientId() {
        return 0;
    }

    /// Records a step of it.
    ///
    /// @param fence fence the step is about, as an object id
    public abstract void trace(JobStep step, @Nullable String fence, int error);

    /// `drm_sched_job_add_dependency`: of one fence context only the latest is kept.
    public final void addDependency(DmaFence fence) {
        for (int i = 0; i < dependencies.size(); i++) {
            DmaFence known = dependencies.get(i);
            if (known.context() == fence.context()) {
                if (Long.compareUnsigned(fence.seqno(), known.seqno()) > 0) {
                    dependencies.set(i, fence.get());
                    known.put();
                }
                trace(JobStep.DEP_ADDED, fence.objectId(), 0);
                return;
            }
        }
        dependencies.add(fence.get());
        trace(JobStep.DEP_ADDED, fence.objectId(), 0);
    }

    /// `drm_sched_job_arm`.
    public final void arm(KernelContext kernel) {
        long seqno = entity.nextSeqno();
        String timeline = entity.scheduler().name();
        scheduled =
                new DmaFence(
                        kernel,
                        FenceKind.SCHEDULED,
                        DRIVER,
                        timeline,
                        entity.fenceContext(),
                        seqno,
                        id);
        finished =
                new DmaFence(
                        kernel,
                        FenceKind.FINISHED,
                        DRIVER,
                        timeline,
                        entity.fenceContext() + 1,
                        seqno,
                        id);
        DrmSchedFence fence = new DrmSchedFence(entity.scheduler(), scheduled, finished);
        scheduled.setSchedFence(fence);
        finished.setSchedFence(fence);
        trace(JobStep.ARMED, null, 0);
    }

    public final boolean isArmed() {
        return finished != null;
    }

    /// Signals when `run_job` has returned.
    public final DmaFence scheduled() {
        return armed(scheduled);
    }

    /// Signals when the job is done; the fence others wait for.
    public final DmaFence finished() {
        return armed(finished);
    }

    /// What `run_job` returned.
    public final @Nullable DmaFence parent() {
        return parent;
    }

    public final List<DmaFence> dependencies() {
        return List.copyOf(dependencies);
    }

    final void setParent(DmaFence fence) {
        parent = fence;
    }

    /// The callback on its parent, while it is pending.
    final DmaFence.@Nullable Callback parentCallback() {
        return parentCallback;
    }

    final void setParentCallback(DmaFence.@Nullable Callback callback) {
        parentCallback = callback;
    }

    /// `drm_sched_job_dependency`: the next one to look at, or null. It stays listed, so that
    /// killing the job can wait for all of them.
    final @Nullable DmaFence nextDependency() {
        return nextDependency == dependencies.size() ? null : dependencies.get(nextDependency++);
    }

    /// The first dependency still listed, handed over with its reference; null when there is none.
    final @Nullable DmaFence takeDependency() {
        return dependencies.isEmpty() ? null : dependencies.removeFirst();
    }

    /// The scheduler has given it back to the driver, whose `free_job` has run.
    protected void freed() {
        trace(JobStep.FREED, null, 0);
        cleanUp();
    }

    /// `drm_sched_job_cleanup`: gives its fences back. The one `run_job` returned lives as long as
    /// somebody holds the finished fence.
    public final void cleanUp() {
        dependencies.forEach(DmaFence::put);
        dependencies.clear();
        DmaFence returned = parent;
        parent = null;
        if (scheduled != null) {
            scheduled.put();
        }
        if (finished != null) {
            finished.onRelease(() -> {
                if (returned != null) {
                    returned.put();
                }
            });
            finished.put();
        }
    }

    private DmaFence armed(@Nullable DmaFence fence) {
        if (fence == null) {
            throw new IllegalStateException("job=" + id + " is not armed");
        }
        return fence;
    }
}
