package org.panscope.core.kernel.base;

import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The tracepoints of one workqueue. A delayed work is queued when its timer fires, and a queued
/// one becomes active when fewer than the queue's limit are.
///
/// kernel: kernel/workqueue.c: __queue_work, process_one_work, pwq_activate_first_inactive
final class WorkTracepoints {
    /// WORK_CPU_UNBOUND. ASSUMPTION: kernel.nr_cpus.
    private static final long CPU_UNBOUND = 512;

    private static final long NO_CPU = -1;
    private static final long CPU_0 = 0;

    private static final Map<String, String> FUNCTIONS =
            Map.of("fw_events", "process_fw_events_work");

    private final KernelContext kernel;
    private final String name;
    private final int maxActive;
    private final Actor timerActor;
    private final Map<Integer, Simulation.Timer> delayed = new TreeMap<>();
    private final SortedSet<Integer> waiting = new TreeSet<>();
    private final List<WorkItem> inactive = new ArrayList<>();
    private int active;

    WorkTracepoints(KernelContext kernel, String name, int maxActive, Actor timerActor) {
        this.kernel = kernel;
        this.name = name;
        this.maxActive = maxActive;
        this.timerActor = timerActor;
    }

    private boolean isOff() {
        Tracepoints tracepoints = kernel.tracepoints();
        return !tracepoints.isOn(Tracepoint.WORKQUEUE_QUEUE_WORK)
                && !tracepoints.isOn(Tracepoint.WORKQUEUE_ACTIVATE_WORK)
                && !tracepoints.isOn(Tracepoint.WORKQUEUE_EXECUTE_START)
                && !tracepoints.isOn(Tracepoint.WORKQUEUE_EXECUTE_END);
    }

    void queued(WorkItem item, long delayNs) {
        if (isOff()) {
            return;
        }
        if (delayNs == 0) {
            insert(item);
            return;
        }
        Simulation.Timer timer =
                kernel.sim()
                        .schedule(
                                timerActor,
                                delayNs,
                                Simulation.NORMAL,
                                () -> {
                                    delayed.remove(item.number());
                                    insert(item);
                                });
        delayed.put(item.number(), timer);
    }

    void cancelled(WorkItem item) {
        Simulation.Timer timer = delayed.remove(item.number());
        if (timer != null) {
            timer.cancel();
        } else if (waiting.remove(item.number())) {
            active--;
            activateNext();
        } else {
            inactive.remove(item);
        }
    }

    void started(WorkItem item) {
        if (isOff()) {
            return;
        }
        if (inactive.remove(item)) {
            activate(item);
        }
        waiting.remove(item.number());
        hit(Tracepoint.WORKQUEUE_EXECUTE_START, item);
    }

    void finished(WorkItem item) {
        if (isOff()) {
            return;
        }
        hit(Tracepoint.WORKQUEUE_EXECUTE_END, item);
        active--;
        activateNext();
    }

    private void insert(WorkItem item) {
        boolean bound = isBound();
        kernel.tracepoints()
                .hit(
                        Tracepoint.WORKQUEUE_QUEUE_WORK,
                        KernelPointers.work(item.number()),
                        function(item),
                        name,
                        CPU_UNBOUND,
                        bound ? CPU_0 : NO_CPU);
        if (active < maxActive) {
            activate(item);
        } else {
            inactive.add(item);
        }
    }

    private void activate(WorkItem item) {
        active++;
        waiting.add(item.number());
        hit(Tracepoint.WORKQUEUE_ACTIVATE_WORK, item);
    }

    private void activateNext() {
        if (!inactive.isEmpty() && active < maxActive) {
            activate(inactive.removeFirst());
        }
    }

    private void hit(Tracepoint tracepoint, WorkItem item) {
        kernel.tracepoints().hit(tracepoint, KernelPointers.work(item.number()), function(item));
    }

    /// Until v6.18 the work of power management stayed on the CPU it was queued on, which is the
    /// one its timer fires on.
    private boolean isBound() {
        return name.equals(RuntimePm.WORKQUEUE) && !kernel.driver().isMainline2026();
    }

    /// The kernel's name of a work item's function.
    private static String function(WorkItem item) {
        String work = item.name();
        boolean isFunction = work.endsWith("_work") || work.startsWith("drm_sched_");
        return isFunction ? work : FUNCTIONS.getOrDefault(work, work + "_work");
    }
}
