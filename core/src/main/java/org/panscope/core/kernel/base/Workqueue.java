package org.panscope.core.kernel.base;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.SimThread;
import org.panscope.core.sim.Simulation;
import org.panscope.core.sim.ThreadListener;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.SchedEvent.WorkStep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A named workqueue with worker threads of its own. What a work item does is caused by its
/// `SchedWork begin`, which is caused by the `queued` that led to it.
///
/// Simplified: workers are not shared between queues.
///
/// kernel: kernel/workqueue.c
public final class Workqueue {
    /// Any number of items at a time.
    public static final int UNBOUND = Integer.MAX_VALUE;

    private final KernelContext kernel;
    private final Simulation sim;
    private final String name;
    private final int maxActive;
    private final Actor timerActor;
    private final List<WorkItem> ready = new ArrayList<>();
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final WorkTracepoints tracepoints;
    private int active;
    private int workers;

    /// @param maxActive items that may run at a time: 1 for an ordered queue, or [#UNBOUND]
    public Workqueue(KernelContext kernel, String name, int maxActive) {
        this.kernel = kernel;
        this.sim = kernel.sim();
        this.name = name;
        this.maxActive = maxActive;
        timerActor = new Actor("timer/" + name, 0, "timer");
        tracepoints = new WorkTracepoints(kernel, name, maxActive, timerActor);
    }

    public String name() {
        return name;
    }

    /// A work item of this queue.
    ///
    /// @param work name of its function
    /// @param gid group it belongs to, if to one
    public WorkItem item(String work, @Nullable Long gid, Runnable body) {
        int number = kernel.nextWorkItem();
        return new WorkItem(this, number, work, gid, TrackNames.work(sim, work), sim, body);
    }

    boolean queueDelayed(WorkItem item, long delayNs) {
        if (item.isPending()) {
            emit(item, WorkStep.ALREADY_QUEUED, delayNs, null);
            return false;
        }
        arm(item, delayNs);
        return true;
    }

    void modDelayed(WorkItem item, long delayNs) {
        unqueue(item);
        arm(item, delayNs);
    }

    boolean cancel(WorkItem item) {
        boolean was = unqueue(item);
        if (was) {
            emit(item, WorkStep.CANCELLED, null, null);
        }
        return was;
    }

    void cancelSync(WorkItem item) {
        cancel(item);
        item.finished().await(() -> !item.isRunning(), WaitQueue.FOREVER);
    }

    void emit(WorkItem item, WorkStep step, @Nullable Long delayNs, @Nullable String reason) {
        sim.emit(item.track(), item.event(step, delayNs, reason));
    }

    private void arm(WorkItem item, long delayNs) {
        long before = sim.current().cause();
        item.setPending(true);
        item.setQueuedSeq(sim.follow(item.track(), item.event(WorkStep.QUEUED, delayNs, null)));
        tracepoints.queued(item, delayNs);
        item.setTimer(
                sim.schedule(
                        timerActor,
                        delayNs + latencyNs(),
                        Simulation.NORMAL,
                        () -> {
                            item.setTimer(null);
                            ready.add(item);
                            dispatch();
                        }));
        sim.current().setCause(before);
    }

    private long latencyNs() {
        long leastNs = kernel.timings().workLatencyNs();
        long mostNs = Math.max(leastNs, kernel.timings().workLatencyMaxNs());
        return sim.duration("kernel.work_latency", leastNs, mostNs);
    }

    private boolean unqueue(WorkItem item) {
        Simulation.Timer timer = item.timer();
        if (timer != null) {
            timer.cancel();
            item.setTimer(null);
        }
        ready.remove(item);
        boolean was = item.isPending();
        item.setPending(false);
        tracepoints.cancelled(item);
        return was;
    }

    private void dispatch() {
        while (active < maxActive) {
            WorkItem item = takeReady();
            if (item == null) {
                return;
            }
            active++;
            Worker worker = idle.poll();
            if (worker == null) {
                worker = new Worker(kernel.thread("kworker/" + name + ":" + workers++, "work"));
            }
            worker.give(item);
        }
    }

    private @Nullable WorkItem takeReady() {
        for (int i = 0; i < ready.size(); i++) {
            if (!ready.get(i).isRunning()) {
                WorkItem item = ready.remove(i);
                item.setPending(false);
                item.setRunning(true);
                return item;
            }
        }
        return null;
    }

    /// A thread that runs items one after the other and keeps itself for the next.
    private final class Worker {
        private final Actor actor;
        private final WaitQueue work = new WaitQueue(sim, ThreadListener.Rest.IDLE);
        private @Nullable WorkItem assigned;
        private @Nullable SimThread thread;

        Worker(Actor actor) {
            this.actor = actor;
        }

        void give(WorkItem item) {
            assigned = item;
            if (thread == null) {
                thread = sim.spawn(actor, 0, this::loop);
            } else {
                work.wakeAll();
            }
        }

        private void loop() {
            while (true) {
                work.await(() -> assigned != null, WaitQueue.FOREVER);
                WorkItem item = assigned;
                if (item == null) {
                    continue;
                }
                actor.setCause(item.queuedSeq());
                sim.follow(item.track(), item.event(WorkStep.BEGIN, null, null));
                tracepoints.started(item);
                item.run();
                tracepoints.finished(item);
                sim.emit(item.track(), item.event(WorkStep.END, null, null));
                assigned = null;
                item.setRunning(false);
                item.finished().wakeAll();
                active--;
                idle.push(this);
                dispatch();
            }
        }
    }
}
