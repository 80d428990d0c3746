package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.panscope.core.kernel.ioctl.MmapSpace;
import org.panscope.core.uapi.BoCreateArgs;
import org.panscope.core.uapi.BoMmapOffsetArgs;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.GroupCreateArgs;
import org.panscope.core.uapi.GroupKickArgs;
import org.panscope.core.uapi.GroupSubmitArgs;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.Mapping;
import org.panscope.core.uapi.ObjArray;
import org.panscope.core.uapi.QueueCreateArgs;
import org.panscope.core.uapi.SyncUpdateArgs;
import org.panscope.core.uapi.SyncobjWaitArgs;
import org.panscope.core.uapi.UserMemory;
import org.panscope.core.uapi.VmBindArgs;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.core.uapi.VmCreateArgs;
import org.panscope.core.uapi.XgsQueueCreateArgs;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.function.Consumer;

/// The validation tables of the uAPI, on raw argument structs.
class IoctlErrnoTest {
    private static final int RINGBUF_BYTES = 4096;

    private final Machine machine = new Machine();
    private final UserMemory memory = new UserMemory();

    /// Lets a process use the device, then runs the machine.
    private void run(Consumer<DeviceFile> process) {
        machine.process("tester")
                .start(0, () -> process.accept(machine.device.open("tester", memory)));
        machine.sim.run(20 * Machine.MS);
    }

    private static int call(DeviceFile file, Ioctl ioctl, ByteBuffer args) {
        byte[] bytes = new byte[args.capacity()];
        args.get(0, bytes);
        int ret = file.ioctl(ioctl.request(), bytes);
        args.put(0, bytes);
        return ret;
    }

    private static ByteBuffer args(Ioctl ioctl) {
        return UserMemory.struct(ioctl.size());
    }

    private static int vm(DeviceFile file) {
        ByteBuffer args = args(Ioctl.VM_CREATE);
        assertEquals(0, call(file, Ioctl.VM_CREATE, args));
        return args.getInt(VmCreateArgs.ID);
    }

    private static int bo(DeviceFile file, long bytes, int flags) {
        ByteBuffer args = args(Ioctl.BO_CREATE);
        args.putLong(BoCreateArgs.BO_SIZE, bytes).putInt(BoCreateArgs.FLAGS, flags);
        assertEquals(0, call(file, Ioctl.BO_CREATE, args));
        return args.getInt(BoCreateArgs.HANDLE);
    }

    private ByteBuffer group(int vm, Consumer<ByteBuffer> queueChange) {
        ByteBuffer queue = UserMemory.struct(QueueCreateArgs.SIZE);
        queue.putInt(QueueCreateArgs.RINGBUF_SIZE, RINGBUF_BYTES);
        queueChange.accept(queue);
        byte[] bytes = new byte[QueueCreateArgs.SIZE];
        queue.get(0, bytes);
        ByteBuffer args = args(Ioctl.GROUP_CREATE);
        args.putInt(GroupCreateArgs.QUEUES + ObjArray.STRIDE, QueueCreateArgs.SIZE);
        args.putInt(GroupCreateArgs.QUEUES + ObjArray.COUNT, 1);
        args.putLong(GroupCreateArgs.QUEUES + ObjArray.ARRAY, memory.place(bytes));
        args.put(GroupCreateArgs.PRIORITY, (byte) 1);
        args.putInt(GroupCreateArgs.FLAGS, GroupCreateArgs.USER_SUBMIT);
        args.putInt(GroupCreateArgs.VM_ID, vm);
        args.putInt(GroupCreateArgs.EVENTFD_SYNC_UPDATE, -1);
        return args;
    }

    private void groupRefused(int errno, Consumer<ByteBuffer> change) {
        run(file -> {
            ByteBuffer args = group(vm(file), queue -> {});
            change.accept(args);
            assertEquals(errno, call(file, Ioctl.GROUP_CREATE, args));
        });
    }

    private void queueRefused(Consumer<ByteBuffer> change) {
        run(file ->
                assertEquals(
                        Errno.EINVAL, call(file, Ioctl.GROUP_CREATE, group(vm(file), change))));
    }

    @Test
    void groupCreateRefusesWhatTheTableSays() {
        groupRefused(Errno.EINVAL, a -> a.putInt(GroupCreateArgs.QUEUES + ObjArray.COUNT, 0));
        groupRefused(Errno.EINVAL, a -> a.putInt(GroupCreateArgs.QUEUES + ObjArray.STRIDE, 7));
        groupRefused(Errno.EFAULT, a -> a.putLong(GroupCreateArgs.QUEUES + ObjArray.ARRAY, 16));
        groupRefused(Errno.EINVAL, a -> a.putInt(GroupCreateArgs.FLAGS, 2));
        groupRefused(Errno.EINVAL, a -> a.put(GroupCreateArgs.PRIORITY, (byte) 4));
        groupRefused(Errno.EINVAL, a -> a.putLong(GroupCreateArgs.COMPUTE_CORE_MASK, 2));
        groupRefused(Errno.EINVAL, a -> a.put(GroupCreateArgs.MAX_COMPUTE_CORES, (byte) 1));
        groupRefused(Errno.EINVAL, a -> a.putInt(GroupCreateArgs.VM_ID, 9));
        groupRefused(Errno.EBADF, a -> a.putInt(GroupCreateArgs.EVENTFD_SYNC_UPDATE, 77));
        groupRefused(Errno.EINVAL, a -> a.putInt(GroupCreateArgs.EVENTFD_SYNC_UPDATE, 0));
    }

