package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.WorkItem;
import org.panscope.core.kernel.base.Workqueue;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DmaFenceOnDemand;
import org.panscope.core.kernel.drm.DmaResv;
import org.panscope.core.kernel.drm.DrmExec;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.sim.WaitQueue;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.SchedEvent.Eviction;
import org.panscope.trace.event.SchedEvent.EvictionStep;

import java.util.ArrayList;
import java.util.List;

/// One address space of [UserQueueEvictions]: its eviction fence, and whether its groups may run.
///
/// Modelled on amdgpu_eviction_fence.c: amdgpu_eviction_fence_suspend_worker; amdgpu_userq.c:
/// amdgpu_userq_restore_worker
public final class EvictableVm {
    /// ASSUMPTION: kernel.eviction_restore: nobody wants the groups, they come back after so long.
    private static final long RESTORE_NS = 100_000_000;

    private final Scheduler sched;
    private final KernelContext kernel;
    private final GpuVm vm;
    private final WorkItem suspendWork;
    private final WorkItem restoreWork;
    private final WaitQueue changed;
    private final long context;
    private long seqno;
    private @Nullable DmaFence fence;
    private @Nullable EvictionStep step;
    private final List<DmaFence> submissions = new ArrayList<>();
    private int submitters;

    EvictableVm(Scheduler sched, Workqueue workqueue, GpuVm vm) {
        this.sched = sched;
        this.vm = vm;
        kernel = sched.kernel();
        context = kernel.allocateFenceContexts(1);
        changed = new WaitQueue(kernel.sim());
        suspendWork = workqueue.item("eviction_suspend", null, this::suspend);
        restoreWork = workqueue.item("eviction_restore", null, this::restore);
    }

    /// The last step, `ARMED` while the groups may run.
    public @Nullable EvictionStep step() {
        return step;
    }

    /// The groups that use their slots until all submission fences have signalled.
    boolean mayRun() {
        return step == EvictionStep.ARMED
                || step == EvictionStep.WANTED
                || step == EvictionStep.WAIT_FENCE
                || step == EvictionStep.ENDED;
    }

    // ---- the fence

    /// Puts a new eviction fence on everything that is mapped.
    void arm() {
        DrmExec exec = new DrmExec(kernel);
        exec.lockAll(() -> reservations(exec));
        vm.restorePages();
        DmaFence next =
                new DmaFenceOnDemand(
                        kernel,
                        FenceKind.EVICTION,
                        "panthor",
                        "eviction",
                        context,
                        ++seqno,
                        this::wantedAway);
        fence = next;
        exec.locked().forEach(resv -> resv.add(next, DmaResv.Usage.BOOKKEEP));
        tell(EvictionStep.ARMED, next);
        exec.unlockAll();
    }

    private List<DmaResv> reservations(DrmExec exec) {
        List<DmaResv> wanted = new ArrayList<>();
        wanted.add(vm.resv());
        if (exec.locked().contains(vm.resv())) {
            vm.externalObjects().forEach(bo -> wanted.add(bo.resv()));
        }
        return wanted;
    }

    void attach(GemObject bo) {
        if (bo.resv() != vm.resv()) {
            bo.resv().lock().lock();
            DmaFence now = fence;
            if (now != null && !now.isSignaled()) {
                bo.resv().add(now, DmaResv.Usage.BOOKKEEP);
            }
            bo.resv().lock().unlock();
        }
    }

    /// `enable_signaling`: somebody waits for the memory.
    private void wantedAway() {
        tell(EvictionStep.WANTED, fence);
        suspendWork.queue();
    }

    // ---- away, and back

    private void suspend() {
        changed.await(() -> submitters == 0, WaitQueue.FOREVER);
        submissions.forEach(this::awaitSubmission);
        submissions.clear();
        sched.lock().lock();
        tell(EvictionStep.SUSPENDING, null);
        sched.lock().unlock();
        if (isOnSlot()) {
            sched.queueTick(0);
        }
        changed.await(() -> !isOnSlot() || step == EvictionStep.ENDED, WaitQueue.FOREVER);
        DmaFence done = fence;
        if (step != EvictionStep.ENDED && done != null) {
            tell(EvictionStep.SUSPENDED, done);
            fence = null;
            done.signal();
            done.put();
            restoreWork.modDelayed(RESTORE_NS);
        }
    }

    /// Puts the reference on it.
    private void awaitSubmission(DmaFence submission) {
        if (!submission.isSignaled()) {
            tell(EvictionStep.WAIT_FENCE, submission);
            submission.await(kernel.sim());
        }
        submission.put();
    }

    /// Groups that were given work in the meantime rang doorbells that nobody heard.
    private void restore() {
        if (step != EvictionStep.SUSPENDED) {
            return;
        }
        arm();
        sched.lock().lock();
        for (Group group : groups()) {
            int work = 0;
            for (Queue queue : group.queues()) {
                work |= queue.insert() != queue.extract() ? queue.mask() : 0;
            }
            if (work != 0 && group.csgId() < 0) {
                sched.schedule(group, work);
            }
        }
        sched.lock().unlock();
        sched.queueTick(0);
        changed.wakeAll();
    }

    /// Begins to make submission fences, with the reservation locks held. Whoever begins does not
    /// block before [#leave].
    ///
    /// @return false while the groups are away, or about to leave
    public boolean enter() {
        boolean admitted = isRunning();
        submitters += admitted ? 1 : 0;
        return admitted;
    }

    /// The fences are made, or none for want of something else.
    public void leave(List<DmaFence> made) {
        submissions.removeIf(old -> {
            boolean over = old.isSignaled();
            if (over) {
                old.put();
            }
            return over;
        });
        made.forEach(fence -> submissions.add(fence.get()));
        submitters--;
        changed.wakeAll();
    }

    private boolean isRunning() {
        return step == EvictionStep.ARMED || step == EvictionStep.ENDED;
    }

    /// Blocks until the groups may run again, and has the pages brought back if need be.
    public void awaitRunning() {
        while (!isRunning()) {
            wanted();
            EvictionStep before = step;
            changed.await(() -> step != before, WaitQueue.FOREVER);
        }
    }

    void wanted() {
        if (step == EvictionStep.SUSPENDED) {
            restoreWork.modDelayed(0);
        }
    }

    void offSlot() {
        changed.wakeAll();
    }

    /// The address space is gone, and nothing of it can be in use.
    void end() {
        suspendWork.cancel();
        restoreWork.cancel();
        DmaFence last = fence;
        fence = null;
        tell(EvictionStep.ENDED, last);
        if (last != null) {
            last.signal();
            last.put();
        }
    }

    private boolean isOnSlot() {
        return groups().stream().anyMatch(group -> group.csgId() >= 0);
    }

    private List<Group> groups() {
        return kernel.alive(Group.class).stream()
                .filter(group -> group.isUserSubmit() && group.vm() == vm)
                .toList();
    }

    private void tell(EvictionStep next, @Nullable DmaFence about) {
        step = next;
        kernel.sim()
                .emit(
                        kernel.kernelTrack(),
                        new Eviction(vm.id(), next, about == null ? null : about.objectId()));
        changed.wakeAll();
    }
}
