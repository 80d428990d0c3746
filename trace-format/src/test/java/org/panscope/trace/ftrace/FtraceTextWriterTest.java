package org.panscope.trace.ftrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.trace.event.MarkEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// What is written as ftrace text is what the importer reads.
class FtraceTextWriterTest {
    private static final String HEAD = "        client-7-146     [002] d.h1.    17.000000123: ";

    private static String write(MemoryTrace trace) {
        StringBuilder text = new StringBuilder();
        try {
            new FtraceTextWriter(trace, true, event -> List.of()).write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<String> lines(MemoryTrace trace) {
        return write(trace).lines().filter(line -> !line.startsWith("#")).toList();
    }

    @Test
    void sampleCaptureComesBackAsItWas() {
        MemoryTrace before = Captures.file(Captures.NANOS);
        String text = write(before);
        MemoryTrace after = Captures.text(text);

        assertTrue(text.startsWith("# tracer: nop\n#\n# entries-in-buffer/entries-written: 2368/"));
        assertEquals("2", after.header().attributes().get("cpus"));
        assertEquals(before.header().originNs(), after.header().originNs());
        assertEquals(List.of(), after.losses());
        assertEquals(before.eventCount(), after.eventCount());
        for (long seq = 0; seq < before.eventCount(); seq++) {
            Event wanted = before.event(seq);
            Event read = after.event(seq);
            assertEquals(wanted.type(), read.type());
            assertEquals(wanted.timeNs(), read.timeNs());
            assertEquals(wanted.header().comm(), read.header().comm());
            assertEquals(wanted.header().pid(), read.header().pid());
            assertEquals(wanted.header().cpu(), read.header().cpu());
            for (int i = 0; i < wanted.fieldCount(); i++) {
                assertEquals(wanted.value(i), read.value(i), wanted::toString);
            }
        }
    }

    /// The kernel's own spelling of each, so what is read is written the same.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dma_fence_init: driver=drm_sched timeline=panthor queue=1 context=33 seqno=1",
                "drm_sched_job: entity=00000000a1b2c3d4, id=7, fence=(____ptrval____),"
                        + " ring=panthor-queue, job count:0, hw job count:-1",
                "drm_sched_process_job: fence=00000000a1b2c3d4 signaled",
                "drm_sched_job_wait_dep: job ring=panthor-queue, id=7, depends"
                        + " fence=00000000a1b2c3d4, context=5, seq=9",
                "drm_sched_job_queue: dev=fb000000.gpu, fence=18446744073709551615:7,"
                        + " ring=panthor-queue-1-1-0, job count:0, hw job count:16, client_id:12",
                "drm_sched_job_add_dep: fence=24:2 depends on fence=30:1",
                "drm_sched_job_unschedulable: fence=24:2 depends on unsignalled fence=30:1",
                "drm_sched_job_done: fence=24:2 signaled",
                "gpu_power_status: fb000000.gpu: shader_bitmap=0x50005 tiler_bitmap=0x1"
                        + " l2_bitmap=0x1",
                "gpu_job_irq: fb000000.gpu: events=0x80000001 duration_ns=1234",
                "workqueue_queue_work: work struct=00000000a1b2c3d4 function=tick_work [panthor]"
                        + " workqueue=panthor-csf-sched req_cpu=512 cpu=-1",
                "workqueue_activate_work: work struct 00000000a1b2c3d4 function=tick_work ",
                "workqueue_activate_work: work struct 00000000a1b2c3d4",
                "workqueue_execute_start: work struct 00000000a1b2c3d4: function tick_work",
                "irq_handler_entry: irq=107 name=panthor-job",
                "irq_handler_exit: irq=107 ret=unhandled",
                "rpm_suspend: fb000000.gpu flags-d cnt-0  dep-12 auto-1 p-0 irq-0 child-0",
                "rpm_return_int: rpm_suspend+0x6c/0x6f0:fb000000.gpu ret=-11",
                "sys_enter: NR 29 (3, c0186449, ffffc8a12f40, 0, 0, 0)",
                "sys_exit: NR 29 = -22",
                "sched_switch: prev_comm=a b prev_pid=0 prev_prio=120 prev_state=R+ ==>"
                        + " next_comm=irq/107-panthor next_pid=52 next_prio=49",
                "sched_waking: comm=kworker/u16:0 pid=55 prio=120 target_cpu=007",
                "devfreq_frequency: dev_name=fb000000.gpu                   freq=1000000000  "
                        + " prev_freq=300000000    load=7 ",
                "tracing_mark_write: psm1 db g=1 q=0",
                "print: 0xffffffffaa122746: one",
                "made_up: this is free text with a=1 in it",
                "made_up: a=1 b=0x2f c=word"
            })
    void lineIsWrittenAsItWasRead(String event) {
        assertEquals(List.of(HEAD + event), lines(Captures.text(HEAD + event)));
    }

