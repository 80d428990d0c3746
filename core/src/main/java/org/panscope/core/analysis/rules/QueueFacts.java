package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.ObjectId;

/// What is known of a queue.
final class QueueFacts {
    final GroupFacts group;
    final int index;
    final long ringVa;
    final long ringSize;
    final RingImage ring;

    /// INSERT and EXTRACT as last stored, in bytes since the queue was created.
    long insert;

    long extract;

    /// The event of the last store of INSERT.
    long insertSeq = -1;

    long insertNs;

    /// The greatest INSERT the firmware is known to have read.
    long fetched;

    /// What the last store into the ring overwrote although it was announced and not executed.
    RingImage.@Nullable Piece overwritten;

    /// Whether a command stream interface executes the queue, as the firmware says.
    boolean isRunning;

    /// What the queue waits for: told by the firmware, or by the kernel when it is off slot.
    @Nullable SyncWait wait;

    /// CS_STATUS_BLOCKED_REASON while the firmware is blocked, else 0.
    int blockedReason;

    QueueFacts(GroupFacts group, int index, long ringVa, long ringSize) {
        this.group = group;
        this.index = index;
        this.ringVa = ringVa;
        this.ringSize = ringSize;
        this.ring = new RingImage(ringSize);
    }

    ObjectId id() {
        return ObjectId.queue(group.gid, index);
    }

    boolean hasWork() {
        return insert != extract;
    }

    /// As sentences name it.
    String title() {
        return "queue " + index + " of group " + group.gid;
    }
}
