package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.HandleTable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.mmu.PageTable;
import org.panscope.core.kernel.mmu.VmMapping;
import org.panscope.core.uapi.BoCreateArgs;
import org.panscope.core.uapi.BoMmapOffsetArgs;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.ObjArray;
import org.panscope.core.uapi.VmBindArgs;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.core.uapi.VmCreateArgs;
import org.panscope.core.uapi.VmDestroyArgs;
import org.panscope.core.uapi.VmGetStateArgs;

import java.nio.ByteBuffer;

/// Address spaces and buffer objects.
///
/// Simplified: VM_BIND only works synchronously; an asynchronous one gets -ENOTTY and a warning.
///
/// kernel: panthor_drv.c, panthor_mmu.c: panthor_vm_pool_create_vm, panthor_vm_bind_exec_sync_op
final class MemoryIoctls {
    private static final long VA_RANGE = 1L << PageTable.VA_BITS;
    private static final long MIN_KERNEL_RANGE = 256L << 20;
    private static final long PAGE = PageTable.PAGE_BYTES;
    private static final int MAP_FLAGS =
            VmBindOp.MAP_READONLY | VmBindOp.MAP_NOEXEC | VmBindOp.MAP_UNCACHED;

    /// ASSUMPTION: kernel.largest_object: no process of the emulated machine gets a larger object.
    private static final long MAX_BO_BYTES = 1L << 30;

    private final PanthorFile file;
    private final KernelContext kernel;

    MemoryIoctls(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
    }

    int vmCreate(ByteBuffer args) {
        long userRange = args.getLong(VmCreateArgs.USER_VA_RANGE);
        if (args.getInt(VmCreateArgs.FLAGS) != 0
                || Long.compareUnsigned(userRange, VA_RANGE - MIN_KERNEL_RANGE) > 0) {
            return Errno.EINVAL;
        }
        long wanted = userRange == 0 ? VA_RANGE / 2 : userRange;
        long kernelStart = VA_RANGE - Long.highestOneBit(VA_RANGE - wanted);
        GpuVm vm = new GpuVm(kernel, file.device().addressSpaces(), kernelStart, VA_RANGE, false);
        int handle = file.vms().add(vm);
        if (handle == HandleTable.FULL) {
            return Errno.EBUSY;
        }
        vm.published(handle, file.fileId());
        args.putInt(VmCreateArgs.ID, handle);
        args.putLong(VmCreateArgs.USER_VA_RANGE, kernelStart);
        return 0;
    }

