package org.panscope.core.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.panscope.core.timeline.TraceScript.bars;
import static org.panscope.core.timeline.TraceScript.instants;
import static org.panscope.core.timeline.TraceScript.steps;

import org.junit.jupiter.api.Test;

import java.util.List;

class CaptureRulesTest {
    private static final String CPU = "cpus:cpus > cpu:cpu 0";
    private static final String RING = "queues:queues > ring:render";
    private static final String QUEUE = "process:app > group:group 1 > queue:queue 0";

    @Test
    void fenceRunsFromInitToSignalledWhateverTheSystemPrefix() {
        String row = "fences:fences > timeline:queue-fence ctx 4";
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(
                                10, row, 0, "dma_fence:dma_fence_init", "context", 4L, "seqno", 8L)
                        .captured(30, row, 0, "dma_fence_signaled", "context", 4L, "seqno", 8L)
                        .build();
        assertEquals(List.of("10-30 8 FENCE"), bars(timeline, "fences / queue-fence ctx 4"));
    }

    @Test
    void newKernelsNameAJobByItsFinishedFence() {
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(1, RING, 0, "drm_sched_job_queue", job())
                        .captured(5, RING, 0, "drm_sched_job_run", job())
                        .captured(9, RING, 0, "drm_sched_job_done", job())
                        .build();
        assertEquals(
                List.of("1-5 job 7:2 queued QUEUED", "5-9 job 7:2 RUNNING"),
                bars(timeline, "queues / render"));
    }

    @Test
    void oldKernelsNameAJobByTheAddressOfItsFence() {
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(1, RING, 0, "drm_sched_job", "fence", 77L, "id", 3L)
                        .captured(5, RING, 0, "drm_run_job", "fence", 77L, "id", 3L)
                        .captured(9, RING, 0, "drm_sched_process_job", "fence", 77L)
                        .build();
        assertEquals(
                List.of("1-5 job 3 queued QUEUED", "5-9 job 3 RUNNING"),
                bars(timeline, "queues / render"));
    }

    @Test
    void cpuShowsWhoRunsAndNothingWhileIdle() {
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(1, CPU, 0, "sched_switch", "next_comm", "app", "next_pid", 4L)
                        .captured(5, CPU, 0, "sched_switch", "next_comm", "swapper", "next_pid", 0L)
                        .captured(8, CPU, 0, "sched_switch", "next_comm", "app", "next_pid", 4L)
                        .build();
        assertEquals(
                List.of("1-5 app IDENTITY", "8-… app IDENTITY"), bars(timeline, "cpus / cpu 0"));
    }

    @Test
    void cpusAreInTheOrderOfTheirNumbers() {
        TraceScript script = TraceScript.ofCapture();
        int at = 0;
        for (String cpu : List.of("cpu 10", "cpu 3", "cpu unknown", "cpu 0")) {
            script.captured(
                    at++,
                    "cpus:cpus > cpu:" + cpu,
                    0,
                    "sched_switch",
                    "next_comm",
                    "app",
                    "next_pid",
                    4L);
        }
        assertEquals(
                List.of("cpu 0", "cpu 3", "cpu 10", "cpu unknown"),
                script.build().roots().getFirst().children().stream()
                        .map(TimelineRow::name)
                        .toList());
    }

    @Test
    void interruptsAndWorkItemsPair() {
        String irq = "irq:irq > irq:irq 44 panthor-job";
        String work = "work:work items > work:panthor_job_work";
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(1, irq, 0, "irq_handler_entry", "irq", 44L, "name", "panthor-job")
                        .captured(3, irq, 0, "irq_handler_exit", "irq", 44L)
                        .captured(4, work, 0, "workqueue_execute_start", "function", "job_work")
                        .captured(7, work, 0, "workqueue_execute_end", "work", 9L)
                        .build();
        assertEquals(
                List.of("1-3 panthor-job · cpu 0 ACTIVITY"),
                bars(timeline, "irq / irq 44 panthor-job"));
        assertEquals(
                List.of("4-7 job_work RUNNING"),
                bars(timeline, "kernel / work items / panthor_job_work"));
    }

    @Test
    void waitThatNeverEndsStaysOpenOnItsThread() {
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(1, CPU, 0, "dma_fence_wait_start", "context", 4L, "seqno", 8L)
                        .captured(9, CPU, 0, "other", "a", 1L)
                        .build();
        assertEquals(List.of("1-… wait fence 4:8 WAITING"), bars(timeline, "threads / app 42"));
        assertEquals(1, timeline.unpaired());
    }

    @Test
    void markersOfAnInstrumentedDriverShowTheRing() {
        Timeline timeline =
                TraceScript.ofCapture()
                        .captured(1, QUEUE, 0, "print", "verb", "rbw", "at", 0L, "n", 64L)
                        .captured(2, QUEUE, 0, "print", "verb", "ins", "v", 64L)
                        .captured(3, QUEUE, 0, "print", "verb", "db")
                        .captured(9, QUEUE, 0, "print", "verb", "smp", "ins", 64L, "ext", 64L)
                        .build();
        assertEquals(
                List.of("1-2 written QUEUED", "2-9 pending QUEUED", "9-… empty IDLE"),
                bars(timeline, "app / group 1 / queue 0"));
        assertEquals(
                List.of("2=64", "9=0"), steps(timeline, "app / group 1 / queue 0 / pending bytes"));
        assertEquals(
                List.of("2 INSERT 64 DIAMOND QUEUED", "3 doorbell UP RUNNING"),
                instants(timeline, "app / group 1 / queue 0"));
    }

    private static Object[] job() {
        return new Object[] {"fence_context", 7L, "fence_seqno", 2L};
    }
}
