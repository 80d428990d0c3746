package org.panscope.core.user;

import org.jspecify.annotations.Nullable;
import org.panscope.core.uapi.EventFd;

import java.util.List;

/// What a client asks for with GROUP_CREATE.
///
/// @param vm handle of the address space
/// @param priority 0 LOW, 1 MEDIUM, 2 HIGH, 3 REALTIME
/// @param userSubmit whether work comes through the mapped rings
/// @param coreMask shader cores it may use, for compute and fragment alike
/// @param tilerMask tilers it may use
/// @param eventfd raised when the group signalled a sync object, or null
/// @param groupState raised when the group dies, by a driver that looks at it, or null
/// @param queues one entry for each queue
public record GroupRequest(
        int vm,
        int priority,
        boolean userSubmit,
        long coreMask,
        long tilerMask,
        @Nullable EventFd eventfd,
        @Nullable EventFd groupState,
        List<Queue> queues) {

    public GroupRequest {
        queues = List.copyOf(queues);
    }

    /// Without an eventfd for the group's death.
    public GroupRequest(
            int vm,
            int priority,
            boolean userSubmit,
            long coreMask,
            long tilerMask,
            @Nullable EventFd eventfd,
            List<Queue> queues) {
        this(vm, priority, userSubmit, coreMask, tilerMask, eventfd, null, queues);
    }

    /// One queue.
    ///
    /// @param priority 0 to 15, 15 first
    /// @param ringBytes power of two, 4 KiB to 64 KiB
    public record Queue(int priority, int ringBytes) {}
}