    @Test
    void groupCreateRefusesBadQueues() {
        queueRefused(q -> q.put(QueueCreateArgs.PRIORITY, (byte) 16));
        queueRefused(q -> q.put(QueueCreateArgs.PAD, (byte) 1));
        queueRefused(q -> q.putInt(QueueCreateArgs.RINGBUF_SIZE, 2048));
        queueRefused(q -> q.putInt(QueueCreateArgs.RINGBUF_SIZE, 131072));
        queueRefused(q -> q.putInt(QueueCreateArgs.RINGBUF_SIZE, 12288));
        queueRefused(q -> q.putLong(QueueCreateArgs.DOORBELL_OFFSET, 1));
    }

    @Test
    void aStructOfTheOldSizeIsAcceptedAndTheOffsetsAreWrittenBack() {
        run(file -> {
            ByteBuffer args = group(vm(file), queue -> {});
            args.putInt(GroupCreateArgs.FLAGS, 0);
            byte[] old = new byte[GroupCreateArgs.BASE_SIZE];
            args.get(0, old);
            assertEquals(0, file.ioctl(0xc038_6447, old));
            ByteBuffer user = group(vm(file), queue -> {});
            assertEquals(0, call(file, Ioctl.GROUP_CREATE, user));
            assertEquals(2, user.getInt(GroupCreateArgs.GROUP_HANDLE));
            byte[] queue =
                    memory.read(
                            user.getLong(GroupCreateArgs.QUEUES + ObjArray.ARRAY),
                            QueueCreateArgs.SIZE);
            ByteBuffer back = UserMemory.struct(QueueCreateArgs.SIZE);
            back.put(0, queue == null ? new byte[0] : queue);
            assertEquals(0x0100_0400_0001_0000L, back.getLong(QueueCreateArgs.DOORBELL_OFFSET));
        });
    }

    @Test
    void memoryIoctlsRefuseWhatTheTableSays() {
        run(file -> {
            ByteBuffer vmArgs = args(Ioctl.VM_CREATE).putInt(VmCreateArgs.FLAGS, 1);
            assertEquals(Errno.EINVAL, call(file, Ioctl.VM_CREATE, vmArgs));
            ByteBuffer large =
                    args(Ioctl.VM_CREATE).putLong(VmCreateArgs.USER_VA_RANGE, (1L << 48) - 4096);
            assertEquals(Errno.EINVAL, call(file, Ioctl.VM_CREATE, large));
            assertEquals(Errno.EINVAL, call(file, Ioctl.VM_DESTROY, args(Ioctl.VM_DESTROY)));
            assertEquals(Errno.EINVAL, call(file, Ioctl.BO_CREATE, args(Ioctl.BO_CREATE)));
            assertEquals(Errno.ENOENT, offset(file, 5));
            assertEquals(Errno.EPERM, offset(file, bo(file, 1, BoCreateArgs.NO_MMAP)));
        });
    }

    private static int offset(DeviceFile file, int handle) {
        ByteBuffer args = args(Ioctl.BO_MMAP_OFFSET).putInt(BoMmapOffsetArgs.HANDLE, handle);
        return call(file, Ioctl.BO_MMAP_OFFSET, args);
    }

    @Test
    void vmBindChecksAlignmentRangeAndType() {
        run(file -> {
            int vm = vm(file);
            int bo = bo(file, 8192, 0);
            assertEquals(0, bind(file, vm, 0, bo, 0, 0x1000, 8192));
            assertEquals(0, bind(file, vm, 0, 99, 0, 0x1000, 0));
            assertEquals(Errno.EINVAL, bind(file, vm, 0, bo, 0, 0x1800, 4096));
            assertEquals(Errno.EINVAL, bind(file, vm, 0, bo, 8192, 0x1000, 4096));
            assertEquals(Errno.EINVAL, bind(file, vm, 0, bo, 0, 0x1000, 12288));
            assertEquals(Errno.EINVAL, bind(file, vm, 8, bo, 0, 0x1000, 4096));
            assertEquals(Errno.EINVAL, bind(file, vm, 0, 99, 0, 0x1000, 4096));
            assertEquals(Errno.EINVAL, bind(file, vm, VmBindOp.TYPE_UNMAP, bo, 0, 0x1000, 4096));
            assertEquals(0, bind(file, vm, VmBindOp.TYPE_UNMAP, 0, 0, 0x1000, 8192));
            assertEquals(Errno.EINVAL, bind(file, vm, VmBindOp.TYPE_SYNC_ONLY, 0, 0, 0, 4096));
            assertEquals(Errno.EINVAL, bind(file, 7, 0, bo, 0, 0x1000, 4096));
        });
    }

