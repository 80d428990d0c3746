package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.drm.DmaResv;
import org.panscope.core.kernel.drm.DrmSchedJob;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.mmu.PageTable;
import org.panscope.core.kernel.mmu.VmBindJob;
import org.panscope.core.kernel.mmu.VmOp;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.ObjArray;
import org.panscope.core.uapi.SyncOp;
import org.panscope.core.uapi.VmBindArgs;
import org.panscope.core.uapi.VmBindOp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// VM_BIND: in the ioctl, up to the first operation that fails, or as jobs of the address space's
/// queue, all or none.
///
/// kernel: panthor_drv.c, panthor_ioctl_vm_bind_sync, panthor_ioctl_vm_bind_async; panthor_mmu.c,
/// panthor_vm_bind_prepare_op_ctx
final class VmBindIoctl {
    private static final long PAGE = PageTable.PAGE_BYTES;
    private static final int MAP_FLAGS =
            VmBindOp.MAP_READONLY | VmBindOp.MAP_NOEXEC | VmBindOp.MAP_UNCACHED;

    private final PanthorFile file;

    VmBindIoctl(PanthorFile file) {
        this.file = file;
    }

    /// An operation that was prepared, or why it was not.
    private record Prepared(int errno, @Nullable VmOp op) {
        static Prepared refused(int errno) {
            return new Prepared(errno, null);
        }

        /// @param op null when there was no memory
        static Prepared of(@Nullable VmOp op) {
            return new Prepared(op == null ? Errno.ENOMEM : 0, op);
        }
    }

    int bind(ByteBuffer args) {
        GpuVm vm = file.vms().get(args.getInt(VmBindArgs.VM_ID));
        if (vm == null) {
            return Errno.EINVAL;
        }
        vm.get();
        UserArray ops =
                new UserArray(
                        file.memory(), args, VmBindArgs.OPS, VmBindOp.SIZE, VmBindOp.MIN_SIZE);
        int result = ops.errno();
        if (result == 0) {
            boolean isAsync = (args.getInt(VmBindArgs.FLAGS) & VmBindArgs.ASYNC) != 0;
            result = isAsync ? submit(vm, ops.elements()) : bindNow(vm, ops.elements(), args);
        }
        vm.put();
        return result;
    }

    // ---- in the ioctl

    private int bindNow(GpuVm vm, List<ByteBuffer> ops, ByteBuffer args) {
        for (int i = 0; i < ops.size(); i++) {
            int result = bindOne(vm, ops.get(i));
            if (result != 0) {
                args.putInt(VmBindArgs.OPS + ObjArray.COUNT, i);
                return result;
            }
        }
        return 0;
    }

    /// `panthor_vm_bind_exec_sync_op`.
    private int bindOne(GpuVm vm, ByteBuffer op) {
        if (op.getInt(VmBindOp.SYNCS + ObjArray.COUNT) != 0) {
            return Errno.EINVAL;
        }
        if (op.getLong(VmBindOp.OP_SIZE) == 0) {
            return 0;
        }
        Prepared prepared = prepare(vm, op);
        VmOp ready = prepared.op();
        return ready == null ? prepared.errno() : vm.exec(ready);
    }

    // ---- queued

    private int submit(GpuVm vm, List<ByteBuffer> ops) {
        List<GemObject> objects = new ArrayList<>();
        SubmitContext context =
                new SubmitContext(
                        file,
                        SubmitReservations.of(
                                file.kernel(),
                                vm,
                                objects,
                                DmaResv.Usage.BOOKKEEP,
                                DmaResv.Usage.BOOKKEEP));
        int result = createJobs(vm, ops, context, objects);
        if (result == 0) {
            result = context.prepare();
        }
        if (result == 0) {
            context.push();
        } else {
            abandon(context.jobs());
        }
        return result;
    }

    private int createJobs(
            GpuVm vm, List<ByteBuffer> ops, SubmitContext context, List<GemObject> objects) {
        for (ByteBuffer op : ops) {
            if (vm.isDestroyed() || vm.isUnusable()) {
                return Errno.EINVAL;
            }
            Prepared prepared = prepare(vm, op);
            VmOp ready = prepared.op();
            if (ready == null) {
                return prepared.errno();
            }
            GemObject bo = ready.bo();
            if (bo != null) {
                objects.add(bo);
            }
            UserArray syncs =
                    new UserArray(file.memory(), op, VmBindOp.SYNCS, SyncOp.SIZE, SyncOp.MIN_SIZE);
            int result = context.add(vm.createBindJob(ready), syncs);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    private static void abandon(List<DrmSchedJob> jobs) {
        for (DrmSchedJob job : jobs) {
            if (job instanceof VmBindJob bind) {
                bind.abandon();
            }
        }
    }

    // ---- checks

    /// `panthor_vm_bind_prepare_op_ctx`.
    private Prepared prepare(GpuVm vm, ByteBuffer op) {
        long va = op.getLong(VmBindOp.VA);
        long bytes = op.getLong(VmBindOp.OP_SIZE);
        int flags = op.getInt(VmBindOp.FLAGS);
        if (((va | bytes) & (PAGE - 1)) != 0) {
            return Prepared.refused(Errno.EINVAL);
        }
        boolean isClean =
                (flags & ~VmBindOp.TYPE_MASK) == 0
                        && op.getInt(VmBindOp.BO_HANDLE) == 0
                        && op.getLong(VmBindOp.BO_OFFSET) == 0;
        return switch (flags & VmBindOp.TYPE_MASK) {
            case VmBindOp.TYPE_MAP -> prepareMap(vm, op, va, bytes, flags);
            case VmBindOp.TYPE_UNMAP ->
                    isClean
                            ? Prepared.of(vm.prepareUnmap(va, bytes))
                            : Prepared.refused(Errno.EINVAL);
            case VmBindOp.TYPE_SYNC_ONLY ->
                    isClean
                                    && va == 0
                                    && bytes == 0
                                    && op.getInt(VmBindOp.SYNCS + ObjArray.COUNT) != 0
                            ? Prepared.of(vm.prepareSyncOnly())
                            : Prepared.refused(Errno.EINVAL);
            default -> Prepared.refused(Errno.EINVAL);
        };
    }

    /// Drivers before v6.18 let an offset in the middle of a page through.
    private Prepared prepareMap(GpuVm vm, ByteBuffer op, long va, long bytes, int flags) {
        GemObject bo = file.objects().get(op.getInt(VmBindOp.BO_HANDLE));
        long offset = op.getLong(VmBindOp.BO_OFFSET);
        boolean isAligned = offset % PAGE == 0 || !file.kernel().driver().isMainline2026();
        if (bo == null || !isAligned || (flags & ~MAP_FLAGS) != 0) {
            return Prepared.refused(Errno.EINVAL);
        }
        boolean fits =
                Long.compareUnsigned(bytes, bo.sizeBytes()) <= 0
                        && Long.compareUnsigned(offset, bo.sizeBytes() - bytes) <= 0;
        boolean isAllowed = bo.exclusiveVm() == null || bo.exclusiveVm() == vm;
        if (!fits || !isAllowed) {
            return Prepared.refused(Errno.EINVAL);
        }
        Prepared prepared = Prepared.of(vm.prepareMap(va, bytes, bo, offset, flags));
        if (prepared.op() != null) {
            file.device().sched().evictions().mapped(vm, bo);
        }
        return prepared;
    }
}