    @Test
    void markerOfSeveralLinesStaysOne() {
        MemoryTrace trace = Captures.text(HEAD + "print: 0x12: one", "two");
        assertEquals(trace.events(), Captures.text(write(trace)).events());
    }

    @Test
    void typeWithTheSystemInItsNameIsWrittenWithout() {
        EventTypeInfo type = new TracepointTypes().type("dma_fence", "dma_fence_signaled");
        assertEquals("dma_fence:dma_fence_signaled", type.name());
        assertEquals(Layer.FENCE, type.layer());
        MemoryTrace trace = new MemoryTrace("test");
        int track = trace.track(-1, "cpu", "cpu 0");
        trace.write(header(track, 12), type, "panthor", "queue-fence", 7L, 8L);
        assertEquals(
                List.of(
                        "          worker-12      [000] .....     0.000001500: dma_fence_signaled:"
                                + " driver=panthor timeline=queue-fence context=7 seqno=8"),
                lines(trace));
    }

    @Test
    void typeWithoutAFormatIsWrittenAsPairs() {
        EventTypeInfo type =
                EventTypeInfo.dynamic(
                        "mine:thing",
                        Layer.HOST,
                        List.of(
                                FieldInfo.dynamic("count", FieldKind.INT, Unit.COUNT, true),
                                FieldInfo.dynamic("mask", FieldKind.INT, Unit.HEX, false),
                                FieldInfo.dynamic("name", FieldKind.TEXT, Unit.NONE, false),
                                FieldInfo.dynamic("absent", FieldKind.INT, Unit.NONE, true)));
        MemoryTrace trace = new MemoryTrace("test");
        trace.write(header(trace.track(-1, "cpu", "cpu 0"), 12), type, -3L, 255L, "a\nb", null);
        assertEquals(
                "thing: count=-3 mask=0xff name=a b",
                lines(trace).getFirst().replaceFirst("^.*?: ", ""));
    }

    @Test
    void whatHasNoLineIsCounted() throws IOException {
        MemoryTrace trace = new MemoryTrace("test");
        int track = trace.track(-1, "cpu", "cpu 0");
        trace.write(header(track, 12), new MarkEvent.Mark("one"));
        trace.write(header(track, 12), new MarkEvent.Mark("two"));
        trace.write(
                EventHeader.at(5, track),
                new TracepointTypes().type("irq", "irq_handler_entry"),
                1L,
                "x");
        StringBuilder text = new StringBuilder();
        FtraceTextWriter.Summary summary =
                new FtraceTextWriter(trace, false, FtraceTextWriterTest::second).write(text);
        assertEquals(1, summary.lines());
        assertEquals(
                Map.of("MARK", 1L, "irq:irq_handler_entry (no thread, CPU or time known)", 1L),
                summary.leftOut());
        assertTrue(
                text.toString()
                        .endsWith("[000] .....     0.000002: tracing_mark_write: it was two\n"));
    }

    private static List<String> second(Event event) {
        @Nullable Object text = event.value("text");
        return "two".equals(text) ? List.of("it was two") : List.of();
    }

    private static EventHeader header(int track, int pid) {
        return new EventHeader(1500, track, -1, false, 0, pid, "worker", "task", "");
    }
}
