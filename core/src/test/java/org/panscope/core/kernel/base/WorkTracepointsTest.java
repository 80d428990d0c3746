package org.panscope.core.kernel.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.record.TraceRecorder;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.SeededChoices;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;

import java.util.ArrayList;
import java.util.List;

/// When a work item counts as queued and as active.
class WorkTracepointsTest {
    private static final long US = 1_000;

    private final MemoryTrace trace = new MemoryTrace("test");
    private final Simulation sim = new Simulation(new SeededChoices(1), new TraceRecorder(trace));
    private final KernelContext kernel =
            new KernelContext(
                    sim,
                    new PhysicalMemory(),
                    KernelTimings.defaults(),
                    DriverConfig.AS_POSTED,
                    TracepointSet.of(List.of("workqueue")));
    private final Actor driver = kernel.thread("driver", "ioctl");

    /// `TIME us EVENT FUNCTION`, from the tracepoints.
    private List<String> run(Runnable body) {
        sim.as(driver, () -> sim.spawn(driver, 0, body));
        sim.run(1_000 * US);
        sim.close();
        List<String> lines = new ArrayList<>();
        for (Event event : trace.events()) {
            if (event.type().isDynamic()) {
                String name = event.type().name().replace("workqueue:workqueue_", "");
                lines.add(event.timeNs() / US + " us " + name + " " + event.value("function"));
            }
        }
        return lines;
    }

    @Test
    void workIsQueuedAtOnceOrWhenItsTimerFires() {
        Workqueue queue = new Workqueue(kernel, "panthor-csf-sched", Workqueue.UNBOUND);
        WorkItem tick = queue.item("tick", null, () -> {});
        WorkItem update = queue.item("sync_upd", null, () -> {});

        List<String> lines =
                run(() -> {
                    tick.queueDelayed(100 * US);
                    update.queue();
                });

        assertEquals(
                List.of(
                        "0 us queue_work sync_upd_work",
                        "0 us activate_work sync_upd_work",
                        "5 us execute_start sync_upd_work",
                        "5 us execute_end sync_upd_work",
                        "100 us queue_work tick_work",
                        "100 us activate_work tick_work",
                        "105 us execute_start tick_work",
                        "105 us execute_end tick_work"),
                lines);
    }

    @Test
    void cancelledDelayIsNeverQueuedAndAReplacedOneOnce() {
        Workqueue queue = new Workqueue(kernel, "panthor-csf-sched", Workqueue.UNBOUND);
        WorkItem ping = queue.item("ping", null, () -> {});
        WorkItem tick = queue.item("tick", null, () -> {});

        List<String> lines =
                run(() -> {
                    ping.queueDelayed(50 * US);
                    tick.queueDelayed(100 * US);
                    sim.sleep(10 * US);
                    ping.cancel();
                    tick.modDelayed(200 * US);
                });

        assertEquals(
                List.of(
                        "210 us queue_work tick_work",
                        "210 us activate_work tick_work",
                        "215 us execute_start tick_work",
                        "215 us execute_end tick_work"),
                lines);
    }

    @Test
    void orderedQueueActivatesTheNextWorkWhenTheOneBeforeHasEnded() {
        Workqueue queue = new Workqueue(kernel, "panthor-reset-wq", 1);
        WorkItem first = queue.item("first", null, () -> sim.sleep(20 * US));
        WorkItem second = queue.item("second", null, () -> {});
        WorkItem third = queue.item("third", null, () -> {});

        List<String> lines =
                run(() -> {
                    first.queue();
                    second.queue();
                    third.queue();
                    third.cancel();
                });

        assertEquals(
                List.of(
                        "0 us queue_work first_work",
                        "0 us activate_work first_work",
                        "0 us queue_work second_work",
                        "0 us queue_work third_work",
                        "5 us execute_start first_work",
                        "25 us execute_end first_work",
                        "25 us activate_work second_work",
                        "25 us execute_start second_work",
                        "25 us execute_end second_work"),
                lines);
    }
}
