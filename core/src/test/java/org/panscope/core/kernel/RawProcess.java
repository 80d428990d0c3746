package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.panscope.core.kernel.base.DriverChoice;
import org.panscope.core.kernel.base.DriverConfig;
import org.panscope.core.kernel.base.DriverProfile;
import org.panscope.core.kernel.base.KernelTimings;
import org.panscope.core.kernel.base.UapiDialect;
import org.panscope.core.uapi.BoCreateArgs;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.GroupCreateArgs;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.ObjArray;
import org.panscope.core.uapi.QueueCreateArgs;
import org.panscope.core.uapi.SyncOp;
import org.panscope.core.uapi.SyncobjCreateArgs;
import org.panscope.core.uapi.UserMemory;
import org.panscope.core.uapi.VmBindArgs;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.core.uapi.VmCreateArgs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/// A process that makes ioctls with argument structs of its own making, in a machine whose main
/// invariant is checked.
final class RawProcess {
    /// The driver of 2026 with the numbers of its own header.
    static final KernelParameters MAINLINE =
            new KernelParameters(
                    KernelTimings.defaults(),
                    Changed.copy(
                            DriverConfig.AS_POSTED,
                            "choice",
                            new DriverChoice(DriverProfile.MAINLINE_2026, UapiDialect.MAINLINE)));

    private static final int RING_BYTES = 4096;

    final Machine machine;
    final DeviceFile file;
    final UserMemory memory;

    private RawProcess(Machine machine, DeviceFile file, UserMemory memory) {
        this.machine = machine;
        this.file = file;
        this.memory = memory;
    }

    /// Lets a process do something, then runs the machine until it has nothing left to do.
    static Machine run(Consumer<RawProcess> body) {
        return run(new Machine(), body);
    }

    static Machine run(Machine machine, Consumer<RawProcess> body) {
        boolean[] done = new boolean[1];
        start(
                machine,
                "tester",
                0,
                raw -> {
                    body.accept(raw);
                    done[0] = true;
                });
        machine.sim.run(machine.sim.nowNs() + 20_000 * Machine.MS);
        assertTrue(done[0], "the process did not come to its end");
        return machine;
    }

    /// One of several processes of a machine.
    static void start(Machine machine, String name, long delayNs, Consumer<RawProcess> body) {
        machine.process(name)
                .start(
                        delayNs,
                        () -> {
                            UserMemory memory = new UserMemory();
                            body.accept(
                                    new RawProcess(
                                            machine, machine.device.open(name, memory), memory));
                        });
    }

    int call(Ioctl ioctl, ByteBuffer args) {
        return call(ioctl.request(), args);
    }

    int call(int request, ByteBuffer args) {
        byte[] bytes = new byte[args.capacity()];
        args.get(0, bytes);
        int ret = file.ioctl(request, bytes);
        args.put(0, bytes);
        return ret;
    }

    static ByteBuffer args(Ioctl ioctl) {
        return UserMemory.struct(ioctl.size());
    }

    /// Puts elements into memory and describes them in a struct.
    void array(ByteBuffer args, int at, int stride, List<ByteBuffer> elements) {
        ByteBuffer all = UserMemory.struct(stride * elements.size());
        for (int i = 0; i < elements.size(); i++) {
            all.put(i * stride, elements.get(i), 0, elements.get(i).capacity());
        }
        args.putInt(at + ObjArray.STRIDE, stride);
        args.putInt(at + ObjArray.COUNT, elements.size());
        args.putLong(at + ObjArray.ARRAY, memory.place(bytes(all)));
    }

    long u32s(int... values) {
        ByteBuffer all = UserMemory.struct(values.length * Integer.BYTES);
        for (int value : values) {
            all.putInt(value);
        }
        return memory.place(bytes(all));
    }

