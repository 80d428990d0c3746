package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.KernelEvent.IoctlExit;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.SchedEvent.SchedWork;
import org.panscope.trace.event.SchedEvent.WorkStep;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The kernel's tracepoints say what the vocabulary says, in the words of the kernel that is
/// emulated.
class TracepointTest {
    private static final String SAMPLE = "kernel-submit.json";

    /// Credits are instructions of the ring since v6.13: what one job takes.
    private static final long CREDITS_OF_A_JOB = 16;

    private static final Map<String, String> MAINLINE = Map.of("driver.profile", "mainline-2026");

    private static TracedRun old() {
        return TracedRun.of(SAMPLE, Map.of());
    }

    private static TracedRun mainline() {
        return TracedRun.of(SAMPLE, MAINLINE);
    }

    private static List<String> systemsOf(TracedRun run) {
        SortedSet<String> systems = new TreeSet<>();
        for (Event event : run.tracepoints()) {
            String name = event.type().name();
            systems.add(name.substring(0, name.indexOf(':')));
        }
        return List.copyOf(systems);
    }

    private static @Nullable Object value(Event event, String field) {
        assertTrue(event.type().fieldIndex(field) >= 0, event + " has no " + field);
        return event.value(field);
    }

    private static List<String> names(TracedRun run, String system) {
        SortedSet<String> names = new TreeSet<>();
        run.tracepoints().stream()
                .map(event -> event.type().name())
                .filter(name -> name.startsWith(system + ":"))
                .forEach(name -> names.add(name.substring(name.indexOf(':') + 1)));
        return List.copyOf(names);
    }

    @Test
    void runWithoutTracepointsHasNoneAndWithThemTheSameRest() {
        TracedRun off = TracedRun.of(SAMPLE, Map.of(), List.of());
        TracedRun on = old();

        assertEquals(List.of(), off.tracepoints());
        assertFalse(on.tracepoints().isEmpty());
        assertEquals(records(off), records(on));
        for (Event event : off.trace().events()) {
            assertEquals(EventHeader.UNKNOWN, event.header().cpu(), event::toString);
        }
    }

    private static List<String> records(TracedRun run) {
        List<String> records = new ArrayList<>();
        for (Event event : run.trace().events()) {
            TraceEvent record = event.record();
            if (record != null) {
                records.add(event.timeNs() + " " + EventLog.line(record));
            }
        }
        return records;
    }

    @Test
    void globsChooseWhatIsOn() {
        assertEquals(
                List.of("dma_fence", "irq"),
                systemsOf(TracedRun.of(SAMPLE, Map.of(), List.of("dma_fence", "irq:*_entry"))));
        assertEquals(
                List.of("irq_handler_entry"),
                names(TracedRun.of(SAMPLE, Map.of(), List.of("irq_handler_e?try")), "irq"));
        assertEquals(
                List.of("irq", "rpm"),
                systemsOf(TracedRun.of(SAMPLE, Map.of(), List.of("ir?", "rpm_*"))));
    }

    @Test
    void eachKernelHasTheJobTracepointsOfItsTime() {
        assertEquals(
                List.of("drm_run_job", "drm_sched_job", "drm_sched_process_job"),
                names(old(), "gpu_scheduler"));
        assertEquals(
                List.of("drm_sched_job_done", "drm_sched_job_queue", "drm_sched_job_run"),
                names(mainline(), "gpu_scheduler"));
        assertEquals(List.of(), names(old(), "panthor"));
        assertEquals(List.of("gpu_job_irq", "gpu_power_status"), names(mainline(), "panthor"));
    }

    @Test
    void headersHaveWhatALineOfFtraceTextHas() {
        for (Event event : old().tracepoints()) {
            EventHeader header = event.header();
            assertTrue(header.cpu() >= 0 && header.pid() >= 0, event::toString);
            String comm = header.comm();
            assertTrue(comm != null && comm.length() <= 15, event::toString);
            assertTrue(
                    List.of("task", "softirq", "hardirq").contains(header.context()),
                    event::toString);
        }
    }

