package org.panscope.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.analysis.capture.CaptureCatalog;
import org.panscope.core.capture.CaptureTracks;
import org.panscope.trace.ftrace.FtraceTextImporter;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The rules that judge any capture, on ftrace text.
class CaptureRulesTest {
    private final StringBuilder text = new StringBuilder("# tracer: nop\n#\n");

    private void line(double seconds, String event) {
        text.append(
                String.format(
                        Locale.ROOT,
                        "     worker-100     [001] d....   %.6f: %s%n",
                        seconds,
                        event));
    }

    private void fence(double seconds, String event, int seqno) {
        line(seconds, event + ": driver=panthor timeline=queue-fence context=7 seqno=" + seqno);
    }

    private void job(double seconds, String event, int id) {
        line(
                seconds,
                event
                        + ": dev=fb000000.gpu, fence=9:"
                        + id
                        + ", ring=panthor-queue, job count:1, hw job count:0, client_id:4");
    }

    private Verdict verdict() throws IOException {
        MemoryTrace[] trace = new MemoryTrace[1];
        FtraceTextImporter.importText(
                new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)),
                "capture.txt",
                header -> trace[0] = new MemoryTrace(header),
                new CaptureTracks(),
                Progress.NONE);
        return Analyzer.analyze(Objects.requireNonNull(trace[0]));
    }

    private List<String> messages(String rule) throws IOException {
        Verdict verdict = verdict();
        assertTrue(verdict.checked().contains(rule), () -> verdict.uncheckable().toString());
        assertEquals(
                List.of(rule),
                List.copyOf(verdict.brokenRules()),
                "no other rule takes that for its own");
        return verdict.only(List.of(rule)).findings().stream().map(Finding::message).toList();
    }

    @Test
    void fenceThatIsNotSignalled() throws IOException {
        fence(1, "dma_fence_init", 1);
        fence(1.1, "dma_fence_init", 2);
        fence(1.2, "dma_fence_signaled", 2);
        fence(2.5, "dma_fence_init", 3);
        assertEquals(
                List.of(
                        "Fence 7:1 of queue-fence is not signalled 1.5 s after it was made, at the"
                                + " end of the capture."),
                messages("C1"));
    }

    @Test
    void jobThatIsNotDone() throws IOException {
        job(1, "drm_sched_job_queue", 1);
        job(1.001, "drm_sched_job_run", 1);
        job(1.002, "drm_sched_job_queue", 2);
        job(1.003, "drm_sched_job_run", 2);
        line(1.0025, "drm_sched_job_done: fence=9:1 signaled");
        line(3, "sched_waking: comm=x pid=1 prio=120 target_cpu=000");
        List<String> messages = messages("C2");
        assertEquals(1, messages.size(), messages::toString);
        assertTrue(messages.getFirst().contains("is not done 1.997 s after"), messages::toString);
    }

    @Test
    void fenceThatTakesLong() throws IOException {
        for (int i = 0; i < 30; i++) {
            fence(1 + i * 0.1, "dma_fence_init", i + 1);
            fence(1 + i * 0.1 + (i == 20 ? 0.05 : 0.001), "dma_fence_signaled", i + 1);
        }
        List<String> messages = messages("C3");
        assertEquals(1, messages.size(), messages::toString);
        assertTrue(messages.getFirst().startsWith("A fence of queue-fence took 50 ms"));
    }

    @Test
    void signalLongAfterTheInterrupt() throws IOException {
        job(1, "drm_sched_job_queue", 1);
        job(1.001, "drm_sched_job_run", 1);
        line(1.010, "irq_handler_entry: irq=40 name=panthor-job");
        line(1.0101, "irq_handler_exit: irq=40 ret=handled");
        line(1.020, "drm_sched_job_done: fence=9:1 signaled");
        List<String> messages = messages("C4");
        assertEquals(1, messages.size(), messages::toString);
        assertTrue(messages.getFirst().contains("10 ms after the last interrupt of panthor-job"));
    }

    @Test
    void nothingRunsWhileAJobIsQueued() throws IOException {
        job(1, "drm_sched_job_queue", 1);
        job(1.0005, "drm_sched_job_run", 1);
        job(1.001, "drm_sched_job_queue", 2);
        line(1.002, "drm_sched_job_done: fence=9:1 signaled");
        job(1.012, "drm_sched_job_run", 2);
        line(1.013, "drm_sched_job_done: fence=9:2 signaled");
        assertEquals(
                List.of("Nothing ran on the GPU for 10 ms while a job was queued."),
                messages("C6"));
    }

    @Test
    void powerThatGoesOnAndOff() throws IOException {
        for (int i = 0; i < 8; i++) {
            line(
                    1 + i * 0.1,
                    "rpm_resume: fb000000.gpu flags-4 cnt-1  dep-0  auto-1 p-0 irq-0 child-0");
        }
        assertEquals(
                List.of("Device fb000000.gpu was resumed 6 times within 500 ms."), messages("C7"));
    }

    @Test
    void lostEvents() throws IOException {
        fence(1, "dma_fence_init", 1);
        text.append("CPU:1 [LOST 42 EVENTS]\n");
        fence(1.1, "dma_fence_signaled", 1);
        List<String> messages = messages("C8");
        assertEquals(1, messages.size(), messages::toString);
        assertTrue(
                messages.getFirst().startsWith("42 events are missing here (ring-overrun)"),
                messages::toString);
    }

    private void bind(double seconds, long group, int slot) {
        line(
                seconds,
                String.format(
                        Locale.ROOT,
                        "group_bind_locked: (group_bind_locked+0x0/0x158 [panthor]) group=0x%x"
                                + " csg_id=%d",
                        group,
                        slot));
    }

    private void unbind(double seconds, long group) {
        line(
                seconds,
                String.format(
                        Locale.ROOT,
                        "group_unbind_locked: (group_unbind_locked+0x0/0xa4 [panthor]) group=0x%x",
                        group));
    }

    @Test
    void groupBoundWhileItIsBound() throws IOException {
        bind(1, 0xffff00001000L, 0);
        bind(1.1, 0xffff00001000L, 1);
        unbind(1.2, 0xffff00001000L);
        bind(1.3, 0xffff00001000L, 1);
        assertEquals(
                List.of("Group 0xffff00001000 is bound to slot 1 while it is on slot 0 already."),
                messages("C9"));
    }

    @Test
    void slotTakenWhileAnotherGroupHoldsIt() throws IOException {
        bind(1, 0xffff00001000L, 0);
        bind(1.1, 0xffff00002000L, 0);
        unbind(1.2, 0xffff00001000L);
        unbind(1.3, 0xffff00002000L);
        bind(1.4, 0xffff00003000L, 0);
        assertEquals(
                List.of(
                        "Group 0xffff00002000 is bound to slot 0, which group 0xffff00001000 still"
                                + " holds."),
                messages("C9"));
    }

    @Test
    void bindingsOneAfterTheOtherOrAcrossLostEventsAreNoFinding() throws IOException {
        bind(1, 0xffff00001000L, 0);
        bind(1.1, 0xffff00002000L, 1);
        unbind(1.2, 0xffff00001000L);
        bind(1.3, 0xffff00001000L, 0);
        text.append("CPU:1 [LOST 42 EVENTS]\n");
        bind(1.4, 0xffff00001000L, 2);
        assertEquals(List.of("C8"), List.copyOf(verdict().brokenRules()));
    }

    /// C5 looks at groups, and MutationTest breaks it.
    @Test
    void everyRuleOfCapturesIsBrokenHere() {
        assertEquals(
                List.of("C1", "C2", "C3", "C4", "C6", "C7", "C8", "C9"),
                CaptureCatalog.rules().stream().map(rule -> rule.info().id()).toList());
    }

    @Test
    void whatACaptureDoesNotHoldIsNotCheckable() throws IOException {
        fence(1, "dma_fence_init", 1);
        fence(1.1, "dma_fence_signaled", 1);
        Verdict verdict = verdict();
        assertTrue(verdict.findings().isEmpty(), () -> verdict.findings().toString());
        assertTrue(verdict.checked().containsAll(List.of("C1", "C3", "C8")));
        assertTrue(
                verdict.uncheckable()
                        .contains(new Verdict.Uncheckable("I28", "not checkable: needs KICK")),
                () -> verdict.uncheckable().toString());
        assertTrue(!verdict.checked().contains("I28"));
    }
}
