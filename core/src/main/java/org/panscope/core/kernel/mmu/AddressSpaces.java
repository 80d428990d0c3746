package org.panscope.core.kernel.mmu;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.Workqueue;
import org.panscope.core.sim.SimLock;
import org.panscope.core.uapi.Errno;

import java.util.ArrayList;
import java.util.List;

/// The MMU's address-space slots: which VM owns which, and the register writes that make it so. AS
/// 0 is the MCU's. A VM nobody uses keeps its slot until somebody else needs it, longest idle
/// first.
///
/// kernel: panthor_mmu.c: panthor_vm_active, panthor_vm_idle, panthor_mmu_as_enable (v6.11)
public final class AddressSpaces {
    /// Told who owns an address space, for the events of the hardware.
    public interface Listener {
        /// Called with each change.
        ///
        /// @param vmId identity of the VM, or -1
        void addressSpaceOwner(int as, int vmId);
    }

    private static final int NO_VM = -1;
    private static final int MAX_AS = 16;
    private static final long WHOLE_RANGE = -1;
    private static final int MIN_LOCK_ORDER = 15;
    private static final int STATUS_ACTIVE = 1;
    private static final int POLLS = 10_000;

    /// One byte per AttrIndx: 1 is write-back with read and write allocate, the others are not
    /// cached.
    private static final long MEMATTR = 0x4c4c_4c4c_4c4c_8f4cL;

    private static final long TRANSCFG_UNMAPPED = 1;
    private static final long TRANSCFG =
            6L | (long) (55 - PageTable.VA_BITS) << 6 | 2L << 24 | 1L << 30;

    private final KernelContext kernel;
    private final Registers registers;
    private final Listener listener;
    private final int count;
    private final SimLock lock;
    private final @Nullable GpuVm[] owners = new GpuVm[MAX_AS];
    private final List<GpuVm> idle = new ArrayList<>();
    private final List<GpuVm> vms = new ArrayList<>();
    private final Workqueue bindQueue;
    private boolean bindStopped;

    public AddressSpaces(KernelContext kernel, Registers registers, Listener listener) {
        this.kernel = kernel;
        this.registers = registers;
        this.listener = listener;
        count = Math.min(MAX_AS, Integer.bitCount(registers.read32(Regs.AS_PRESENT)));
        lock = new SimLock(kernel.sim(), "as.slots_lock");
        bindQueue = new Workqueue(kernel, "panthor-vm-bind", Workqueue.UNBOUND);
    }

    // ---- queues of asynchronous VM_BINDs

    /// Where the operations of all address spaces are done.
    Workqueue bindQueue() {
        return bindQueue;
    }

    /// A VM came into being.
    void add(GpuVm vm) {
        vms.add(vm);
        if (bindStopped) {
            vm.bindScheduler().stop();
        }
    }

    /// A VM is about to be freed; its queue has to work for that.
    void remove(GpuVm vm) {
        vms.remove(vm);
        if (bindStopped) {
            vm.bindScheduler().start();
        }
    }

    /// Part of `panthor_mmu_pre_reset`: no VM_BIND operation runs until [#startBinds]. Blocks until
    /// those under way are done.
    public void stopBinds() {
        bindStopped = true;
        List.copyOf(vms).forEach(vm -> vm.bindScheduler().stop());
    }

    /// Part of `panthor_mmu_post_reset`.
    public void startBinds() {
        List.copyOf(vms).forEach(vm -> vm.bindScheduler().start());
        bindStopped = false;
    }

    // ---- address spaces of the MMU

    /// Address spaces for groups: all but the MCU's.
    public int groupSlots() {
        return count - 1;
    }

    /// VM that owns an address space.
    public @Nullable GpuVm owner(int as) {
        return owners[as];
    }

    public int count() {
        return count;
    }

    /// VMs that own an address space nobody uses, longest idle first.
    public List<GpuVm> lru() {
        return List.copyOf(idle);
    }

    /// `panthor_vm_active`.
    ///
    /// @return 0, or -EBUSY when every address space is in use
    public int activate(GpuVm vm) {
        lock.lock();
        int result = 0;
        if (vm.activeCount() == 0) {
            result = vm.as() == GpuVm.NO_AS ? giveAddressSpace(vm) : 0;
            idle.remove(vm);
        }
        if (result == 0) {
            vm.addActive(1);
            vm.setUnhandledFault(false);
        }
        lock.unlock();
        return result;
    }

    /// `panthor_vm_idle`.
    public void idle(GpuVm vm) {
        lock.lock();
        if (vm.addActive(-1) == 0 && vm.as() != GpuVm.NO_AS) {
            idle.add(vm);
        }
        lock.unlock();
    }