    private int bind(
            DeviceFile file, int vm, int flags, int bo, long boOffset, long va, long bytes) {
        ByteBuffer op = UserMemory.struct(VmBindOp.SIZE);
        op.putInt(VmBindOp.FLAGS, flags).putInt(VmBindOp.BO_HANDLE, bo);
        op.putLong(VmBindOp.BO_OFFSET, boOffset).putLong(VmBindOp.VA, va);
        op.putLong(VmBindOp.OP_SIZE, bytes);
        byte[] raw = new byte[VmBindOp.SIZE];
        op.get(0, raw);
        ByteBuffer args = args(Ioctl.VM_BIND).putInt(VmBindArgs.VM_ID, vm);
        args.putInt(VmBindArgs.OPS + ObjArray.STRIDE, VmBindOp.SIZE);
        args.putInt(VmBindArgs.OPS + ObjArray.COUNT, 1);
        args.putLong(VmBindArgs.OPS + ObjArray.ARRAY, memory.place(raw));
        return call(file, Ioctl.VM_BIND, args);
    }

    @Test
    void kickNeverFailsAndItsBytesAreThoseOfTheHeader() {
        run(file -> {
            byte[] kick = HexFormat.of().parseHex("0100000001000000");
            ByteBuffer args = args(Ioctl.GROUP_KICK);
            args.putInt(GroupKickArgs.HANDLE, 1).putInt(GroupKickArgs.QUEUE_MASK, 1);
            assertEquals(ByteBuffer.wrap(kick), args.rewind());
            assertEquals(0, file.ioctl(Ioctl.GROUP_KICK.request(), kick));
        });
    }

    @Test
    void otherIoctlsAnswerAsTheTableSays() {
        run(file -> {
            assertEquals(Errno.EINVAL, file.ioctl(0xc010_647f, new byte[16]));
            assertEquals(Errno.ENOTTY, file.ioctl(0xc010_657f, new byte[16]));
            ByteBuffer submit = args(Ioctl.GROUP_SUBMIT).putInt(GroupSubmitArgs.PAD, 1);
            assertEquals(Errno.EINVAL, call(file, Ioctl.GROUP_SUBMIT, submit));
            assertEquals(0, call(file, Ioctl.GROUP_SUBMIT, args(Ioctl.GROUP_SUBMIT)));
            ByteBuffer update = args(Ioctl.SYNC_UPDATE).putLong(SyncUpdateArgs.PAD, 1);
            assertEquals(Errno.EINVAL, call(file, Ioctl.SYNC_UPDATE, update));
            assertEquals(0, call(file, Ioctl.SYNC_UPDATE, args(Ioctl.SYNC_UPDATE)));
            ByteBuffer xgs = args(Ioctl.XGS_QUEUE_CREATE);
            xgs.putInt(XgsQueueCreateArgs.VM_ID, vm(file));
            xgs.putInt(XgsQueueCreateArgs.EVENTFD_SYNC_UPDATE, -1);
            assertEquals(0, call(file, Ioctl.XGS_QUEUE_CREATE, xgs));
            assertEquals("01000000ffffffff0100000000000000", HexFormat.of().formatHex(bytes(xgs)));
            ByteBuffer wait = args(Ioctl.SYNCOBJ_WAIT);
            wait.putInt(SyncobjWaitArgs.COUNT_HANDLES, 1);
            wait.putLong(SyncobjWaitArgs.HANDLES, memory.place(new byte[] {9, 0, 0, 0}));
            assertEquals(Errno.ENOENT, call(file, Ioctl.SYNCOBJ_WAIT, wait));
        });
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    @Test
    void doorbellsAreMappedWriteOnlyOnePageAtTheOffsetOfTheHandle() {
        assertEquals(0x0100_0400_0000_0000L, MmapSpace.doorbellOffset(1));
        assertEquals(0x0100_0400_0002_0000L, MmapSpace.doorbellOffset(3));
        assertEquals(0x0100_0400_0080_0000L, MmapSpace.DOORBELLS_END);
        run(file -> {
            long at = MmapSpace.doorbellOffset(1);
            assertEquals(0, file.mmap(at, 4096, Mapping.WRITE).errno());
            assertEquals(Errno.EINVAL, file.mmap(at, 8192, Mapping.WRITE).errno());
            assertEquals(Errno.EINVAL, file.mmap(at, 4096, Mapping.READ | Mapping.WRITE).errno());
        });
    }
}
