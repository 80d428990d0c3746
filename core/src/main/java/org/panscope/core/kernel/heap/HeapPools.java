package org.panscope.core.kernel.heap;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.sim.SimLock;
import org.panscope.core.uapi.Errno;

import java.util.TreeMap;

/// The heap pools of all address spaces: what `vm->heaps` is in the driver. A pool comes with the
/// first heap somebody asks for and goes with its address space.
///
/// kernel: panthor_mmu.c, panthor_vm_get_heap_pool, panthor_vm_destroy
public final class HeapPools {
    private static final int CONTEXT_BYTES = 32;

    /// ASSUMPTION: kernel.largest_cache_line: no GPU has larger ones.
    private static final int LARGEST_LINE_SHIFT = 12;

    private final KernelContext kernel;
    private final Registers registers;
    private final TreeMap<Integer, VmHeaps> byVm = new TreeMap<>();

    public HeapPools(KernelContext kernel, Registers registers) {
        this.kernel = kernel;
        this.registers = registers;
    }

    /// The pool of an address space and the lock that guards it.
    private static final class VmHeaps {
        private final SimLock lock;
        private @Nullable HeapPool pool;

        VmHeaps(SimLock lock) {
            this.lock = lock;
        }
    }

    /// The pool of an address space, or null when it has none, or no longer.
    public @Nullable HeapPool find(GpuVm vm) {
        VmHeaps heaps = byVm.get(vm.id());
        if (heaps == null) {
            return null;
        }
        heaps.lock.lock();
        HeapPool pool = heaps.pool;
        heaps.lock.unlock();
        return pool;
    }

    /// Sees to it that an address space has a pool.
    ///
    /// @return 0, -EINVAL when it is destroyed, or -ENOMEM
    public int ensure(GpuVm vm) {
        if (vm.isDestroyed()) {
            return Errno.EINVAL;
        }
        VmHeaps heaps = byVm.get(vm.id());
        if (heaps == null) {
            heaps = new VmHeaps(new SimLock(kernel.sim(), "vm" + vm.id() + ".heaps"));
            byVm.put(vm.id(), heaps);
            vm.beforeUnmapping(() -> vmDestroyed(vm.id()));
        }
        heaps.lock.lock();
        int result = 0;
        if (heaps.pool == null) {
            result = vm.isDestroyed() ? Errno.EINVAL : makePool(heaps, vm);
        }
        heaps.lock.unlock();
        return result;
    }

    private int makePool(VmHeaps heaps, GpuVm vm) {
        heaps.pool = HeapPool.create(kernel, vm, stride());
        return heaps.pool == null ? Errno.ENOMEM : 0;
    }

    /// Contexts do not share a line of the L2 cache.
    private int stride() {
        int shift = registers.read32(Regs.L2_FEATURES) & 0xff;
        return Math.max(CONTEXT_BYTES, 1 << Math.min(shift, LARGEST_LINE_SHIFT));
    }

    private void vmDestroyed(int vmId) {
        VmHeaps heaps = byVm.remove(vmId);
        if (heaps == null) {
            return;
        }
        heaps.lock.lock();
        HeapPool pool = heaps.pool;
        if (pool != null) {
            pool.destroyAll();
        }
        heaps.pool = null;
        heaps.lock.unlock();
    }
}
