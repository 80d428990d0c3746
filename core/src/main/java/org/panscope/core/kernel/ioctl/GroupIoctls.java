package org.panscope.core.kernel.ioctl;

import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.GroupSpec;
import org.panscope.core.kernel.sched.Queue;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.GroupCreateArgs;
import org.panscope.core.uapi.GroupDestroyArgs;
import org.panscope.core.uapi.GroupGetStateArgs;
import org.panscope.core.uapi.GroupKickArgs;
import org.panscope.core.uapi.ObjArray;
import org.panscope.core.uapi.QueueCreateArgs;

import java.nio.ByteBuffer;
import java.util.List;

/// GROUP_CREATE, _DESTROY, _GET_STATE and the RFC's GROUP_KICK.
///
/// Simplified: an unknown VM is noticed before the group is allocated.
///
/// kernel: panthor_drv.c, panthor_sched.c: panthor_group_create; RFC patches 2/8, 4/8 and 7/8
final class GroupIoctls {
    private static final int MAX_CS_PER_CSG = 32;

    private final PanthorFile file;
    private final KernelContext kernel;

    GroupIoctls(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
    }

    int create(ByteBuffer args) {
        int count = args.getInt(GroupCreateArgs.QUEUES + ObjArray.COUNT);
        if (count == 0 || Integer.compareUnsigned(count, MAX_CS_PER_CSG) > 0) {
            return Errno.EINVAL;
        }
        int permitted = GroupPriorityPermit.check(file, u8(args, GroupCreateArgs.PRIORITY));
        if (permitted != 0 && kernel.driver().isMainline2026()) {
            return permitted;
        }
        UserArray queues =
                new UserArray(
                        file.memory(),
                        args,
                        GroupCreateArgs.QUEUES,
                        kernel.driver().hasUserSubmission()
                                ? QueueCreateArgs.SIZE
                                : QueueCreateArgs.MIN_SIZE,
                        QueueCreateArgs.MIN_SIZE);
        if (queues.errno() != 0) {
            return queues.errno();
        }
        GpuVm vm = file.vms().get(args.getInt(GroupCreateArgs.VM_ID));
        if (permitted != 0 || !isValid(args) || vm == null) {
            return Errno.EINVAL;
        }
        if (count > file.device().firmware().csCount()) {
            kernel.log(
                    "panthor_group_create", "queues=" + count + " exceed the firmware's streams");
        }
        GroupSpec spec = spec(args, vm, queues.elements());
        if (spec.userSubmit()) {
            file.device().sched().evictions().prepare(vm);
        }
        Group[] created = new Group[1];
        int handle =
                file.device()
                        .groupFactory()
                        .create(
                                spec,
                                file.groups(),
                                group -> {
                                    created[0] = group;
                                    tellOffsets(group, queues.elements());
                                });
        if (handle < 0) {
            return handle;
        }
        args.putInt(GroupCreateArgs.GROUP_HANDLE, handle);
        int result = kernel.driver().hasUserSubmission() ? queues.writeBack() : 0;
        if (created[0] != null) {
            file.device().groupFactory().returned(created[0]);
        }
        return result;
    }

    private boolean isValid(ByteBuffer args) {
        Registers registers = file.device().registers();
        long shaders = registers.read64(Regs.SHADER_PRESENT);
        long tilers = registers.read64(Regs.TILER_PRESENT);
        long compute = args.getLong(GroupCreateArgs.COMPUTE_CORE_MASK);
        long fragment = args.getLong(GroupCreateArgs.FRAGMENT_CORE_MASK);
        long tiler = args.getLong(GroupCreateArgs.TILER_CORE_MASK);
        int flags = kernel.driver().hasUserSubmission() ? GroupCreateArgs.USER_SUBMIT : 0;
        return (args.getInt(GroupCreateArgs.FLAGS) & ~flags) == 0
                && ((compute | fragment) & ~shaders) == 0
                && (tiler & ~tilers) == 0
                && Long.bitCount(compute) >= u8(args, GroupCreateArgs.MAX_COMPUTE_CORES)
                && Long.bitCount(fragment) >= u8(args, GroupCreateArgs.MAX_FRAGMENT_CORES)
                && Long.bitCount(tiler) >= u8(args, GroupCreateArgs.MAX_TILER_CORES);
    }

