package org.panscope.core.projection;

import org.panscope.core.kernel.PanthorDevice;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.Queue;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.GroupStateName;

/// Groups and queues as the driver's structures hold them.
final class GroupProjection implements LiveView {
    private final PanthorDevice device;

    GroupProjection(PanthorDevice device) {
        this.device = device;
    }

    @Override
    public void project(Projection into) {
        into.complete("group");
        into.complete("queue");
        for (Group group : device.allGroups()) {
            into.object(ObjectId.of("group", group.gid()));
            for (Queue queue : group.queues()) {
                into.object(ObjectId.queue(group.gid(), queue.index()));
            }
        }
        for (Group group : LiveGroups.of(device)) {
            group(into, group);
            for (Queue queue : group.queues()) {
                queue(into, group, queue);
            }
        }
    }

    private static void group(Projection into, Group group) {
        Projection.Claims claims =
                into.object(ObjectId.of("group", group.gid()))
                        .is(Belief.KERNEL, "file", group.fileId())
                        .is(Belief.KERNEL, "vm", group.vm().id())
                        .is(Belief.KERNEL, "user_submit", group.isUserSubmit())
                        .is(Belief.KERNEL, "priority", group.priority())
                        .is(Belief.KERNEL, "queue_count", group.queues().size())
                        .is(Belief.KERNEL, "has_eventfd", group.eventfd() != null)
                        .is(Belief.KERNEL, "slot", group.csgId())
                        .is(Belief.KERNEL, "refs", group.references())
                        .isOrUnset(Belief.KERNEL, "list", group.runList(), GroupListName.NONE)
                        .is(Belief.KERNEL, "idle_queues", group.idleQueues())
                        .is(Belief.KERNEL, "blocked_queues", group.blockedQueues())
                        .is(Belief.KERNEL, "fatal_queues", group.fatalQueues())
                        .is(Belief.KERNEL, "timed_out", group.isTimedOut())
                        .isOrUnset(Belief.KERNEL, "innocent", group.isInnocent(), false)
                        .is(Belief.KERNEL, "destroyed", group.isDestroyed())
                        .isOrUnset(Belief.KERNEL, "state", group.state(), GroupStateName.CREATED);
        if (group.handle() != 0 && !group.isDestroyed()) {
            claims.is(Belief.KERNEL, "handle", group.handle());
        }
    }

    private static void queue(Projection into, Group group, Queue queue) {
        into.object(ObjectId.queue(group.gid(), queue.index()))
                .is(Belief.KERNEL, "priority", queue.priority())
                .is(Belief.KERNEL, "ring_va", queue.ringVa())
                .is(Belief.KERNEL, "ring_size", queue.ringBytes())
                .is(Belief.KERNEL, "ring_bo", queue.ring().id())
                .is(Belief.KERNEL, "io_bo", queue.userIo().id())
                .is(Belief.KERNEL, "input_va", queue.inputVa())
                .is(Belief.KERNEL, "output_va", queue.outputVa())
                .is(Belief.KERNEL, "fence_context", queue.fenceContext())
                .is(Belief.KERNEL, "sync_va", group.syncobjVa(queue.index()))
                .is(Belief.KERNEL, "doorbell_id", queue.doorbellId())
                .is(Belief.KERNEL, "mode", group.isUserSubmit() ? "user" : "kernel")
                .is(Belief.KERNEL, "idle", (group.idleQueues() & queue.mask()) != 0)
                .is(Belief.KERNEL, "blocked", (group.blockedQueues() & queue.mask()) != 0)
                .is(Belief.MEMORY, "insert", queue.insert())
                .is(Belief.MEMORY, "extract", queue.extract());
    }
}