    @Test
    void fenceTracepointsFollowTheFences() {
        Map<FenceStep, String> tracepointOf =
                Map.of(
                        FenceStep.INIT, "dma_fence_init",
                        FenceStep.SIGNALED, "dma_fence_signaled",
                        FenceStep.DESTROY, "dma_fence_destroy",
                        FenceStep.ENABLE_SIGNAL, "dma_fence_enable_signal");
        for (TracedRun run : List.of(old(), mainline())) {
            List<String> wanted = new ArrayList<>();
            List<String> hit = new ArrayList<>();
            for (Event event : run.trace().events()) {
                if (event.record() instanceof Fence fence
                        && tracepointOf.containsKey(fence.step())) {
                    wanted.add(
                            tracepointOf.get(fence.step())
                                    + " "
                                    + fence.context()
                                    + ":"
                                    + fence.seqno());
                } else if (event.type().name().startsWith("dma_fence:")) {
                    hit.add(
                            event.type().name().substring("dma_fence:".length())
                                    + " "
                                    + value(event, "context")
                                    + ":"
                                    + value(event, "seqno"));
                }
            }
            assertEquals(wanted, hit);
            assertFalse(hit.isEmpty());
        }
    }

    @Test
    void signalledFencesLoseTheirNamesOnlyInNewKernels() {
        for (Event destroy : old().tracepoints("dma_fence_destroy")) {
            assertNotEquals("detached-driver", value(destroy, "driver"));
        }
        List<Event> destroys = mainline().tracepoints("dma_fence_destroy");
        assertFalse(destroys.isEmpty());
        for (Event destroy : destroys) {
            assertEquals("detached-driver", value(destroy, "driver"));
            assertEquals("signaled-timeline", value(destroy, "timeline"));
        }
        for (Event init : mainline().tracepoints("dma_fence_init")) {
            assertNotEquals("detached-driver", value(init, "driver"));
        }
    }

    @Test
    void jobTracepointsFollowTheJobs() {
        TracedRun run = mainline();
        assertEquals(jobs(run, JobStep.PUSHED), fences(run, "drm_sched_job_queue"));
        assertEquals(jobs(run, JobStep.RUN), fences(run, "drm_sched_job_run"));
        assertEquals(jobs(run, JobStep.DONE), fences(run, "drm_sched_job_done"));
        for (Event queued : run.tracepoints("drm_sched_job_queue")) {
            assertEquals("fb000000.gpu", value(queued, "dev"));
            assertEquals(1L, value(queued, "client_id"));
            assertEquals(0L, value(queued, "job_count"));
            assertEquals(0L, value(queued, "hw_job_count"));
        }
        for (Event ran : run.tracepoints("drm_sched_job_run")) {
            assertEquals(CREDITS_OF_A_JOB, value(ran, "hw_job_count"));
        }
    }

    private static List<String> jobs(TracedRun run, JobStep step) {
        return run.events(Job.class).stream()
                .filter(job -> job.step() == step)
                .map(job -> String.valueOf(job.finished()))
                .toList();
    }

    private static List<String> fences(TracedRun run, String tracepoint) {
        return run.tracepoints(tracepoint).stream()
                .map(e -> "fence:" + value(e, "fence_context") + ":" + value(e, "fence_seqno"))
                .toList();
    }

    @Test
    void oldJobTracepointsShareOneHashedFence() {
        TracedRun run = old();
        List<Event> queued = run.tracepoints("drm_sched_job");
        List<Event> ran = run.tracepoints("drm_run_job");
        List<Event> done = run.tracepoints("drm_sched_process_job");
        assertEquals(2, queued.size());
        SortedSet<Long> pointers = new TreeSet<>();
        for (int i = 0; i < queued.size(); i++) {
            Object fence = value(queued.get(i), "fence");
            assertEquals(fence, value(ran.get(i), "fence"));
            assertEquals(fence, value(done.get(i), "fence"));
            assertEquals(i + 1L, value(queued.get(i), "id"));
            assertEquals(value(queued.get(0), "entity"), value(ran.get(i), "entity"));
            assertTrue(fence instanceof Long hash && hash > 0 && hash >>> 32 == 0);
            pointers.add((Long) fence);
        }
        assertEquals(2, pointers.size());
    }

