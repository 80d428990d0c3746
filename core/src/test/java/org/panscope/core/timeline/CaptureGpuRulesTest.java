package org.panscope.core.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.core.timeline.TraceScript.bars;
import static org.panscope.core.timeline.TraceScript.instants;
import static org.panscope.core.timeline.TraceScript.steps;

import org.junit.jupiter.api.Test;

import java.util.List;

class CaptureGpuRulesTest {
    private static final String CPU = "cpus:cpus > cpu:cpu 0";
    private static final String IRQ = "irq:irq > irq:irq 33 panthor-job";
    private static final String THREAD = "irq/33-panthor-";

    @Test
    void aJobInterruptLastsAsLongAsItsHandlerTookAndNamesTheSlotsThatCalled() {
        String row = "gpu:gpu > gpu:fb000000.gpu job irq";
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(10, row, 0, "gpu_job_irq", "events", 5L, "duration_ns", 900L)
                        .captured(
                                500,
                                row,
                                0,
                                "gpu_job_irq",
                                "events",
                                0x8000_0001L,
                                "duration_ns",
                                100L)
                        .build();
        assertEquals(
                List.of("10-10 CSG 0, CSG 2 ACTIVITY", "400-500 CSG 0, global ACTIVITY"),
                bars(timeline, "gpu / fb000000.gpu job irq"));
    }

    @Test
    void powerIsUnknownUntilItChanges() {
        String row = "gpu:gpu > gpu:fb000000.gpu power";
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(1, CPU, 0, "other", "a", 1L)
                        .captured(5, row, 0, "gpu_power_status", power(0x50005))
                        .captured(9, row, 0, "gpu_power_status", power(0))
                        .build();
        assertEquals(
                List.of("5-9 shader 0x50005, tiler 0x50005, l2 0x50005 RUNNING", "9-… off IDLE"),
                bars(timeline, "gpu / fb000000.gpu power"));
        assertEquals(0, timeline.unpaired());
    }

    private static Object[] power(long cores) {
        return new Object[] {"shader_bitmap", cores, "tiler_bitmap", cores, "l2_bitmap", cores};
    }

    @Test
    void clocksAreCountersInHertz() {
        String devfreq = "gpu:gpu > gpu:fb000000.gpu frequency";
        String android = "gpu:gpu > gpu:gpu 0 frequency";
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(1, devfreq, 0, "devfreq_frequency", "freq", 300_000_000L)
                        .captured(2, devfreq, 0, "devfreq_monitor", "freq", 800_000_000L)
                        .captured(3, android, 0, "gpu_frequency", "state", 800_000L)
                        .build();
        assertEquals(
                List.of("1=300000000", "2=800000000"),
                steps(timeline, "gpu / fb000000.gpu frequency"));
        assertEquals(List.of("3=800000000"), steps(timeline, "gpu / gpu 0 frequency"));
    }

    @Test
    void memoryIsCountedForEachProcess() {
        String row = "gpu:gpu > gpu:gpu 0 memory";
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(1, row, 0, "gpu_mem_total", "pid", 0L, "size", 4096L)
                        .captured(1, row, 0, "gpu_mem_total", "pid", 42L, "size", 4096L)
                        .captured(2, row, 0, "gpu_mem_total", "pid", 42L, "size", 0L)
                        .build();
        assertEquals(List.of("1=4096"), steps(timeline, "gpu / gpu 0 memory / all processes"));
        assertEquals(List.of("1=4096", "2=0"), steps(timeline, "gpu / gpu 0 memory / pid 42"));
    }

    @Test
    void theThreadOfAnInterruptIsWokenRunsIsPreemptedAndSleeps() {
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(1, IRQ, 0, "irq_handler_entry", "irq", 33L, "name", "panthor-job")
                        .captured(2, CPU, 0, "sched_waking", "comm", THREAD, "pid", 210L)
                        .captured(3, IRQ, 0, "irq_handler_exit", "irq", 33L)
                        .captured(5, CPU, 0, "sched_switch", switched("app", 7, "R", THREAD, 210))
                        .captured(7, CPU, 0, "sched_switch", switched(THREAD, 210, "R", "app", 7))
                        .captured(8, CPU, 1, "sched_switch", switched("app", 7, "R", THREAD, 210))
                        .captured(9, CPU, 1, "sched_switch", switched(THREAD, 210, "S", "app", 7))
                        .build();
        assertEquals(
                List.of(
                        "2-5 woken QUEUED",
                        "5-7 runs on cpu 0 RUNNING",
                        "7-8 preempted QUEUED",
                        "8-9 runs on cpu 1 RUNNING"),
                bars(timeline, "irq / irq 33 panthor-job / irq/33-panthor- 210"));
        assertTrue(instants(timeline, "cpus / cpu 0").contains("2 wakes " + THREAD + " TICK IDLE"));
    }

    private static Object[] switched(
            String prev, long prevPid, String state, String next, long nextPid) {
        return new Object[] {
            "prev_comm",
            prev,
            "prev_pid",
            prevPid,
            "prev_state",
            state,
            "next_comm",
            next,
            "next_pid",
            nextPid
        };
    }

    @Test
    void whatIsNotRecordedHasAnOutlineAndNotAnEmptyRow() {
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(1, CPU, 0, "sched_switch", switched("a", 1, "S", "b", 2))
                        .captured(2, CPU, 0, "print", "verb", "rbw", "buf", "psm1 rbw g=1")
                        .build();
        TimelineRow group = timeline.roots().getLast();
        assertEquals(Section.NOT_RECORDED, group.section());
        List<String> names = group.children().stream().map(TimelineRow::name).toList();
        assertTrue(names.contains("masks of job interrupts"), names.toString());
        assertTrue(names.contains("progress of CS_EXTRACT"), names.toString());
        assertTrue(!names.contains("threads on CPUs"), names.toString());
        assertTrue(!names.contains("ring writes, CS_INSERT and user doorbells"), names.toString());
        assertEquals(
                List.of("1-3 not recorded: record irq UNKNOWN"),
                bars(timeline, "not recorded / interrupts"));
    }

    @Test
    void aJobEndedByATimeoutIsAnError() {
        String ring = "queues:queues > ring:render";
        String fence = "fences:fences > timeline:queue-fence ctx 3";
        Object[] job = {"fence_context", 24L, "fence_seqno", 1L, "name", "render"};
        Object[] made = {
            "driver", "panthor", "timeline", "queue-fence", "context", 3L, "seqno", 1L
        };
        String work = "work:work items > work:drm_sched_job_timedout";
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(1, ring, 0, "drm_sched_job_run", job)
                        .captured(2, fence, 0, "dma_fence_init", made)
                        .captured(
                                7,
                                work,
                                0,
                                "workqueue_execute_start",
                                "work",
                                9L,
                                "function",
                                "drm_sched_job_timedout")
                        .captured(8, fence, 0, "dma_fence_signaled", made)
                        .captured(9, ring, 0, "drm_sched_job_done", job)
                        .build();
        assertEquals(List.of("1-9 job 24:1 ERROR"), bars(timeline, "queues / render"));
        assertEquals(
                List.of("9 job 24:1 signalled by timeout or reset (inferred) CROSS ERROR"),
                instants(timeline, "queues / render"));
        assertEquals(
                List.of("1-8 job 24:1 RUNNING"),
                bars(timeline, "queues / render / gpu busy (estimated)"));
    }
}
