package org.panscope.core.user;

import java.util.List;

/// A group as its owner holds it.
///
/// @param handle in its file
/// @param identity the group's number in the trace, or [Identities#UNKNOWN]
/// @param userSubmit whether work comes through the mapped rings
/// @param queues where to map each queue
public record UserGroup(int handle, long identity, boolean userSubmit, List<Offsets> queues) {
    public UserGroup {
        queues = List.copyOf(queues);
    }

    /// File offsets GROUP_CREATE answered for a queue; 0 for a kernel-submit group.
    ///
    /// @param ringBytes size of the ring
    public record Offsets(long ringBytes, long ring, long userIo, long doorbell) {}
}
