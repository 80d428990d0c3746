package org.panscope.core.kernel.sched;

import org.panscope.trace.event.KernelEvent.ZapCause;
import org.panscope.trace.event.XgsEvent.RecheckCause;

/// What the scheduler needs of the rest of the driver.
public interface SchedulerHooks {
    /// Removes the doorbell mappings from a group's offset to the end of the file.
    void zapDoorbells(ZapCause cause, Group group);

    /// Evaluates the XGS queues of the group's file again.
    void recheckXgsQueues(Group group, RecheckCause cause);

    /// Writes the GPU's caches back.
    ///
    /// @return 0 or -ETIMEDOUT
    int flushCaches();
}