    private GroupSpec spec(ByteBuffer args, GpuVm vm, List<ByteBuffer> queues) {
        boolean userSubmit =
                (args.getInt(GroupCreateArgs.FLAGS) & GroupCreateArgs.USER_SUBMIT) != 0;
        boolean wantsState = userSubmit && kernel.driver().fixes().groupStateEventfd();
        return new GroupSpec(
                file.owner(),
                vm,
                userSubmit,
                eventfd(userSubmit ? args.getInt(GroupCreateArgs.EVENTFD_SYNC_UPDATE) : -1),
                eventfd(wantsState ? args.getInt(GroupCreateArgs.EVENTFD_GROUP_STATE) : -1),
                u8(args, GroupCreateArgs.PRIORITY),
                new GroupSpec.Cores(
                        args.getLong(GroupCreateArgs.COMPUTE_CORE_MASK),
                        args.getLong(GroupCreateArgs.FRAGMENT_CORE_MASK),
                        args.getLong(GroupCreateArgs.TILER_CORE_MASK),
                        u8(args, GroupCreateArgs.MAX_COMPUTE_CORES),
                        u8(args, GroupCreateArgs.MAX_FRAGMENT_CORES),
                        u8(args, GroupCreateArgs.MAX_TILER_CORES)),
                queues.stream().map(GroupIoctls::queueSpec).toList());
    }

    private static GroupSpec.QueueSpec queueSpec(ByteBuffer queue) {
        int padAndPriority = queue.getInt(QueueCreateArgs.PRIORITY);
        boolean grown = queue.capacity() >= QueueCreateArgs.SIZE;
        boolean clean =
                padAndPriority >>> 8 == 0
                        && (!grown
                                || (queue.getLong(QueueCreateArgs.RINGBUF_OFFSET) == 0
                                        && queue.getLong(QueueCreateArgs.USER_IO_OFFSET) == 0
                                        && queue.getLong(QueueCreateArgs.DOORBELL_OFFSET) == 0));
        return new GroupSpec.QueueSpec(
                padAndPriority & 0xff,
                queue.getInt(QueueCreateArgs.RINGBUF_SIZE) & 0xffff_ffffL,
                clean);
    }

    /// `eventfd_ctx_fdget`.
    private GroupSpec.WantedEventfd eventfd(int fd) {
        EventFdContext context = fd < 0 ? null : file.eventfdAt(fd);
        if (fd < 0 || context != null) {
            return new GroupSpec.WantedEventfd(context, 0);
        }
        return new GroupSpec.WantedEventfd(null, file.hasFd(fd) ? Errno.EINVAL : Errno.EBADF);
    }

    /// Into the kernel's copy of the array.
    private static void tellOffsets(Group group, List<ByteBuffer> elements) {
        if (!group.isUserSubmit()) {
            return;
        }
        for (Queue queue : group.queues()) {
            ByteBuffer element = elements.get(queue.index());
            Long ring = queue.ringOffset();
            Long userIo = queue.userIoOffset();
            if (ring != null && userIo != null) {
                element.putLong(QueueCreateArgs.RINGBUF_OFFSET, ring);
                element.putLong(QueueCreateArgs.USER_IO_OFFSET, userIo);
            }
            element.putLong(
                    QueueCreateArgs.DOORBELL_OFFSET, MmapSpace.doorbellOffset(group.handle()));
        }
    }

    int destroy(ByteBuffer args) {
        if (args.getInt(GroupDestroyArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        int handle = args.getInt(GroupDestroyArgs.GROUP_HANDLE);
        return file.device().groups().destroy(file.groups(), handle);
    }

    int kick(ByteBuffer args) {
        file.device()
                .groups()
                .kick(
                        file.groups(),
                        args.getInt(GroupKickArgs.HANDLE),
                        args.getInt(GroupKickArgs.QUEUE_MASK));
        return 0;
    }

    int getState(ByteBuffer args) {
        if (args.getInt(GroupGetStateArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        Group group =
                file.device()
                        .groups()
                        .lookUp(
                                file.groups(),
                                args.getInt(GroupGetStateArgs.GROUP_HANDLE),
                                "panthor_group_get_state");
        if (group == null) {
            return Errno.EINVAL;
        }
        args.putInt(GroupGetStateArgs.GROUP_HANDLE, 0);
        file.device().sched().lock().lock();
        int state = group.isTimedOut() ? GroupGetStateArgs.TIMEDOUT : 0;
        state |= group.fatalQueues() != 0 ? GroupGetStateArgs.FATAL_FAULT : 0;
        if (group.isInnocent() && kernel.driver().isMainline2026()) {
            state |= GroupGetStateArgs.INNOCENT;
        }
        args.putInt(GroupGetStateArgs.STATE, state);
        args.putInt(GroupGetStateArgs.FATAL_QUEUES, group.fatalQueues());
        file.device().sched().lock().unlock();
        file.device().groups().putLookedUp(group);
        return 0;
    }

    private static int u8(ByteBuffer args, int at) {
        return args.get(at) & 0xff;
    }
}