    int vmDestroy(ByteBuffer args) {
        if (args.getInt(VmDestroyArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        GpuVm vm = file.vms().remove(args.getInt(VmDestroyArgs.ID));
        if (vm == null) {
            return Errno.EINVAL;
        }
        vm.destroy();
        return 0;
    }

    int vmGetState(ByteBuffer args) {
        GpuVm vm = file.vms().get(args.getInt(VmGetStateArgs.VM_ID));
        if (vm == null) {
            return Errno.EINVAL;
        }
        args.putInt(VmGetStateArgs.STATE, vm.isUnusable() ? 1 : 0);
        return 0;
    }

    int vmBind(ByteBuffer args) {
        GpuVm vm = file.vms().get(args.getInt(VmBindArgs.VM_ID));
        if (vm == null) {
            return Errno.EINVAL;
        }
        if ((args.getInt(VmBindArgs.FLAGS) & VmBindArgs.ASYNC) != 0) {
            kernel.log("panthor_ioctl_vm_bind", "asynchronous VM_BIND is not modelled");
            return Errno.ENOTTY;
        }
        UserArray ops =
                new UserArray(
                        file.memory(), args, VmBindArgs.OPS, VmBindOp.SIZE, VmBindOp.MIN_SIZE);
        if (ops.errno() != 0) {
            return ops.errno();
        }
        for (int i = 0; i < ops.elements().size(); i++) {
            int result = bindOp(vm, ops.elements().get(i));
            if (result != 0) {
                args.putInt(VmBindArgs.OPS + ObjArray.COUNT, i);
                return result;
            }
        }
        return 0;
    }

    private int bindOp(GpuVm vm, ByteBuffer op) {
        long va = op.getLong(VmBindOp.VA);
        long bytes = op.getLong(VmBindOp.OP_SIZE);
        int flags = op.getInt(VmBindOp.FLAGS);
        if (op.getInt(VmBindOp.SYNCS + ObjArray.COUNT) != 0) {
            return Errno.EINVAL;
        }
        if (bytes == 0) {
            return 0;
        }
        if (((va | bytes) & (PAGE - 1)) != 0) {
            return Errno.EINVAL;
        }
        boolean inRange =
                Long.compareUnsigned(va, VA_RANGE) < 0
                        && Long.compareUnsigned(bytes, VA_RANGE - va) <= 0;
        if (!inRange) {
            return Errno.EINVAL;
        }
        return switch (flags & VmBindOp.TYPE_MASK) {
            case VmBindOp.TYPE_MAP -> map(vm, op, va, bytes, flags);
            case VmBindOp.TYPE_UNMAP -> unmap(vm, op, va, bytes, flags);
            default -> Errno.EINVAL;
        };
    }

    private int map(GpuVm vm, ByteBuffer op, long va, long bytes, int flags) {
        GemObject bo = file.objects().get(op.getInt(VmBindOp.BO_HANDLE));
        long offset = op.getLong(VmBindOp.BO_OFFSET);
        if (bo == null || (flags & ~MAP_FLAGS) != 0) {
            return Errno.EINVAL;
        }
        boolean fits =
                Long.compareUnsigned(bytes, bo.sizeBytes()) <= 0
                        && Long.compareUnsigned(offset, bo.sizeBytes() - bytes) <= 0;
        boolean allowed = bo.exclusiveVm() == null || bo.exclusiveVm() == vm;
        if (!fits || !allowed || offset % PAGE != 0) {
            return Errno.EINVAL;
        }
        return vm.map(new VmMapping(va, bytes, bo, offset, flags));
    }

    private static int unmap(GpuVm vm, ByteBuffer op, long va, long bytes, int flags) {
        boolean clean =
                (flags & ~VmBindOp.TYPE_MASK) == 0
                        && op.getInt(VmBindOp.BO_HANDLE) == 0
                        && op.getLong(VmBindOp.BO_OFFSET) == 0;
        if (!clean) {
            return Errno.EINVAL;
        }
        vm.unmap(va, bytes);
        return 0;
    }

    int boCreate(ByteBuffer args) {
        long bytes = args.getLong(BoCreateArgs.BO_SIZE);
        int flags = args.getInt(BoCreateArgs.FLAGS);
        int vmHandle = args.getInt(BoCreateArgs.EXCLUSIVE_VM_ID);
        if (bytes == 0
                || args.getInt(BoCreateArgs.PAD) != 0
                || (flags & ~BoCreateArgs.NO_MMAP) != 0) {
            return Errno.EINVAL;
        }
        GpuVm exclusive = vmHandle == 0 ? null : file.vms().get(vmHandle);
        if (vmHandle != 0 && exclusive == null) {
            return Errno.EINVAL;
        }
        if (Long.compareUnsigned(bytes, MAX_BO_BYTES) > 0) {
            return Errno.ENOMEM;
        }
        GemObject bo = newObject(bytes, flags, exclusive);
        int handle = file.objects().add(bo);
        bo.published(file.fileId(), handle);
        args.putLong(BoCreateArgs.BO_SIZE, bo.sizeBytes());
        args.putInt(BoCreateArgs.HANDLE, handle);
        return 0;
    }

    private GemObject newObject(long bytes, int flags, @Nullable GpuVm exclusive) {
        kernel.spend(kernel.timings().bufferNs());
        return GemObject.userObject(
                kernel,
                "user BO of " + file.process(),
                bytes,
                (flags & BoCreateArgs.NO_MMAP) != 0,
                exclusive);
    }

    int boMmapOffset(ByteBuffer args) {
        if (args.getInt(BoMmapOffsetArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        GemObject bo = file.objects().get(args.getInt(BoMmapOffsetArgs.HANDLE));
        if (bo == null) {
            return Errno.ENOENT;
        }
        if (bo.isNoMmap()) {
            return Errno.EPERM;
        }
        args.putLong(
                BoMmapOffsetArgs.OFFSET, file.device().mmapSpace().offsetOf(bo, file.fileId()));
        return 0;
    }
}
