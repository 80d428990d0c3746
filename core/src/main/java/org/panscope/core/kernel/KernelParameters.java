package org.panscope.core.kernel;

import org.panscope.core.kernel.base.DriverConfig;
import org.panscope.core.kernel.base.KernelTimings;
import org.panscope.core.kernel.base.TracepointSet;

/// What an emulated kernel is built with.
///
/// @param timings costs and periods
/// @param driver which driver, with which fixes
/// @param tracepoints which of them are on
public record KernelParameters(
        KernelTimings timings, DriverConfig driver, TracepointSet tracepoints) {
    public KernelParameters(KernelTimings timings, DriverConfig driver) {
        this(timings, driver, TracepointSet.NONE);
    }

    public KernelParameters(KernelTimings timings) {
        this(timings, DriverConfig.AS_POSTED);
    }

    public static KernelParameters defaults() {
        return new KernelParameters(KernelTimings.defaults());
    }
}
