package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwLayout.UserIo;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.HandleTable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DrmScheduler;
import org.panscope.core.kernel.drm.JobTimer;
import org.panscope.core.kernel.fwhost.FirmwareHost;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.TrackNames;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.trace.event.KernelEvent.CreateStep;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.QueueCreated;
import org.panscope.trace.event.SchedEvent.GroupListName;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Creates groups, in the order of the driver as posted: the handle can be looked up before the
/// group knows it and before the group is on a list.
///
/// kernel: panthor_sched.c, panthor_group_create, group_create_queue; RFC patches 2/8 and 3/8
public final class GroupFactory {
    /// Gives an object a file offset for mmap and lets a file use it.
    public interface Mmappable {
        long offsetFor(GemObject bo, Group group, int queue, boolean ring);

        /// Takes the right to map it from the file again.
        default void revoke(GemObject bo, Group group) {}
    }

    /// A buffer and where it is mapped.
    record Placed(GpuVm vm, long va, GemObject bo) {
        void free() {
            vm.unmap(va, bo.sizeBytes());
            bo.put();
        }
    }

    private static final int FLAGS = VmBindOp.MAP_NOEXEC | VmBindOp.MAP_UNCACHED;
    private static final long PAGE = 4096;
    private static final int MAX_QUEUE_PRIORITY = 15;
    private static final long MIN_RING = 4096;
    private static final long MAX_RING = 65536;
    private static final String SITE = "panthor_group_create";

    private final Scheduler sched;
    private final KernelContext kernel;
    private final FirmwareHost firmware;
    private final Mmappable mmappable;

    public GroupFactory(Scheduler sched, Mmappable mmappable) {
        this.sched = sched;
        this.mmappable = mmappable;
        kernel = sched.kernel();
        firmware = sched.firmware();
    }

    /// As [#create(GroupSpec, HandleTable, Consumer)] for a caller that needs the handle only.
    public int create(GroupSpec spec, HandleTable<Group> pool) {
        return create(spec, pool, group -> {});
    }

    /// Creates a group and gives it a handle. What fails on the way leaves the group to its release
    /// work.
    ///
    /// @param pool handles of the file
    /// @param named told of the group as soon as it knows its handle
    /// @return the handle, -EBUSY when all are taken, or what else failed
    public int create(GroupSpec spec, HandleTable<Group> pool, Consumer<Group> named) {
        Group group = new Group(kernel, spec);
        new GroupWorks(sched, group, mmappable).install();
        kernel.born(group);
        holdFile(spec);
        step(group, null, CreateStep.ALLOC);
        int error = furnish(group);
        if (error != 0) {
            group.put(SITE);
            return error;
        }
        group.setIdleAndBlocked(group.allQueues(), 0);
        int handle = pool.add(group);
        if (handle == HandleTable.FULL) {
            group.put(SITE);
            return Errno.EBUSY;
        }
        group.setTrack(TrackNames.group(kernel.sim(), spec.file().comm(), handle));
        step(group, handle, CreateStep.PUBLISHED);
        kernel.spend(kernel.timings().createStepNs());
        if (group.isFreed()) {
            return freedMeanwhile(group, handle);
        }
        group.setHandle(handle);
        nameQueues(group);
        ownEventfds(group);
        named.accept(group);
        step(group, handle, CreateStep.HANDLE_SET);
        kernel.spend(kernel.timings().createStepNs());
        link(group, handle);
        if (kernel.driver().marksRegistered()) {
            pool.mark(handle);
        }
        return handle;
    }

    /// Nobody looks what has become of the group since its handle could be found: it may be on a
    /// slot by now, or destroyed (R1).
    private void link(Group group, int handle) {
        sched.resetLock().lock();
        if (kernel.reset().isInProgress()) {
            new SchedReset(sched).stop(group);
        } else {
            sched.lock().lock();
            if (group.isFreed()) {
                kernel.oops(SITE, "use after free of gid=" + group.gid());
            } else {
                sched.lists().add(group, GroupListName.IDLE, SITE);
            }
            sched.lock().unlock();
        }
        sched.resetLock().unlock();
        if (!group.isFreed()) {
            step(group, handle, CreateStep.LINKED);
        }
    }

    private int freedMeanwhile(Group group, int handle) {
        kernel.oops(SITE, "use after free of gid=" + group.gid());
        return handle;
    }

