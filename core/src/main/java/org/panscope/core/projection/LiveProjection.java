package org.panscope.core.projection;

import org.panscope.core.fw.Mcu;
import org.panscope.core.kernel.PanthorDevice;
import org.panscope.core.user.UserProcess;

import java.util.List;
import java.util.function.Supplier;

/// The emulated machine as a reduced state should show it: what the driver's structures hold, what
/// the firmware's streams have seen, what processes know of their queues, and all bytes of all
/// buffer objects the driver can reach.
///
/// Not claimed, because nothing outside says it: timers, work items, and what else processes keep
/// to themselves.
public final class LiveProjection implements LiveView {
    private final List<LiveView> parts;

    /// The parts of a machine that is wired up.
    ///
    /// @param processes those that run on it by now
    public LiveProjection(
            PanthorDevice device, Mcu firmware, Supplier<List<UserProcess>> processes) {
        parts =
                List.of(
                        new SchedulerProjection(device.scheduler()),
                        new GroupProjection(device),
                        new FenceProjection(device),
                        new XgsProjection(device),
                        new ApplicationProjection(device, processes),
                        new VmProjection(device),
                        new FirmwareProjection(device.firmware(), firmware));
    }

    @Override
    public void project(Projection into) {
        parts.forEach(part -> part.project(into));
    }
}
