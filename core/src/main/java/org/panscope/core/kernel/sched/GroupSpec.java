package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.mmu.GpuVm;

import java.util.List;

/// What GROUP_CREATE asks for, validated.
///
/// @param file file it comes through
/// @param vm address space of its work
/// @param userSubmit whether the process writes the rings
/// @param syncUpdate incremented at sync updates
/// @param groupState incremented when the group dies; the series as posted never looks at it
/// @param priority 0 LOW, 1 MEDIUM, 2 HIGH, 3 REALTIME
/// @param cores which cores it may use
/// @param queues at least one
public record GroupSpec(
        Owner file,
        GpuVm vm,
        boolean userSubmit,
        WantedEventfd syncUpdate,
        WantedEventfd groupState,
        int priority,
        Cores cores,
        List<QueueSpec> queues) {

    /// A `panthor_file`, as far as its groups know it. A group keeps a plain pointer to it, also
    /// when the file is gone.
    public interface Owner {
        /// Number of the DRM file.
        int fileId();

        /// Name of the process.
        String comm();

        /// Whether its handles can still be used.
        boolean isOpen();

        /// Whether its memory was given back.
        boolean isFreed();

        /// A group keeps its memory.
        void get();

        void put();
    }

    /// Core masks and limits.
    public record Cores(
            long computeMask,
            long fragmentMask,
            long tilerMask,
            int maxCompute,
            int maxFragment,
            int maxTiler) {}

    /// A queue asked for.
    ///
    /// @param priority 0 to 15
    /// @param ringBytes size of the ring
    /// @param isClean whether the fields that must be zero are
    public record QueueSpec(int priority, long ringBytes, boolean isClean) {
        public QueueSpec(int priority, long ringBytes) {
            this(priority, ringBytes, true);
        }
    }

    /// A descriptor that was to be an eventfd.
    ///
    /// @param context null when none was asked for, or none was found
    /// @param error why it is none, or 0
    public record WantedEventfd(@Nullable EventFdContext context, int error) {
        public static final WantedEventfd NONE = new WantedEventfd(null, 0);
    }

    /// A group without eventfds.
    public GroupSpec(
            Owner file,
            GpuVm vm,
            boolean userSubmit,
            int priority,
            Cores cores,
            List<QueueSpec> queues) {
        this(file, vm, userSubmit, WantedEventfd.NONE, WantedEventfd.NONE, priority, cores, queues);
    }

    /// The eventfd raised at sync updates, or null.
    public @Nullable EventFdContext eventfd() {
        return syncUpdate.context();
    }
}
