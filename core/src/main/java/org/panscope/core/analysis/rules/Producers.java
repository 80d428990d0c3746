package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.rules.XgsJobFacts.Op;

/// Whether somebody who already has the work will store to a sync object: a ring's announced
/// instructions, or an XGS job that was submitted before.
final class Producers {
    private Producers() {}

    /// The first operation of a job that waits for something nobody has stored and nobody is queued
    /// to store, or null.
    static @org.jspecify.annotations.Nullable Op unqueuedWait(XgsJobFacts job, Machine machine) {
        Integer vm = job.queue.vmId;
        if (vm == null) {
            return null;
        }
        for (Op op : job.ops) {
            if (op.isWait()
                    && op.doneSeq < 0
                    && !isStored(op, vm, machine)
                    && !isQueued(op.va, vm, job, machine)) {
                return op;
            }
        }
        return null;
    }

    /// Memory nobody has stored to since its buffer object was created is zero.
    private static boolean isStored(Op op, int vm, Machine machine) {
        Long value = machine.syncValue(vm, op.va);
        return op.isSatisfiedBy(value == null ? 0 : value);
    }

    private static boolean isQueued(long va, int vm, XgsJobFacts waiter, Machine machine) {
        for (GroupFacts group : machine.groups()) {
            if (group.vmId != null && group.vmId == vm && group.canRun()) {
                for (QueueFacts queue : group.queues) {
                    if (OwedWrites.of(queue, machine.isa()).contains(va)) {
                        return true;
                    }
                }
            }
        }
        for (XgsJobFacts job : machine.xgsJobs.values()) {
            Integer other = job.queue.vmId;
            if (job != waiter
                    && other != null
                    && other == vm
                    && job.createdSeq < waiter.createdSeq) {
                for (Op op : job.ops) {
                    if (op.isSignal() && op.va == va && op.doneSeq < 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
