package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.HandleTable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.mmu.PageTable;
import org.panscope.core.mem.BufferObject;
import org.panscope.core.uapi.BoCreateArgs;
import org.panscope.core.uapi.BoMmapOffsetArgs;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.VmCreateArgs;
import org.panscope.core.uapi.VmDestroyArgs;
import org.panscope.core.uapi.VmGetStateArgs;

import java.nio.ByteBuffer;

/// Address spaces and buffer objects; [VmBindIoctl] brings them together.
///
/// kernel: panthor_drv.c, panthor_mmu.c: panthor_vm_pool_create_vm
final class MemoryIoctls {
    private static final long MIN_KERNEL_RANGE = 256L << 20;
    private static final long LARGE_RANGE = 4L << 30;
    private static final int VA_BITS_MASK = 0xff;

    /// TASK_SIZE of a 64-bit process.
    private static final long TASK_SIZE = 1L << 48;

    /// ASSUMPTION: kernel.largest_object: no process of the emulated machine gets a larger object.
    private static final long MAX_BO_BYTES = 1L << 30;

    private final PanthorFile file;
    private final KernelContext kernel;

    MemoryIoctls(PanthorFile file) {
        this.file = file;
        kernel = file.kernel();
    }

    int vmCreate(ByteBuffer args) {
        long wanted = args.getLong(VmCreateArgs.USER_VA_RANGE);
        long all = vaRange();
        long userRange = userRange(wanted, all);
        if (args.getInt(VmCreateArgs.FLAGS) != 0
                || userRange == 0
                || Long.compareUnsigned(wanted, userRange) > 0) {
            return Errno.EINVAL;
        }
        long kernelStart = all - Long.highestOneBit(all - userRange);
        GpuVm vm = new GpuVm(kernel, file.device().addressSpaces(), kernelStart, all, false);
        int handle = file.vms().add(vm);
        if (handle == HandleTable.FULL) {
            vm.put();
            return Errno.EBUSY;
        }
        vm.published(handle, file.fileId());
        args.putInt(VmCreateArgs.ID, handle);
        args.putLong(VmCreateArgs.USER_VA_RANGE, kernelStart);
        return 0;
    }

    private long vaRange() {
        int bits = file.device().registers().read32(Regs.MMU_FEATURES) & VA_BITS_MASK;
        return 1L << Math.min(bits, PageTable.VA_BITS);
    }

    /// `panthor_vm_create_get_user_va_range`.
    private static long userRange(long wanted, long all) {
        if (all < MIN_KERNEL_RANGE) {
            return 0;
        }
        long most = all - MIN_KERNEL_RANGE;
        long range;
        if (wanted != 0) {
            range = wanted;
        } else if (TASK_SIZE < all) {
            range = TASK_SIZE;
        } else {
            range = all > LARGE_RANGE ? all / 2 : most;
        }
        return Long.compareUnsigned(most, range) < 0 ? most : range;
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

    int boCreate(ByteBuffer args) {
        long bytes = args.getLong(BoCreateArgs.BO_SIZE);
        int flags = args.getInt(BoCreateArgs.FLAGS);
        int vmHandle = args.getInt(BoCreateArgs.EXCLUSIVE_VM_ID);
        if (bytes == 0
                || args.getInt(BoCreateArgs.PAD) != 0
                || (flags & ~knownFlags()) != 0
                || flags == (BoCreateArgs.NO_MMAP | BoCreateArgs.WB_MMAP)) {
            return Errno.EINVAL;
        }
        GpuVm exclusive = vmHandle == 0 ? null : file.vms().get(vmHandle);
        if (vmHandle != 0 && exclusive == null) {
            return Errno.EINVAL;
        }
        if (Long.compareUnsigned(bytes, MAX_BO_BYTES) > 0
                || !kernel.memory().hasRoom(BufferObject.framesFor(bytes))) {
            return Errno.ENOMEM;
        }
        int room = file.device().shrinker().makeRoom(bytes);
        if (room != 0) {
            return room;
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
                kernel, "user BO of " + file.process(), bytes, flags, exclusive);
    }

    private int knownFlags() {
        return BoCreateArgs.NO_MMAP | (kernel.driver().isMainline2026() ? BoCreateArgs.WB_MMAP : 0);
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
