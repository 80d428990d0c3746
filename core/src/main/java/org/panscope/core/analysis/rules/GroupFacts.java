package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.GroupStateName;

import java.util.ArrayList;
import java.util.List;

/// What is known of a group.
final class GroupFacts {
    final long gid;
    final List<QueueFacts> queues = new ArrayList<>();
    @Nullable Integer handle;
    @Nullable Integer vmId;
    int fileId = -1;
    boolean isUserSubmit;
    int priority = -1;
    int queueCount;
    boolean hasEventfd;

    /// Whether its creation was seen from the beginning, and whether it has come to its end.
    boolean isCreationSeen;

    boolean isLinked;
    boolean isDestroyed;
    long destroyedSeq = -1;

    /// CSG slot, or -1.
    int slot = -1;

    GroupStateName state = GroupStateName.CREATED;
    GroupListName list = GroupListName.NONE;
    boolean isWaiting;
    long idleQueues;
    long blockedQueues;
    long fatalQueues;
    boolean isTimedOut;

    /// The event that ended it, or -1.
    long termSeq = -1;

    /// The last event that changed its list or masks.
    long movedSeq = -1;

    GroupFacts(long gid) {
        this.gid = gid;
    }

    ObjectId id() {
        return ObjectId.of("group", gid);
    }

    boolean isOnSlot() {
        return slot >= 0;
    }

    /// `panthor_sched.c: group_is_idle`.
    boolean isIdle() {
        return Long.bitCount(idleQueues | blockedQueues) >= queueCount;
    }

    /// `panthor_sched.c: group_can_run`.
    boolean canRun() {
        return state != GroupStateName.TERMINATED
                && state != GroupStateName.UNKNOWN
                && !isDestroyed
                && fatalQueues == 0
                && !isTimedOut;
    }

    @Nullable QueueFacts queue(int index) {
        return index >= 0 && index < queues.size() ? queues.get(index) : null;
    }
}