    long u64s(long... values) {
        ByteBuffer all = UserMemory.struct(values.length * Long.BYTES);
        for (long value : values) {
            all.putLong(value);
        }
        return memory.place(bytes(all));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    ByteBuffer read(long va, int bytes) {
        byte[] read = memory.read(va, bytes);
        assertNotNull(read);
        return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
    }

    // ---- objects

    int vm() {
        ByteBuffer args = args(Ioctl.VM_CREATE);
        assertEquals(0, call(Ioctl.VM_CREATE, args));
        return args.getInt(VmCreateArgs.ID);
    }

    int bo(long bytes) {
        return bo(bytes, 0, 0);
    }

    int bo(long bytes, int flags, int exclusiveVm) {
        ByteBuffer args = args(Ioctl.BO_CREATE);
        args.putLong(BoCreateArgs.BO_SIZE, bytes).putInt(BoCreateArgs.FLAGS, flags);
        args.putInt(BoCreateArgs.EXCLUSIVE_VM_ID, exclusiveVm);
        assertEquals(0, call(Ioctl.BO_CREATE, args));
        return args.getInt(BoCreateArgs.HANDLE);
    }

    int syncobj() {
        return syncobj(0);
    }

    int syncobj(int flags) {
        ByteBuffer args = args(Ioctl.SYNCOBJ_CREATE).putInt(SyncobjCreateArgs.FLAGS, flags);
        assertEquals(0, call(Ioctl.SYNCOBJ_CREATE, args));
        return args.getInt(SyncobjCreateArgs.HANDLE);
    }

    /// A kernel-submit group with some queues.
    int group(int vm, int queues) {
        ByteBuffer queue = UserMemory.struct(QueueCreateArgs.SIZE);
        queue.putInt(QueueCreateArgs.RINGBUF_SIZE, RING_BYTES);
        ByteBuffer args = args(Ioctl.GROUP_CREATE);
        array(
                args,
                GroupCreateArgs.QUEUES,
                QueueCreateArgs.SIZE,
                Collections.nCopies(queues, queue));
        args.put(GroupCreateArgs.PRIORITY, (byte) 1).putInt(GroupCreateArgs.VM_ID, vm);
        args.put(GroupCreateArgs.MAX_COMPUTE_CORES, (byte) 1);
        args.putLong(GroupCreateArgs.COMPUTE_CORE_MASK, 1);
        assertEquals(0, call(Ioctl.GROUP_CREATE, args));
        return args.getInt(GroupCreateArgs.GROUP_HANDLE);
    }

    // ---- structs

    static ByteBuffer waitOp(int syncobj, long point) {
        return syncOp(0, syncobj, point);
    }

    static ByteBuffer signalOp(int syncobj, long point) {
        return syncOp(SyncOp.SIGNAL, syncobj, point);
    }

    private static ByteBuffer syncOp(int flags, int syncobj, long point) {
        int type = point == 0 ? 0 : SyncOp.HANDLE_TYPE_TIMELINE_SYNCOBJ;
        return UserMemory.struct(SyncOp.SIZE)
                .putInt(SyncOp.FLAGS, flags | type)
                .putInt(SyncOp.HANDLE, syncobj)
                .putLong(SyncOp.TIMELINE_VALUE, point);
    }

    ByteBuffer map(int bo, long boOffset, long va, long bytes, ByteBuffer... syncs) {
        ByteBuffer op = UserMemory.struct(VmBindOp.SIZE);
        op.putInt(VmBindOp.BO_HANDLE, bo).putLong(VmBindOp.BO_OFFSET, boOffset);
        op.putLong(VmBindOp.VA, va).putLong(VmBindOp.OP_SIZE, bytes);
        return withSyncs(op, syncs);
    }

    ByteBuffer unmap(long va, long bytes, ByteBuffer... syncs) {
        ByteBuffer op = UserMemory.struct(VmBindOp.SIZE);
        op.putInt(VmBindOp.FLAGS, VmBindOp.TYPE_UNMAP);
        op.putLong(VmBindOp.VA, va).putLong(VmBindOp.OP_SIZE, bytes);
        return withSyncs(op, syncs);
    }

    ByteBuffer syncOnly(ByteBuffer... syncs) {
        ByteBuffer op = UserMemory.struct(VmBindOp.SIZE);
        op.putInt(VmBindOp.FLAGS, VmBindOp.TYPE_SYNC_ONLY);
        return withSyncs(op, syncs);
    }

    private ByteBuffer withSyncs(ByteBuffer op, ByteBuffer... syncs) {
        if (syncs.length > 0) {
            array(op, VmBindOp.SYNCS, SyncOp.SIZE, List.of(syncs));
        }
        return op;
    }

    ByteBuffer bindArgs(int vm, boolean async, ByteBuffer... ops) {
        ByteBuffer args = args(Ioctl.VM_BIND).putInt(VmBindArgs.VM_ID, vm);
        args.putInt(VmBindArgs.FLAGS, async ? VmBindArgs.ASYNC : 0);
        array(args, VmBindArgs.OPS, VmBindOp.SIZE, List.of(ops));
        return args;
    }

    int bind(int vm, ByteBuffer... ops) {
        return call(Ioctl.VM_BIND, bindArgs(vm, false, ops));
    }

    int bindAsync(int vm, ByteBuffer... ops) {
        return call(Ioctl.VM_BIND, bindArgs(vm, true, ops));
    }
}
