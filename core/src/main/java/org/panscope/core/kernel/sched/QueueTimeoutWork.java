package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.WorkItem;
import org.panscope.trace.event.SchedEvent.QueueTimer;
import org.panscope.trace.event.SchedEvent.TimerStep;

/// A queue's own timer: it runs while the queue has a slot and work, starts anew when jobs are
/// done, and when it fires without progress the head job has timed out.
///
/// kernel: panthor_sched.c: queue_timeout_work, queue_suspend_timeout, queue_resume_timeout,
/// queue_reset_timeout_locked (v6.19, with the fix of the test in the last)
final class QueueTimeoutWork implements QueueTimeout {
    private static final long RUNNING = Long.MAX_VALUE;

    private final Scheduler sched;
    private final KernelContext kernel;
    private final Group group;
    private final Queue queue;
    private final WorkItem work;
    private boolean disabled;
    private boolean armed;
    private long remainingNs;
    private long expiresNs;

    QueueTimeoutWork(Scheduler sched, Group group, Queue queue) {
        this.sched = sched;
        this.group = group;
        this.queue = queue;
        kernel = sched.kernel();
        work = sched.resetQueue().item("queue_timeout_work", group.gid(), this::fire);
        remainingNs = kernel.timings().jobTimeoutNs();
    }

    @Override
    public void created() {
        tell(TimerStep.SUSPEND, remainingNs);
    }

    @Override
    public void programmed() {
        resume();
    }

    @Override
    public void slotLost(boolean blocked) {
        suspend();
    }

    @Override
    public void writtenOffSlot(boolean blocked) {
        // It goes on when the queue is programmed.
    }

    @Override
    public void writtenOnSlot() {
        resume();
    }

    @Override
    public void looked(boolean some) {
        if (queue.inFlight().isEmpty()) {
            suspend();
        } else if (some && !isSuspended()) {
            arm(kernel.timings().jobTimeoutNs());
        }
    }

    @Override
    public void stop() {
        disabled = true;
        boolean was = isRunning();
        work.cancelSync();
        if (was) {
            tell(TimerStep.STOP, null);
        }
    }

    @Override
    public void start() {
        disabled = false;
    }

    @Override
    public boolean isRunning() {
        return armed;
    }

    @Override
    public boolean isSuspended() {
        return remainingNs != RUNNING;
    }

    @Override
    public long remainingNs() {
        return isRunning() ? expiresNs - kernel.sim().nowNs() : remainingNs;
    }

    private void resume() {
        if (isSuspended()) {
            long ns = remainingNs;
            remainingNs = RUNNING;
            arm(ns);
        }
    }

    /// A queue that is blocked in an idle group keeps its timer: only somebody outside the group
    /// can help it, and that must not take for ever.
    private void suspend() {
        if (isSuspended()) {
            return;
        }
        boolean hasJob = !queue.inFlight().isEmpty();
        boolean blocked = (group.blockedQueues() & queue.mask()) != 0;
        if (hasJob && group.canRun() && blocked && sched.isIdle(group)) {
            return;
        }
        long leftNs = Math.max(0, expiresNs - kernel.sim().nowNs());
        boolean was = work.cancel();
        remainingNs = was && hasJob ? leftNs : kernel.timings().jobTimeoutNs();
        tell(TimerStep.SUSPEND, remainingNs);
    }

    private void arm(long ns) {
        if (!disabled) {
            expiresNs = kernel.sim().nowNs() + ns;
            work.modDelayed(ns);
            tell(TimerStep.ARM, ns);
        }
    }

    private void fire() {
        tell(TimerStep.FIRE, null);
        if (!JobCompletion.look(group, queue)) {
            queue.scheduler().fault();
        }
    }

    private void tell(TimerStep step, @Nullable Long leftNs) {
        armed = step == TimerStep.ARM;
        kernel.sim()
                .emit(
                        group.queueTrack(queue.index()),
                        new QueueTimer(group.gid(), queue.index(), step, leftNs));
    }
}