    private void holdFile(GroupSpec spec) {
        if (kernel.driver().fixes().fileRef()) {
            spec.file().get();
        }
    }

    /// Everything a group has before it has a handle.
    private int furnish(Group group) {
        int badEventfd = firstError(group.spec());
        if (badEventfd != 0) {
            group.setBadEventfd(badEventfd);
            return badEventfd;
        }
        group.takeVm();
        return placeBuffers(group) ? createQueues(group) : Errno.ENOMEM;
    }

    private static int firstError(GroupSpec spec) {
        return spec.syncUpdate().error() != 0
                ? spec.syncUpdate().error()
                : spec.groupState().error();
    }

    /// The ioctl is about to go back to the process.
    public void returned(Group group) {
        if (!group.isFreed()) {
            step(group, group.handle(), CreateStep.RETURNED);
        }
    }

    private boolean placeBuffers(Group group) {
        GpuVm mcu = firmware.mcuVm();
        GemObject normal = bo("Group suspend buffer", firmware.suspendSize(), mcu);
        GemObject protm = bo("Group protm suspend buffer", firmware.protmSuspendSize(), mcu);
        Placed first = place(normal, mcu, VmBindOp.MAP_NOEXEC);
        Placed second = place(protm, mcu, VmBindOp.MAP_NOEXEC);
        if (first == null || second == null) {
            return freeAny(first, second);
        }
        group.setSuspendBuffers(normal, first.va(), protm, second.va());
        if (group.isUserSubmit()) {
            return true;
        }
        long bytes = (long) group.spec().queues().size() * Group.SYNCOBJ_BYTES;
        GemObject syncobjs = bo("Group sync objects", bytes, group.vm());
        Placed placed = place(syncobjs, group.vm(), FLAGS);
        if (placed == null) {
            return false;
        }
        group.setSyncobjs(syncobjs, placed.va());
        return true;
    }

    private int createQueues(Group group) {
        for (int i = 0; i < group.spec().queues().size(); i++) {
            int error = createQueue(group, i, group.spec().queues().get(i));
            if (error != 0) {
                return error;
            }
            kernel.spend(kernel.timings().createStepNs());
        }
        return 0;
    }

    private int createQueue(Group group, int index, GroupSpec.QueueSpec spec) {
        if (!isValid(spec)) {
            return Errno.EINVAL;
        }
        Placed ring = place(bo("CS ring buffer", spec.ringBytes(), group.vm()), group.vm(), FLAGS);
        GpuVm mcu = firmware.mcuVm();
        Placed userIo = place(bo("Queue FW interface", UserIo.SIZE, mcu), mcu, FLAGS);
        if (ring == null || userIo == null) {
            freeAny(ring, userIo);
            return Errno.ENOMEM;
        }
        Queue queue =
                new Queue(
                        index,
                        spec.priority(),
                        ring.bo(),
                        ring.va(),
                        userIo.bo(),
                        userIo.va(),
                        kernel.allocateFenceContexts(1));
        if (!placeProfiling(group, queue)) {
            freeAny(ring, userIo);
            return Errno.ENOMEM;
        }
        if (group.isUserSubmit()) {
            queue.setOffsets(
                    mmappable.offsetFor(ring.bo(), group, index, true),
                    mmappable.offsetFor(userIo.bo(), group, index, false));
        }
        group.queues().add(queue);
        queue.setScheduler(
                new DrmScheduler(
                        kernel,
                        "panthor-queue",
                        new QueueBackend(sched, group, queue),
                        JobInstructions.creditLimit(kernel.driver(), spec.ringBytes()),
                        group.gid(),
                        sched.workqueue(),
                        jobTimer(group, index)));
        queue.setTimeout(sched.policy().timeout(group, queue));
        tell(group, queue);
        queue.timeout().created();
        return 0;
    }

    /// 6.12.y's rule for the ring; earlier kernels asked for whole pages only.
    private static boolean isValid(GroupSpec.QueueSpec spec) {
        return spec.isClean()
                && spec.priority() >= 0
                && spec.priority() <= MAX_QUEUE_PRIORITY
                && spec.ringBytes() >= MIN_RING
                && spec.ringBytes() <= MAX_RING
                && Long.bitCount(spec.ringBytes()) == 1;
    }

