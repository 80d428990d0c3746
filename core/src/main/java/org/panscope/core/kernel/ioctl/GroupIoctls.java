package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
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
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.KernelEvent.WarnKind;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// GROUP_CREATE, _DESTROY, _GET_STATE and the RFC's GROUP_KICK.
///
/// Simplified: every process may use priorities HIGH and REALTIME; queue arguments are checked
/// before anything is allocated.
///
/// kernel: panthor_drv.c, panthor_sched.c: panthor_group_create; RFC patches 2/8 and 4/8
final class GroupIoctls {
    private static final int MAX_QUEUES = 32;
    private static final int MAX_PRIORITY = 3;
    private static final int MAX_QUEUE_PRIORITY = 15;
    private static final long MIN_RING = 4096;
    private static final long MAX_RING = 65536;

    private final PanthorFile file;
    private final KernelContext kernel;

    GroupIoctls(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
    }

    int create(ByteBuffer args) {
        int count = args.getInt(GroupCreateArgs.QUEUES + ObjArray.COUNT);
        if (count == 0 || Integer.compareUnsigned(count, MAX_QUEUES) > 0) {
            return Errno.EINVAL;
        }
        UserArray queues =
                new UserArray(
                        file.memory(),
                        args,
                        GroupCreateArgs.QUEUES,
                        QueueCreateArgs.SIZE,
                        QueueCreateArgs.MIN_SIZE);
        if (queues.errno() != 0) {
            return queues.errno();
        }
        GpuVm vm = file.vms().get(args.getInt(GroupCreateArgs.VM_ID));
        if (!isValid(args)
                || vm == null
                || !queues.elements().stream().allMatch(this::isValidQueue)) {
            return Errno.EINVAL;
        }
        if (count > file.device().firmware().csCount()) {
            kernel.log(
                    "panthor_group_create",
                    "queues=" + count + " exceed the firmware's streams; not modelled");
            return Errno.EINVAL;
        }
        boolean userSubmit =
                (args.getInt(GroupCreateArgs.FLAGS) & GroupCreateArgs.USER_SUBMIT) != 0;
        int fd = args.getInt(GroupCreateArgs.EVENTFD_SYNC_UPDATE);
        EventFdContext eventfd = userSubmit && fd >= 0 ? file.eventfdAt(fd) : null;
        if (userSubmit && fd >= 0 && eventfd == null) {
            return badEventfd(fd);
        }
        GroupSpec spec = spec(args, vm, userSubmit, eventfd, queues.elements());
        int handle = file.device().groupFactory().create(spec, file.groups());
        if (handle < 0) {
            return handle;
        }
        return finish(args, handle, userSubmit, queues);
    }

    private boolean isValid(ByteBuffer args) {
        Registers registers = file.device().registers();
        long shaders = registers.read64(Regs.SHADER_PRESENT);
        long tilers = registers.read64(Regs.TILER_PRESENT);
        long compute = args.getLong(GroupCreateArgs.COMPUTE_CORE_MASK);
        long fragment = args.getLong(GroupCreateArgs.FRAGMENT_CORE_MASK);
        long tiler = args.getLong(GroupCreateArgs.TILER_CORE_MASK);
        return (args.get(GroupCreateArgs.PRIORITY) & 0xff) <= MAX_PRIORITY
                && (args.getInt(GroupCreateArgs.FLAGS) & ~GroupCreateArgs.USER_SUBMIT) == 0
                && ((compute | fragment) & ~shaders) == 0
                && (tiler & ~tilers) == 0
                && Long.bitCount(compute) >= u8(args, GroupCreateArgs.MAX_COMPUTE_CORES)
                && Long.bitCount(fragment) >= u8(args, GroupCreateArgs.MAX_FRAGMENT_CORES)
                && Long.bitCount(tiler) >= u8(args, GroupCreateArgs.MAX_TILER_CORES);
    }