    /// `panthor_mmu_suspend`: every address space is disabled and belongs to nobody.
    public void suspend() {
        lock.lock();
        for (int as = 0; as < count; as++) {
            GpuVm vm = owners[as];
            if (vm != null) {
                disable(as);
                vm.setAs(GpuVm.NO_AS);
                vm.addActive(-vm.activeCount());
                owners[as] = null;
            }
        }
        idle.clear();
        lock.unlock();
    }

    /// An address space whose VM has gone.
    void release(GpuVm vm) {
        if (vm.as() != GpuVm.NO_AS) {
            lock.lock();
            disable(vm.as());
            owners[vm.as()] = null;
            vm.setAs(GpuVm.NO_AS);
            idle.remove(vm);
            lock.unlock();
        }
    }

    /// `panthor_vm_flush_range`: after a change of the page tables.
    void flushRange(GpuVm vm, long va, long sizeBytes) {
        if (vm.as() != GpuVm.NO_AS) {
            lock.lock();
            if (vm.as() != GpuVm.NO_AS) {
                operate(vm.as(), va, sizeBytes, Regs.AS_COMMAND_FLUSH_PT);
            }
            lock.unlock();
        }
    }

    /// Takes an address space from its VM after a fault.
    public void disableFaulty(int as) {
        disable(as);
    }

    private int giveAddressSpace(GpuVm vm) {
        int as = vm.isForMcu() ? 0 : lowestFree();
        if (as == GpuVm.NO_AS) {
            if (idle.isEmpty()) {
                return Errno.EBUSY;
            }
            GpuVm victim = idle.removeFirst();
            as = victim.as();
            victim.setAs(GpuVm.NO_AS);
        }
        owners[as] = vm;
        vm.setAs(as);
        enable(as, vm);
        return 0;
    }

    private int lowestFree() {
        for (int as = 1; as < count; as++) {
            if (owners[as] == null) {
                return as;
            }
        }
        return GpuVm.NO_AS;
    }

    private void enable(int as, GpuVm vm) {
        operate(as, 0, WHOLE_RANGE, Regs.AS_COMMAND_FLUSH_MEM);
        registers.write64(Regs.as(as, Regs.AS_TRANSTAB), vm.pageTable().root());
        registers.write64(Regs.as(as, Regs.AS_MEMATTR), MEMATTR);
        registers.write64(Regs.as(as, Regs.AS_TRANSCFG), TRANSCFG);
        listener.addressSpaceOwner(as, vm.id());
        command(as, Regs.AS_COMMAND_UPDATE);
    }

    private void disable(int as) {
        operate(as, 0, WHOLE_RANGE, Regs.AS_COMMAND_FLUSH_MEM);
        registers.write64(Regs.as(as, Regs.AS_TRANSTAB), 0);
        registers.write64(Regs.as(as, Regs.AS_MEMATTR), 0);
        registers.write64(Regs.as(as, Regs.AS_TRANSCFG), TRANSCFG_UNMAPPED);
        command(as, Regs.AS_COMMAND_UPDATE);
        listener.addressSpaceOwner(as, NO_VM);
    }

    /// `mmu_hw_do_operation_locked`: locks a region, then acts on it; the flush unlocks it.
    private void operate(int as, long va, long sizeBytes, int command) {
        registers.write64(Regs.as(as, Regs.AS_LOCKADDR), lockAddress(va, sizeBytes));
        command(as, Regs.AS_COMMAND_LOCK);
        command(as, command);
        command(as, Regs.AS_COMMAND_UNLOCK);
    }

    private void command(int as, int command) {
        awaitReady(as);
        registers.write32(Regs.as(as, Regs.AS_COMMAND), command);
        kernel.spend(kernel.timings().registerNs());
        awaitReady(as);
    }

    private void awaitReady(int as) {
        for (int i = 0; i < POLLS; i++) {
            if ((registers.read32(Regs.as(as, Regs.AS_STATUS)) & STATUS_ACTIVE) == 0) {
                return;
            }
            kernel.spend(kernel.timings().pollNs());
        }
        kernel.log("wait_ready", "AS_ACTIVE bit stuck");
    }

    /// Base of the smallest aligned power of two that covers the range, with its order in [5:0].
    static long lockAddress(long va, long sizeBytes) {
        int order;
        if (sizeBytes == WHOLE_RANGE) {
            order = Long.SIZE;
        } else {
            long differing = va ^ (va + sizeBytes - 1);
            order = Math.max(Long.SIZE - Long.numberOfLeadingZeros(differing), MIN_LOCK_ORDER);
        }
        long base = order == Long.SIZE ? 0 : va & -(1L << order);
        return base | (order - 1);
    }
}
