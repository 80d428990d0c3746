package org.panscope.core.kernel.sched;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.uapi.Errno;

/// The device attribute `profiling`: what jobs created from now on store of themselves. The driver
/// of v6.11 has none.
///
/// kernel: panthor_drv.c: profiling_store (v6.13)
public final class Profiling {
    public static final int CYCLES = 1;
    public static final int TIMESTAMP = 1 << 1;
    static final int ALL = CYCLES | TIMESTAMP;

    private final boolean exists;
    private int mask;

    Profiling(KernelContext kernel) {
        exists = kernel.driver().isMainline2026();
        mask = exists ? kernel.driver().limits().profiling() : 0;
    }

    /// What is stored.
    public int mask() {
        return mask;
    }

    /// A write to the attribute.
    ///
    /// @return 0, -ENOENT or -EINVAL
    public int store(int value) {
        if (!exists) {
            return Errno.ENOENT;
        }
        if ((value & ~ALL) != 0) {
            return Errno.EINVAL;
        }
        mask = value;
        return 0;
    }
}