    private boolean isValidQueue(ByteBuffer queue) {
        int padAndPriority = queue.getInt(QueueCreateArgs.PRIORITY);
        long ring = queue.getInt(QueueCreateArgs.RINGBUF_SIZE) & 0xffff_ffffL;
        return padAndPriority >>> 8 == 0
                && padAndPriority <= MAX_QUEUE_PRIORITY
                && ring >= MIN_RING
                && ring <= MAX_RING
                && Long.bitCount(ring) == 1
                && queue.getLong(QueueCreateArgs.RINGBUF_OFFSET) == 0
                && queue.getLong(QueueCreateArgs.USER_IO_OFFSET) == 0
                && queue.getLong(QueueCreateArgs.DOORBELL_OFFSET) == 0;
    }

    /// As posted, the error pointer is stored and later handed to `eventfd_ctx_put`.
    private int badEventfd(int fd) {
        kernel.sim()
                .emit(
                        file.track(),
                        new KernelEvent.Warn(
                                WarnKind.OOPS,
                                "group_release_work",
                                "eventfd_ctx_put of an error pointer, fd=" + fd));
        return file.hasFd(fd) ? Errno.EINVAL : Errno.EBADF;
    }

    private GroupSpec spec(
            ByteBuffer args,
            GpuVm vm,
            boolean userSubmit,
            @Nullable EventFdContext eventfd,
            List<ByteBuffer> queues) {
        List<GroupSpec.QueueSpec> queueSpecs = new ArrayList<>();
        for (ByteBuffer queue : queues) {
            queueSpecs.add(
                    new GroupSpec.QueueSpec(
                            queue.get(QueueCreateArgs.PRIORITY),
                            queue.getInt(QueueCreateArgs.RINGBUF_SIZE)));
        }
        return new GroupSpec(
                file.owner(),
                vm,
                userSubmit,
                eventfd,
                u8(args, GroupCreateArgs.PRIORITY),
                new GroupSpec.Cores(
                        args.getLong(GroupCreateArgs.COMPUTE_CORE_MASK),
                        args.getLong(GroupCreateArgs.FRAGMENT_CORE_MASK),
                        args.getLong(GroupCreateArgs.TILER_CORE_MASK),
                        u8(args, GroupCreateArgs.MAX_COMPUTE_CORES),
                        u8(args, GroupCreateArgs.MAX_FRAGMENT_CORES),
                        u8(args, GroupCreateArgs.MAX_TILER_CORES)),
                queueSpecs);
    }

    /// The group exists by now, also when the array cannot be written back.
    private int finish(ByteBuffer args, int handle, boolean userSubmit, UserArray queues) {
        args.putInt(GroupCreateArgs.GROUP_HANDLE, handle);
        Group group = file.groups().get(handle);
        if (group == null) {
            return 0;
        }
        if (userSubmit) {
            for (Queue queue : group.queues()) {
                ByteBuffer element = queues.elements().get(queue.index());
                Long ring = queue.ringOffset();
                Long userIo = queue.userIoOffset();
                if (ring != null && userIo != null) {
                    element.putLong(QueueCreateArgs.RINGBUF_OFFSET, ring);
                    element.putLong(QueueCreateArgs.USER_IO_OFFSET, userIo);
                }
                element.putLong(QueueCreateArgs.DOORBELL_OFFSET, MmapSpace.doorbellOffset(handle));
            }
        }
        int result = queues.writeBack();
        file.device().groupFactory().returned(group);
        return result;
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
        Group group = file.groups().get(args.getInt(GroupGetStateArgs.GROUP_HANDLE));
        if (args.getInt(GroupGetStateArgs.PAD) != 0 || group == null) {
            return Errno.EINVAL;
        }
        int state = group.isTimedOut() ? GroupGetStateArgs.TIMEDOUT : 0;
        state |= group.fatalQueues() != 0 ? GroupGetStateArgs.FATAL_FAULT : 0;
        if (group.isInnocent() && kernel.driver().isMainline2026()) {
            state |= GroupGetStateArgs.INNOCENT;
        }
        args.putInt(GroupGetStateArgs.STATE, state);
        args.putInt(GroupGetStateArgs.FATAL_QUEUES, group.fatalQueues());
        return 0;
    }

    private static int u8(ByteBuffer args, int at) {
        return args.get(at) & 0xff;
    }
}
