package org.panscope.core.kernel.xgs;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.Workqueue;
import org.panscope.core.kernel.sched.Scheduler;

/// What XGS queues use of the device they were created for.
///
/// @param kernel the machine
/// @param sched group scheduler, whose waiting groups a SIGNAL may wake
/// @param systemQueue `system_wq`, where drm_sched works off timeouts that have no queue of their
///   own
public record XgsDevice(KernelContext kernel, Scheduler sched, Workqueue systemQueue) {
    public XgsDevice(KernelContext kernel, Scheduler sched) {
        this(kernel, sched, new Workqueue(kernel, "events", Workqueue.UNBOUND));
    }
}
