package org.panscope.core.projection;

import org.panscope.core.fw.Mcu;
import org.panscope.core.kernel.PanthorDevice;

import java.util.List;

/// The emulated machine as a reduced state should show it: what the driver's structures hold, what
/// the firmware's streams have seen, and all bytes of all buffer objects the driver can reach.
///
/// Not claimed, because nothing outside says it: registers, timers, work items, and what processes
/// keep to themselves.
public final class LiveProjection implements LiveView {
    private final List<LiveView> parts;

    /// The parts of a machine that is wired up.
    public LiveProjection(PanthorDevice device, Mcu firmware) {
        parts =
                List.of(
                        new SchedulerProjection(device.scheduler()),
                        new GroupProjection(device),
                        new VmProjection(device),
                        new FirmwareProjection(device.firmware(), firmware));
    }

    @Override
    public void project(Projection into) {
        parts.forEach(part -> part.project(into));
    }
}
