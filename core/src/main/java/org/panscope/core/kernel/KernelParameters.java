package org.panscope.core.kernel;

import org.panscope.core.kernel.base.DriverConfig;
import org.panscope.core.kernel.base.KernelTimings;

/// What an emulated kernel is built with.
///
/// @param timings costs and periods
/// @param driver which driver, with which fixes
public record KernelParameters(KernelTimings timings, DriverConfig driver) {
    public KernelParameters(KernelTimings timings) {
        this(timings, DriverConfig.AS_POSTED);
    }

    public static KernelParameters defaults() {
        return new KernelParameters(KernelTimings.defaults());
    }
}
