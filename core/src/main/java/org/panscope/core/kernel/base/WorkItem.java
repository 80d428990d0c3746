package org.panscope.core.kernel.base;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sim.Simulation;
import org.panscope.core.sim.WaitQueue;
import org.panscope.trace.event.SchedEvent.SchedWork;
import org.panscope.trace.event.SchedEvent.WorkStep;

/// A `work_struct` or `delayed_work`: a function that a [Workqueue] runs, never twice at a time,
/// and at most once more however often it is queued meanwhile.
public final class WorkItem {
    private final Workqueue queue;
    private final int number;
    private final String name;
    private final @Nullable Long gid;
    private final Runnable body;
    private final int track;
    private final WaitQueue finished;
    private Simulation.@Nullable Timer timer;
    private boolean pending;
    private boolean running;
    private long queuedSeq;

    /// @param number its own among all work items
    WorkItem(
            Workqueue queue,
            int number,
            String name,
            @Nullable Long gid,
            int track,
            Simulation sim,
            Runnable body) {
        this.queue = queue;
        this.number = number;
        this.name = name;
        this.gid = gid;
        this.body = body;
        this.track = track;
        finished = new WaitQueue(sim);
    }

    int number() {
        return number;
    }

    public String name() {
        return name;
    }

    /// Queued or waiting for its delay.
    public boolean isPending() {
        return pending;
    }

    public boolean isRunning() {
        return running;
    }

    /// `queue_work`: does nothing when it is pending already.
    public boolean queue() {
        return queue.queueDelayed(this, 0);
    }

    /// `queue_delayed_work`.
    public boolean queueDelayed(long delayNs) {
        return queue.queueDelayed(this, delayNs);
    }

    /// `mod_delayed_work`: a pending delay is replaced.
    public void modDelayed(long delayNs) {
        queue.modDelayed(this, delayNs);
    }

    /// `cancel_work`: does not wait for it when it is running.
    ///
    /// @return whether it was pending
    public boolean cancel() {
        return queue.cancel(this);
    }

    /// `cancel_work_sync`: not pending and not running when this returns.
    public void cancelSync() {
        queue.cancelSync(this);
    }

    /// Records that it was refused.
    public void refused(String reason) {
        queue.emit(this, WorkStep.REFUSED, null, reason);
    }

    SchedWork event(WorkStep step, @Nullable Long delayNs, @Nullable String reason) {
        return new SchedWork(name, queue.name(), step, delayNs, reason, gid);
    }

    int track() {
        return track;
    }

    WaitQueue finished() {
        return finished;
    }

    Simulation.@Nullable Timer timer() {
        return timer;
    }

    void setTimer(Simulation.@Nullable Timer timer) {
        this.timer = timer;
    }

    void setPending(boolean pending) {
        this.pending = pending;
    }

    void setRunning(boolean running) {
        this.running = running;
    }

    long queuedSeq() {
        return queuedSeq;
    }

    void setQueuedSeq(long seq) {
        queuedSeq = seq;
    }

    void run() {
        body.run();
    }
}
