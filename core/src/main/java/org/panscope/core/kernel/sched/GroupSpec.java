package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.mmu.GpuVm;

import java.util.List;
import java.util.function.BooleanSupplier;

/// What GROUP_CREATE asks for, validated.
///
/// @param file file it comes through
/// @param vm address space of its work
/// @param userSubmit whether the process writes the rings
/// @param eventfd incremented at sync updates
/// @param priority 0 LOW, 1 MEDIUM, 2 HIGH, 3 REALTIME
/// @param cores which cores it may use
/// @param queues at least one
public record GroupSpec(
        Owner file,
        GpuVm vm,
        boolean userSubmit,
        @Nullable EventFdContext eventfd,
        int priority,
        Cores cores,
        List<QueueSpec> queues) {

    /// A file, as far as its groups know it.
    ///
    /// @param fileId number of the DRM file
    /// @param comm name of the process
    /// @param isOpen whether it still is
    public record Owner(int fileId, String comm, BooleanSupplier isOpen) {}

    /// Core masks and limits.
    public record Cores(
            long computeMask,
            long fragmentMask,
            long tilerMask,
            int maxCompute,
            int maxFragment,
            int maxTiler) {}

    /// A queue asked for.
    public record QueueSpec(int priority, long ringBytes) {}
}
