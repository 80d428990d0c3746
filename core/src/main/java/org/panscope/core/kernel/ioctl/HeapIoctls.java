package org.panscope.core.kernel.ioctl;

import org.panscope.core.kernel.heap.HeapPool;
import org.panscope.core.kernel.heap.HeapPools;
import org.panscope.core.kernel.heap.HeapSpec;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.TilerHeapCreateArgs;
import org.panscope.core.uapi.TilerHeapDestroyArgs;

import java.nio.ByteBuffer;

/// TILER_HEAP_CREATE and TILER_HEAP_DESTROY.
///
/// kernel: panthor_drv.c, panthor_ioctl_tiler_heap_create, panthor_ioctl_tiler_heap_destroy
final class HeapIoctls {
    private static final int VM_SHIFT = 16;
    private static final int INDEX_MASK = 0xffff;

    private final PanthorFile file;

    HeapIoctls(PanthorFile file) {
        this.file = file;
    }

    int create(ByteBuffer args) {
        GpuVm vm = file.vms().get(args.getInt(TilerHeapCreateArgs.VM_ID));
        if (vm == null) {
            return Errno.EINVAL;
        }
        vm.get();
        int result = createIn(vm, args);
        vm.put();
        return result;
    }

    private int createIn(GpuVm vm, ByteBuffer args) {
        HeapPools pools = file.device().heaps();
        int result = pools.ensure(vm);
        if (result != 0) {
            return result;
        }
        HeapPool pool = pools.find(vm);
        if (pool == null) {
            return Errno.EINVAL;
        }
        HeapPool.Created heap =
                pool.create(
                        new HeapSpec(
                                args.getInt(TilerHeapCreateArgs.INITIAL_CHUNK_COUNT),
                                args.getInt(TilerHeapCreateArgs.CHUNK_SIZE),
                                args.getInt(TilerHeapCreateArgs.MAX_CHUNKS),
                                args.getInt(TilerHeapCreateArgs.TARGET_IN_FLIGHT)));
        if (heap.errno() == 0) {
            args.putInt(TilerHeapCreateArgs.HANDLE, vm.handle() << VM_SHIFT | heap.index());
            args.putLong(TilerHeapCreateArgs.TILER_HEAP_CTX_GPU_VA, heap.contextVa());
            args.putLong(TilerHeapCreateArgs.FIRST_HEAP_CHUNK_GPU_VA, heap.firstChunkVa());
        }
        return heap.errno();
    }

    int destroy(ByteBuffer args) {
        if (args.getInt(TilerHeapDestroyArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        int handle = args.getInt(TilerHeapDestroyArgs.HANDLE);
        GpuVm vm = file.vms().get(handle >>> VM_SHIFT);
        if (vm == null) {
            return Errno.EINVAL;
        }
        vm.get();
        HeapPool pool = file.device().heaps().find(vm);
        int result = pool == null ? Errno.ENOENT : pool.destroy(handle & INDEX_MASK);
        vm.put();
        return result;
    }
}
