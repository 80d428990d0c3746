package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.HandleTable;
import org.panscope.core.kernel.base.KernelContext;
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
/// insertion the slot may change (races D1 and D2 of the RFC, as posted).
///
/// RFC patch 3/8: panthor_mmio_vm_fault
final class DoorbellMapping extends MmioMapping {
    private final KernelContext kernel;
    private final Registers registers;
    private final Scheduler sched;
    private final GroupOperations operations;
    private final HandleTable<Group> groups;
    private final int processTrack;
    private final @Nullable Long gid;
    private int doorbellId = Queue.NO_DOORBELL;

    DoorbellMapping(
            int fileId,
            long fileOffset,
            long va,
            Runnable unmapped,
            Registers registers,
            Scheduler sched,
            HandleTable<Group> groups,
            int processTrack,
            @Nullable Long gid) {
        super(fileId, fileOffset, va, unmapped);
        this.registers = registers;
        this.sched = sched;
        this.groups = groups;
        this.processTrack = processTrack;
        this.gid = gid;
        kernel = sched.kernel();
        operations = new GroupOperations(sched);
    }

    /// The group it was mapped for; null when its handle was nobody's then.
    @Nullable Long gid() {
        return gid;
    }

    /// The doorbell behind the page, when it is the real one.
    int doorbellId() {
        return doorbellId;
    }

    @Override
    public void store32(long offset, int value) {
        if (!isMapped()) {
            fault();
        }
        Group intended = groups.get(handle());
        boolean real = doorbellId != Queue.NO_DOORBELL;
        Group target = real ? sched.doorbellTarget(doorbellId) : null;
        long cause = kernel.sim().current().cause();
        kernel.sim()
                .follow(
                        intended == null ? processTrack : intended.track(),
                        new DbRing(
                                real ? (Integer) doorbellId : null,
                                real ? DoorbellPage.REAL : DoorbellPage.DUMMY,
                                Ringer.USER_PAGE,
                                gidOf(target),
                                gidOf(intended),
                                null));
        if (real && offset == 0) {
            registers.write32(Regs.doorbell(doorbellId), value);
        }
        kernel.sim().current().setCause(cause);
    }

    private void fault() {
        kernel.spend(kernel.timings().faultReadNs());
        Group group = groups.get(handle());
        if (!kernel.drmDevice().enter()) {
            noDevice(group);
        }
        int id = operations.doorbellId(group);
        long idReadNs = kernel.sim().nowNs();
        kernel.spend(kernel.timings().faultInsertNs());
        doorbellId = id;
        setMapped();
        kernel.sim()
                .emit(
                        group == null ? processTrack : group.track(),
                        new DbFault(
                                fileId(),
                                handle(),
                                gidOf(group),
                                id,
                                id == Queue.NO_DOORBELL ? FaultPage.DUMMY : FaultPage.REAL,
                                idReadNs));
        kernel.drmDevice().exit();
    }

    /// The device was unplugged: SIGBUS.
    private void noDevice(@Nullable Group group) {
        kernel.sim()
                .emit(
                        group == null ? processTrack : group.track(),
                        new DbFault(
                                fileId(),
                                handle(),
                                gidOf(group),
                                Queue.NO_DOORBELL,
                                FaultPage.SIGBUS,
                                kernel.sim().nowNs()));
        throw new BusError("the device is unplugged");
    }

    private int handle() {
        return MmapSpace.doorbellHandle(fileOffset());
    }

    private static @Nullable Long gidOf(@Nullable Group group) {
        return group == null ? null : (Long) group.gid();
    }
}
