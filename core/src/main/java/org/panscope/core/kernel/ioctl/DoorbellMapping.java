package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.RuntimePm;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.GroupOperations;
import org.panscope.core.kernel.sched.Queue;
import org.panscope.core.kernel.sched.Scheduler;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.FaultPage;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.Ringer;

/// The doorbell page of a group handle. A touch decides by the group's slot at that moment whether
/// the real page or the device's dummy page is behind it; between the decision and the page's
/// insertion the slot may change (races D1 and D2 of the RFC, as posted), and nobody asks whether
/// the device has power (D3).
///
/// RFC patch 3/8: panthor_mmio_vm_fault
final class DoorbellMapping extends MmioMapping {
    private final PanthorFile file;
    private final KernelContext kernel;
    private final Scheduler sched;
    private final GroupOperations operations;
    private final @Nullable Long gid;
    private int doorbellId = Queue.NO_DOORBELL;

    /// @param gid the group that has the handle now
    DoorbellMapping(
            PanthorFile file,
            long fileOffset,
            long va,
            int prot,
            Runnable unmapped,
            @Nullable Long gid) {
        super(file.fileId(), fileOffset, va, prot, unmapped);
        this.file = file;
        this.gid = gid;
        kernel = file.kernel();
        sched = file.device().sched();
        operations = file.device().groups();
    }

    /// The group it was mapped for; null when its handle was nobody's then.
    @Nullable Long gid() {
        return gid;
    }

    /// What is behind it: `doorbell 1`, `dummy` or `none`.
    String page() {
        if (!isMapped()) {
            return "none";
        }
        return isReal() ? "doorbell " + doorbellId : "dummy";
    }

    /// ASSUMPTION: kernel.doorbell_read: doorbell registers read as zero.
    @Override
    public int load32(long offset) {
        check(READ);
        touch();
        if (!isReal()) {
            return file.device().mmio().dummyPage().read32(offset);
        }
        abortWithoutClocks();
        return 0;
    }

    @Override
    public void store32(long offset, int value) {
        check(WRITE);
        touch();
        Group intended = file.groups().get(handle());
        Group target = isReal() ? sched.doorbellTarget(doorbellId) : null;
        long cause = kernel.sim().current().cause();
        kernel.sim()
                .follow(
                        track(intended),
                        new DbRing(
                                isReal() ? (Integer) doorbellId : null,
                                isReal() ? DoorbellPage.REAL : DoorbellPage.DUMMY,
                                Ringer.USER_PAGE,
                                gidOf(target),
                                gidOf(intended),
                                null));
        if (!isReal()) {
            file.device().mmio().dummyPage().write32(offset, value);
        } else {
            abortWithoutClocks();
            if (offset == 0) {
                file.device().registers().write32(Regs.doorbell(doorbellId), value);
            }
        }
        kernel.sim().current().setCause(cause);
    }

    /// Nothing was taken from `VM_MAYREAD` and `VM_MAYEXEC`.
    @Override
    int mayAdd() {
        return READ | WRITE | EXEC;
    }

    private boolean isReal() {
        return doorbellId != Queue.NO_DOORBELL;
    }

    /// The page can be zapped while the fault is on its way back; then the touch faults again.
    private void touch() {
        while (!isMapped()) {
            fault();
        }
    }

    /// ASSUMPTION: kernel.external_abort: an access to a register page while the GPU's clocks are
    /// off is reported to the process as SIGBUS; it could be an asynchronous error that takes the
    /// machine with it.
    private void abortWithoutClocks() {
        if (file.device().pm().state() == RuntimePm.State.SUSPENDED) {
            kernel.oops(
                    "CSF_DOORBELL(" + doorbellId + ")",
                    "synchronous external abort: the GPU's clocks are off, va=0x"
                            + Long.toHexString(va()));
            throw new BusError("external abort at va=0x" + Long.toHexString(va()));
        }
    }

    private void fault() {
        kernel.spend(kernel.timings().faultReadNs());
        if (!kernel.drmDevice().enter()) {
            long nowNs = kernel.sim().nowNs();
            tell(null, Queue.NO_DOORBELL, FaultPage.SIGBUS, nowNs);
            throw new BusError("the device is gone, va=0x" + Long.toHexString(va()));
        }
        if (kernel.driver().fixes().faultUnderLock()) {
            faultUnderLock();
        } else {
            Group group = operations.lookUp(file.groups(), handle(), "panthor_mmio_vm_fault");
            int id = operations.doorbellId(group);
            operations.putLookedUp(group);
            long idReadNs = kernel.sim().nowNs();
            kernel.spend(kernel.timings().faultInsertNs());
            insert(group, id, idReadNs);
        }
        kernel.drmDevice().exit();
    }

    /// Nobody can bind, unbind or suspend between the decision and the page's insertion.
    private void faultUnderLock() {
        Group group = operations.lookUp(file.groups(), handle(), "panthor_mmio_vm_fault");
        sched.lock().lock();
        boolean up = file.device().pm().state() == RuntimePm.State.ACTIVE;
        boolean hasQueue = group != null && !group.queues().isEmpty();
        int id = up && hasQueue ? firstDoorbell(group) : Queue.NO_DOORBELL;
        long idReadNs = kernel.sim().nowNs();
        kernel.spend(kernel.timings().faultInsertNs());
        insert(group, id, idReadNs);
        sched.lock().unlock();
        operations.putLookedUp(group);
    }

    private static int firstDoorbell(@Nullable Group group) {
        return group == null ? Queue.NO_DOORBELL : group.queues().getFirst().doorbellId();
    }

    private void insert(@Nullable Group group, int id, long idReadNs) {
        boolean kernelRings = kernel.driver().modes().jobPerSubmit();
        doorbellId = kernelRings ? Queue.NO_DOORBELL : id;
        setMapped();
        tell(group, doorbellId, isReal() ? FaultPage.REAL : FaultPage.DUMMY, idReadNs);
    }

    private void tell(@Nullable Group group, int id, FaultPage page, long idReadNs) {
        Group known = group == null || group.isFreed() ? null : group;
        kernel.sim()
                .emit(
                        track(known),
                        new DbFault(fileId(), handle(), gidOf(known), id, page, idReadNs, va()));
    }

    private int track(@Nullable Group group) {
        return group == null ? file.track() : group.track();
    }

    private int handle() {
        return MmapSpace.doorbellHandle(fileOffset());
    }

    private static @Nullable Long gidOf(@Nullable Group group) {
        return group == null ? null : (Long) group.gid();
    }
}