    @Test
    void workIsQueuedActivatedAndExecutedInThisOrder() {
        TracedRun run = old();
        SortedMap<Object, String> last = new TreeMap<>();
        int executed = 0;
        for (Event event : run.tracepoints()) {
            if (!event.type().name().startsWith("workqueue:")) {
                continue;
            }
            String step = event.type().name().substring("workqueue:workqueue_".length());
            Object work = value(event, "work");
            String before = last.put(work, step);
            switch (step) {
                case "activate_work" -> assertEquals("queue_work", before);
                case "execute_end" -> executed++;
                default -> {} // what may come before is not the same for all
            }
        }
        long begun =
                run.events(SchedWork.class).stream()
                        .filter(work -> work.step() == WorkStep.END)
                        .count();
        assertEquals(begun, executed);
        SortedSet<String> functions = new TreeSet<>();
        run.tracepoints("workqueue_execute_start")
                .forEach(e -> functions.add(String.valueOf(value(e, "function"))));
        assertEquals(
                new TreeSet<>(
                        List.of(
                                "drm_sched_free_job_work",
                                "drm_sched_run_job_work",
                                "group_sync_upd_work",
                                "pm_runtime_work",
                                "process_fw_events_work",
                                "sync_upd_work",
                                "tick_work")),
                functions);
    }

    @Test
    void interruptHandlersEnterAndLeaveOnCpu0() {
        TracedRun run = old();
        List<Event> entries = run.tracepoints("irq_handler_entry");
        List<Event> exits = run.tracepoints("irq_handler_exit");
        assertFalse(entries.isEmpty());
        assertEquals(entries.size(), exits.size());
        for (int i = 0; i < entries.size(); i++) {
            assertEquals(value(entries.get(i), "irq"), value(exits.get(i), "irq"));
            assertEquals(0, entries.get(i).header().cpu());
            assertEquals("hardirq", entries.get(i).header().context());
        }
    }

    @Test
    void ioctlsEnterAndLeave() {
        TracedRun run = old();
        List<IoctlExit> ioctls = run.events(IoctlExit.class);
        List<Event> enters = run.tracepoints("sys_enter");
        List<Event> exits = run.tracepoints("sys_exit");
        assertEquals(ioctls.size(), enters.size());
        for (int i = 0; i < ioctls.size(); i++) {
            assertEquals(29L, value(enters.get(i), "id"));
            assertEquals(ioctls.get(i).request(), value(enters.get(i), "arg1"));
            assertEquals((long) ioctls.get(i).ret(), value(exits.get(i), "ret"));
        }
    }

    @Test
    void oneThreadRunsOnACpuAtATime() {
        for (String sample : List.of(SAMPLE, "demo.json", "two-groups-endpoints.json")) {
            TracedRun run = TracedRun.of(sample, Map.of());
            SortedMap<Integer, Object> running = new TreeMap<>();
            int switches = 0;
            for (Event event : run.tracepoints()) {
                EventHeader header = event.header();
                Object now = running.getOrDefault(header.cpu(), 0L);
                assertEquals(now, (long) header.pid(), event::toString);
                if (event.type().name().equals("sched:sched_switch")) {
                    assertEquals(now, value(event, "prev_pid"), event::toString);
                    running.put(header.cpu(), value(event, "next_pid"));
                    switches++;
                }
            }
            assertTrue(switches > 0);
        }
    }

    @Test
    void powerInterruptsAreUnmaskedOnlyByTheirTracepoint() {
        List<Event> status =
                TracedRun.of(SAMPLE, MAINLINE, List.of("gpu_power_status"))
                        .tracepoints("gpu_power_status");
        assertFalse(status.isEmpty());
        for (Event event : status) {
            assertEquals(1L, value(event, "l2_bitmap"));
        }
        assertTrue(
                gpuInterrupts(List.of("gpu_power_status", "irq")) > gpuInterrupts(List.of("irq")));
    }

    private static long gpuInterrupts(List<String> tracepoints) {
        return TracedRun.of(SAMPLE, MAINLINE, tracepoints).tracepoints("irq_handler_entry").stream()
                .filter(entry -> "panthor-gpu".equals(value(entry, "name")))
                .count();
    }

    @Test
    void usageCountsOfPowerManagementAreTheDevices() {
        List<Event> suspends = old().tracepoints("rpm_suspend");
        assertFalse(suspends.isEmpty());
        for (Event suspend : suspends) {
            assertEquals(0L, value(suspend, "usage_count"), suspend::toString);
        }
        for (Event resume : old().tracepoints("rpm_resume")) {
            assertTrue(
                    value(resume, "usage_count") instanceof Long usage && usage > 0,
                    resume::toString);
        }
    }
}
