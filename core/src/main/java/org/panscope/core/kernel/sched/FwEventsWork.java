package org.panscope.core.kernel.sched;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Regs;
import org.panscope.trace.event.SchedEvent.FwEvent;

/// Works off what job interrupts have reported.
///
/// kernel: panthor_sched.c, process_fw_events_work
final class FwEventsWork {
    private final Scheduler sched;

    FwEventsWork(Scheduler sched) {
        this.sched = sched;
    }

    void run() {
        int events = sched.takeFwEvents();
        sched.lock().lock();
        if ((events & Regs.JOB_INT_GLOBAL_IF) != 0) {
            globalEvents();
        }
        for (CsgSlot slot : sched.slots()) {
            if ((events & 1 << slot.index()) != 0) {
                new CsgIrq(sched).process(slot.index());
            }
        }
        sched.lock().unlock();
    }

    /// `sched_process_global_irq_locked`.
    private void globalEvents() {
        var glb = sched.firmware().glb();
        boolean idle = ((glb.req() ^ glb.ack()) & FwBits.GLB_IDLE) != 0;
        if (idle) {
            sched.kernel()
                    .sim()
                    .emit(
                            sched.kernel().kernelTrack(),
                            new FwEvent(-1, null, false, true, false, 0));
            glb.acknowledge(FwBits.GLB_IDLE);
            sched.queueTick(0);
        }
    }
}
