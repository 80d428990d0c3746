package org.panscope.core.kernel.mmu;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.IrqHandler;
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

    /// `panthor_gpu_flush_caches`, by which the driver of 2026 flushes what a locked region has in
    /// the caches; the one of v6.11 has the MMU do it.
    public interface CacheFlush {
        /// Cleans and invalidates the L2, and the load/store caches too if so wished.
        ///
        /// @return 0 or a negated errno
        int flush(boolean alsoLoadStore);
    }

    private static final int NO_VM = -1;
    private static final int MAX_AS = 16;
    private static final long WHOLE_RANGE = -1;
    private static final int MIN_LOCK_ORDER = 15;
    private static final int STATUS_ACTIVE = 1;

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
    private final List<GpuVm> fresh = new ArrayList<>();
    private CacheFlush cacheFlush = _ -> 0;
    private @Nullable IrqHandler irq;
    private int faultyMask;

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

    /// `panthor_vm_stop` of all: no VM_BIND operation runs until [#startBinds]. Blocks until those
    /// under way are done.
    private void stopBinds() {
        bindStopped = true;
        List.copyOf(vms).forEach(vm -> vm.bindScheduler().stop());
    }

    /// `panthor_vm_start` of all.
    private void startBinds() {
        List.copyOf(vms).forEach(vm -> vm.bindScheduler().start());
        bindStopped = false;
    }

    // ---- address spaces of the MMU

    /// Gives the MMU's interrupt and the GPU's cache flush.
    public void connect(IrqHandler interrupt, CacheFlush flush) {
        irq = interrupt;
        cacheFlush = flush;
    }

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

    /// Address spaces that faulted and were not enabled since, one bit each.
    public int faultyMask() {
        return faultyMask;
    }

    /// Interrupts of all address spaces but the faulty ones.
    int interruptMask() {
        return ((1 << count) - 1) & ~faultyMask;
    }

    /// VMs that own an address space nobody uses, longest idle first.
    public List<GpuVm> lru() {
        return List.copyOf(idle);
    }

    /// `panthor_vm_active`. A VM whose address space faulted gets it back in order; only an address
    /// space that is enabled forgets the fault.
    ///
    /// @return 0, -EBUSY when every address space is in use, -ENODEV, or -ETIMEDOUT
    public int activate(GpuVm vm) {
        if (!kernel.drmDevice().enter()) {
            return Errno.ENODEV;
        }
        lock.lock();
        int result = 0;
        if (vm.activeCount() == 0) {
            result = vm.as() == GpuVm.NO_AS ? takeAddressSpace(vm) : 0;
            if (result == 0 && needsEnabling(vm)) {
                result = enableFor(vm);
            }
            if (result == 0) {
                idle.remove(vm);
            }
        }
        if (result == 0) {
            vm.addActive(1);
        }
        lock.unlock();
        kernel.drmDevice().exit();
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
            if (owners[as] != null) {
                if (disable(as) != 0) {
                    kernel.warn("panthor_mmu_suspend", "AS" + as + " cannot be disabled");
                }
                forget(as);
            }
        }
        lock.unlock();
        interrupt().suspend();
    }

    /// `panthor_mmu_resume`.
    public void resume() {
        lock.lock();
        faultyMask = 0;
        lock.unlock();
        interrupt().resume(interruptMask());
    }

    /// `panthor_mmu_pre_reset`.
    public void preReset() {
        interrupt().suspend();
        stopBinds();
    }

    /// `panthor_mmu_post_reset`: no address space is set up any more.
    public void postReset() {
        lock.lock();
        faultyMask = 0;
        for (int as = 0; as < count; as++) {
            if (owners[as] != null) {
                forget(as);
                listener.addressSpaceOwner(as, NO_VM);
            }
        }
        lock.unlock();
        interrupt().resume(interruptMask());
        startBinds();
    }

    /// `panthor_mmu_unplug`.
    public void unplug() {
        lock.lock();
        for (int as = 0; as < count; as++) {
            if (owners[as] != null) {
                disable(as);
                forget(as);
            }
        }
        lock.unlock();
        interrupt().suspend();
    }

    /// `panthor_vm_release_as_locked`.
    private void forget(int as) {
        GpuVm vm = owners[as];
        if (vm != null) {
            vm.setAs(GpuVm.NO_AS);
            vm.addActive(-vm.activeCount());
            owners[as] = null;
            idle.remove(vm);
        }
    }

    /// An address space whose VM has gone.
    void release(GpuVm vm) {
        if (vm.as() == GpuVm.NO_AS) {
            return;
        }
        lock.lock();
        if (kernel.drmDevice().enter()) {
            disable(vm.as());
            kernel.drmDevice().exit();
        }
        owners[vm.as()] = null;
        vm.setAs(GpuVm.NO_AS);
        idle.remove(vm);
        lock.unlock();
    }

    /// `panthor_vm_flush_range`: after a change of the page tables.
    void flushRange(GpuVm vm, long va, long sizeBytes) {
        if (vm.as() == GpuVm.NO_AS || !kernel.drmDevice().enter()) {
            return;
        }
        lock.lock();
        if (vm.as() != GpuVm.NO_AS) {
            flush(vm.as(), va, sizeBytes, false);
        }
        lock.unlock();
        kernel.drmDevice().exit();
    }

    /// `panthor_vm_flush_all`.
    public void flushAll(GpuVm vm) {
        flushRange(vm, 0, WHOLE_RANGE);
    }

    // ---- faults -------------------------------------------------------------------------------

    /// What the registers say of a fault.
    record FaultRegisters(int status, long address) {}

    FaultRegisters faultRegisters(int as) {
        return new FaultRegisters(
                registers.read32(Regs.as(as, Regs.AS_FAULTSTATUS)),
                registers.read64(Regs.as(as, Regs.AS_FAULTADDRESS)));
    }

    /// Keeps others from giving address spaces away.
    void lockSlots() {
        lock.lock();
    }

    void unlockSlots() {
        lock.unlock();
    }

    /// An address space counts as faulty from now on.
    void markFaulty(int as) {
        faultyMask |= 1 << as;
    }

    /// Acknowledges a fault, masks the address space, marks its VM and disables it, which kills its
    /// jobs with bus faults. Under the slots' lock.
    void stopFaulty(int as) {
        registers.write32(Regs.MMU_INT_CLEAR, 1 << as);
        interrupt().setMask(interruptMask());
        GpuVm vm = owners[as];
        if (vm != null) {
            vm.setUnhandledFault(true);
        }
        disable(as);
    }

    private IrqHandler interrupt() {
        IrqHandler handler = irq;
        if (handler == null) {
            throw new IllegalStateException("the MMU has no interrupt yet");
        }
        return handler;
    }

    // ---- slots --------------------------------------------------------------------------------

    private int takeAddressSpace(GpuVm vm) {
        int as = vm.isForMcu() ? 0 : lowestFree();
        if (as == GpuVm.NO_AS) {
            if (idle.isEmpty()) {
                kernel.warn("panthor_vm_active", "no address space is idle");
                return Errno.EBUSY;
            }
            GpuVm victim = idle.removeFirst();
            as = victim.as();
            victim.setAs(GpuVm.NO_AS);
        }
        owners[as] = vm;
        vm.setAs(as);
        fresh.add(vm);
        return 0;
    }

    private boolean needsEnabling(GpuVm vm) {
        return fresh.remove(vm) || (faultyMask & 1 << vm.as()) != 0;
    }

    private int enableFor(GpuVm vm) {
        int as = vm.as();
        vm.setUnhandledFault(false);
        if ((faultyMask & 1 << as) != 0) {
            registers.write32(Regs.MMU_INT_CLEAR, 1 << as);
            faultyMask &= ~(1 << as);
            interrupt().setMask(interruptMask());
        }
        return enable(as, vm);
    }

    private int lowestFree() {
        for (int as = 1; as < count; as++) {
            if (owners[as] == null) {
                return as;
            }
        }
        return GpuVm.NO_AS;
    }

    /// `panthor_mmu_as_enable`.
    private int enable(int as, GpuVm vm) {
        int result = flush(as, 0, WHOLE_RANGE, true);
        if (result != 0) {
            return result;
        }
        registers.write64(Regs.as(as, Regs.AS_TRANSTAB), vm.pageTable().root());
        registers.write64(Regs.as(as, Regs.AS_MEMATTR), MEMATTR);
        registers.write64(Regs.as(as, Regs.AS_TRANSCFG), TRANSCFG);
        listener.addressSpaceOwner(as, vm.id());
        return command(as, Regs.AS_COMMAND_UPDATE);
    }

    /// `panthor_mmu_as_disable`.
    private int disable(int as) {
        int result = flush(as, 0, WHOLE_RANGE, true);
        if (result != 0) {
            return result;
        }
        registers.write64(Regs.as(as, Regs.AS_TRANSTAB), 0);
        registers.write64(Regs.as(as, Regs.AS_MEMATTR), 0);
        registers.write64(Regs.as(as, Regs.AS_TRANSCFG), TRANSCFG_UNMAPPED);
        result = command(as, Regs.AS_COMMAND_UPDATE);
        listener.addressSpaceOwner(as, NO_VM);
        return result;
    }

    /// `mmu_hw_do_operation_locked`: locks a region, flushes what the caches have of it, unlocks
    /// it.
    ///
    /// @param memory also what was loaded and stored, not only page tables
    private int flush(int as, long va, long sizeBytes, boolean memory) {
        registers.write64(Regs.as(as, Regs.AS_LOCKADDR), lockAddress(va, sizeBytes));
        int result = command(as, Regs.AS_COMMAND_LOCK);
        if (result == 0) {
            if (kernel.driver().isMainline2026()) {
                result = cacheFlush.flush(memory);
            } else {
                result = command(as, memory ? Regs.AS_COMMAND_FLUSH_MEM : Regs.AS_COMMAND_FLUSH_PT);
            }
        }
        int unlocked = command(as, Regs.AS_COMMAND_UNLOCK);
        return result == 0 ? unlocked : result;
    }

    /// `write_cmd`, and waits until it is done.
    private int command(int as, int command) {
        int result = awaitReady(as);
        if (result == 0) {
            registers.write32(Regs.as(as, Regs.AS_COMMAND), command);
            kernel.spend(kernel.timings().registerNs());
            result = awaitReady(as);
        }
        return result;
    }

    /// `wait_ready`.
    private int awaitReady(int as) {
        long deadlineNs = kernel.sim().nowNs() + kernel.timings().asTimeoutNs();
        while ((registers.read32(Regs.as(as, Regs.AS_STATUS)) & STATUS_ACTIVE) != 0) {
            if (kernel.sim().nowNs() >= deadlineNs) {
                kernel.reset().schedule("AS_ACTIVE bit stuck");
                kernel.log("wait_ready", "AS_ACTIVE bit stuck");
                return Errno.ETIMEDOUT;
            }
            kernel.spend(kernel.timings().pollNs());
        }
        return 0;
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