    /// In 2026 drm_sched's own timer never ends; [QueueTimeoutWork] stands for it.
    private JobTimer jobTimer(Group group, int queue) {
        JobTimer timer =
                new JobTimer(
                        kernel,
                        group.gid(),
                        queue,
                        () -> group.queueTrack(queue),
                        sched.resetQueue());
        return kernel.driver().isMainline2026() ? timer.unlimited() : timer;
    }

    /// Room for what profiled jobs store of themselves, from v6.13 on.
    private boolean placeProfiling(Group group, Queue queue) {
        if (!kernel.driver().isMainline2026()) {
            return true;
        }
        int slots = JobInstructions.profilingSlots(queue.ringBytes());
        long bytes = (long) slots * Queue.PROFILING_SLOT_BYTES;
        Placed placed = place(bo("Group job stats", bytes, group.vm()), group.vm(), FLAGS);
        if (placed == null) {
            return false;
        }
        queue.setProfilingSlots(placed.bo(), placed.va(), slots);
        return true;
    }

    /// From v6.18 on the queues' rings have names of their own in fences and tracepoints.
    private void nameQueues(Group group) {
        if (kernel.driver().isMainline2026()) {
            String prefix = "panthor-queue-" + group.fileId() + "-" + group.handle() + "-";
            for (Queue queue : group.queues()) {
                queue.scheduler().rename(prefix + queue.index());
            }
        }
    }

    private void tell(Group group, Queue queue) {
        kernel.sim()
                .emit(
                        group.track(),
                        new QueueCreated(
                                group.gid(),
                                queue.index(),
                                queue.priority(),
                                queue.ringVa(),
                                queue.ringBytes(),
                                queue.ring().id(),
                                queue.userIo().id(),
                                queue.inputVa(),
                                queue.outputVa(),
                                queue.fenceContext(),
                                group.syncobjVa(queue.index()),
                                queue.ringOffset(),
                                queue.userIoOffset(),
                                null));
    }

    private GemObject bo(String label, long bytes, GpuVm vm) {
        return GemObject.kernelObject(kernel, label, Math.max(bytes, PAGE), vm);
    }

    /// Maps a buffer, or gives it back when its address space is full.
    private static @Nullable Placed place(GemObject bo, GpuVm vm, int flags) {
        long va = vm.mapKernelObject(bo, flags);
        if (va == GpuVm.NO_ROOM) {
            bo.put();
            return null;
        }
        return new Placed(vm, va, bo);
    }

    /// Gives back what was placed of two that belong together.
    ///
    /// @return false
    private static boolean freeAny(@Nullable Placed first, @Nullable Placed second) {
        if (first != null) {
            first.free();
        }
        if (second != null) {
            second.free();
        }
        return false;
    }

    private void step(Group group, @Nullable Integer handle, CreateStep step) {
        GroupSpec spec = group.spec();
        kernel.sim()
                .emit(
                        group.track(),
                        new GroupCreateStep(
                                group.gid(),
                                handle,
                                step,
                                group.fileId(),
                                group.vm().id(),
                                spec.userSubmit(),
                                spec.priority(),
                                spec.queues().size(),
                                spec.eventfd() != null));
    }

    private static void ownEventfds(Group group) {
        for (GroupSpec.WantedEventfd wanted :
                List.of(group.spec().syncUpdate(), group.spec().groupState())) {
            EventFdContext eventfd = wanted.context();
            if (eventfd != null) {
                eventfd.setOwner(group.objectId());
            }
        }
    }

    /// Where a group's own buffers are mapped, for giving them back.
    static List<Placed> placedBuffers(Group group, FirmwareHost firmware) {
        List<Placed> placed = new ArrayList<>();
        List<GemObject> buffers = group.buffers();
        if (buffers.isEmpty()) {
            return placed;
        }
        placed.add(new Placed(firmware.mcuVm(), group.suspendBufferVa(), buffers.get(0)));
        placed.add(new Placed(firmware.mcuVm(), group.protmSuspendBufferVa(), buffers.get(1)));
        Long syncVa = group.syncobjVa(0);
        if (syncVa != null) {
            placed.add(new Placed(group.vm(), syncVa, buffers.get(2)));
        }
        return placed;
    }
}
