package org.panscope.core.scenario;

import org.panscope.core.hw.GpuParameters;
import org.panscope.core.kernel.base.DriverConfig;
import org.panscope.core.kernel.base.KernelTimings;
import org.panscope.core.kernel.base.TracepointSet;
import org.panscope.core.user.ClientTimings;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything a [Machine] is built with.
///
/// @param gpu the GPU and its firmware
/// @param kernel costs and periods of the driver
/// @param driver which driver, with which fixes
/// @param client the applications
/// @param tracepoints tracepoints of the kernel that are on
/// @param differences what is not at its default, by name, for the header of the trace
public record MachineConfig(
        GpuParameters gpu,
        KernelTimings kernel,
        DriverConfig driver,
        ClientTimings client,
        TracepointSet tracepoints,
        SortedMap<String, String> differences) {

    public MachineConfig {
        differences = Collections.unmodifiableSortedMap(new TreeMap<>(differences));
    }

    /// A machine as it comes: every parameter at its default, the driver as posted.
    public static MachineConfig defaults() {
        return new MachineConfig(
                GpuParameters.defaults(),
                KernelTimings.defaults(),
                DriverConfig.AS_POSTED,
                ClientTimings.DEFAULT,
                TracepointSet.NONE,
                new TreeMap<>());
    }
}
