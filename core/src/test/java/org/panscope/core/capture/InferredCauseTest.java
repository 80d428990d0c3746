package org.panscope.core.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.panscope.trace.ftrace.FtraceTextImporter;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.Trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

class InferredCauseTest {
    private final List<String> lines = new ArrayList<>();

    private InferredCauseTest at(int us, String task, int cpu, char context, String event) {
        lines.add("%16s   [%03d] d.%c1. %5d.%06d: %s".formatted(task, cpu, context, 1, us, event));
        return this;
    }

    private Trace trace() {
        AtomicReference<MemoryTrace> made = new AtomicReference<>();
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            FtraceTextImporter.importText(
                    new ByteArrayInputStream(text),
                    "test.txt",
                    header -> {
                        made.set(new MemoryTrace(header));
                        return Objects.requireNonNull(made.get());
                    },
                    new CaptureTracks(),
                    Progress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(made.get());
    }

    /// The chain of causes from an event back to where it begins.
    private static List<Long> chain(Trace trace, long seq) {
        List<Long> chain = new ArrayList<>();
        OptionalLong at = OptionalLong.of(seq);
        while (at.isPresent()) {
            chain.add(at.getAsLong());
            at = InferredCause.of(trace, at.getAsLong());
        }
        return chain;
    }

    private static String switched(String prev, int prevPid, String next, int nextPid) {
        return "sched_switch: prev_comm=%s prev_pid=%d prev_prio=120 prev_state=S ==> next_comm=%s next_pid=%d next_prio=50"
                .formatted(prev, prevPid, next, nextPid);
    }

    @Test
    void fromAWokenWaiterBackToTheInterrupt() {
        String queue =
                "workqueue_queue_work: work struct=0x10 function=panthor_fw_events"
                        + " workqueue=panthor-csf-sched req_cpu=0 cpu=0";
        Trace trace =
                at(1, "<idle>-0", 0, 'h', "irq_handler_entry: irq=33 name=panthor-job")
                        .at(
                                2,
                                "<idle>-0",
                                0,
                                'h',
                                "sched_waking: comm=irq/33-panthor- pid=210 prio=50 target_cpu=000")
                        .at(3, "<idle>-0", 0, 'h', "irq_handler_exit: irq=33 ret=handled")
                        .at(4, "<idle>-0", 0, '.', switched("swapper/0", 0, "irq/33-panthor-", 210))
                        .at(5, "irq/33-panthor--210", 0, '.', queue)
                        .at(
                                6,
                                "kworker/1:2-77",
                                1,
                                '.',
                                "workqueue_execute_start: work struct 0x10: function"
                                        + " panthor_fw_events")
                        .at(
                                7,
                                "kworker/1:2-77",
                                1,
                                '.',
                                "dma_fence_signaled: driver=panthor timeline=queue-fence context=3"
                                        + " seqno=1")
                        .at(
                                8,
                                "kworker/1:2-77",
                                1,
                                '.',
                                "drm_sched_job_done: fence=4294967320:9 signaled")
                        .at(
                                9,
                                "kworker/1:2-77",
                                1,
                                '.',
                                "dma_fence_signaled: driver=drm_sched timeline=r context=24"
                                        + " seqno=9")
                        .at(
                                10,
                                "app-5",
                                2,
                                '.',
                                "dma_fence_wait_end: driver=detached-driver"
                                        + " timeline=signaled-timeline context=24 seqno=9")
                        .trace();
        assertEquals(List.of(9L, 8L, 7L, 6L, 5L, 4L, 3L, 1L, 0L), chain(trace, 9));
        assertEquals(OptionalLong.of(0), InferredCause.of(trace, 2));
    }

    @Test
    void whatComesAfterAnInterruptsExitIsNotItsDoing() {
        Trace trace =
                at(1, "<idle>-0", 0, 'h', "irq_handler_entry: irq=33 name=panthor-job")
                        .at(2, "<idle>-0", 0, 'h', "irq_handler_exit: irq=33 ret=handled")
                        .at(
                                3,
                                "<idle>-0",
                                0,
                                'h',
                                "sched_waking: comm=app pid=5 prio=50 target_cpu=000")
                        .at(
                                4,
                                "app-5",
                                0,
                                '.',
                                "sched_waking: comm=other pid=6 prio=50 target_cpu=000")
                        .trace();
        assertEquals(OptionalLong.empty(), InferredCause.of(trace, 2));
        assertEquals(OptionalLong.empty(), InferredCause.of(trace, 3));
    }

    @Test
    void aJobIsRunBecauseItWasQueued() {
        String job = ": dev=gpu, fence=%d:%d, ring=r, job count:0, hw job count:0, client_id:4";
        Trace trace =
                at(1, "app-5", 0, '.', "drm_sched_job_queue" + job.formatted(24, 1))
                        .at(2, "app-5", 0, '.', "drm_sched_job_queue" + job.formatted(24, 2))
                        .at(3, "kworker/1:2-77", 1, '.', "drm_sched_job_run" + job.formatted(24, 1))
                        .trace();
        assertEquals(OptionalLong.of(0), InferredCause.of(trace, 2));
    }
}
