package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.Workqueue;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;

import java.util.SortedMap;
import java.util.TreeMap;

/// Address spaces with user-submit groups whose memory may be taken away: `mode.eviction_fences`.
///
/// Each has an eviction fence on the reservations of all it maps. Who wants memory waits for it,
/// and that makes the driver wait for the submission fences there are, take the groups off their
/// slots, and signal it. Later the pages come back, with another fence, and the groups go on.
///
/// Modelled on amdgpu_userq.c and amdgpu_eviction_fence.c (2025), as proposed in reply to the
/// series (V14).
public final class UserQueueEvictions {
    private final Scheduler sched;
    private final KernelContext kernel;
    private final Workqueue workqueue;
    private final SortedMap<Integer, EvictableVm> vms = new TreeMap<>();

    UserQueueEvictions(Scheduler sched) {
        this.sched = sched;
        kernel = sched.kernel();
        workqueue = new Workqueue(kernel, "panthor-evict", Workqueue.UNBOUND);
    }

    /// Whether the driver works like this.
    private boolean isOn() {
        return kernel.driver().modes().evictionFences();
    }

    /// A user-submit group is to be made in an address space. Takes reservation locks.
    public void prepare(GpuVm vm) {
        if (isOn() && !vms.containsKey(vm.id())) {
            EvictableVm evictable = new EvictableVm(sched, workqueue, vm);
            vms.put(vm.id(), evictable);
            evictable.arm();
            vm.beforeUnmapping(evictable::end);
        }
    }

    /// An object is about to be mapped. Takes its reservation lock.
    public void mapped(GpuVm vm, GemObject bo) {
        EvictableVm evictable = vms.get(vm.id());
        if (evictable != null) {
            evictable.attach(bo);
        }
    }

    /// Somebody has work for a group.
    void wanted(Group group) {
        EvictableVm evictable = vms.get(group.vm().id());
        if (evictable != null) {
            evictable.wanted();
        }
    }

    void offSlot(Group group) {
        EvictableVm evictable = vms.get(group.vm().id());
        if (evictable != null) {
            evictable.offSlot();
        }
    }

    /// Whether a group may be on a slot, as far as its address space is concerned.
    boolean mayRun(Group group) {
        EvictableVm evictable = vms.get(group.vm().id());
        return evictable == null || evictable.mayRun() || !group.isUserSubmit();
    }

    /// What is known of an address space; null when it has no user-submit groups, or all of them
    /// stay in memory.
    public @Nullable EvictableVm of(GpuVm vm) {
        return vms.get(vm.id());
    }
}
