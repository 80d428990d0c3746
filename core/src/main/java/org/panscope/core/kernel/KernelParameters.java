package org.panscope.core.kernel;

import org.panscope.core.kernel.base.KernelTimings;

/// What an emulated kernel is built with.
///
/// @param timings costs and periods
public record KernelParameters(KernelTimings timings) {
    public static KernelParameters defaults() {
        return new KernelParameters(KernelTimings.defaults());
    }
}
