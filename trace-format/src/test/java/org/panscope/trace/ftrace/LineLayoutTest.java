package org.panscope.trace.ftrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

class LineLayoutTest {
    @Test
    void kernelFileWithItsHeader() {
        MemoryTrace trace =
                Captures.text(
                        "# tracer: nop",
                        "#",
                        "# entries-in-buffer/entries-written: 2/2   #P:8",
                        "#",
                        "#                                _-----=> irqs-off/BH-disabled",
                        "#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION",
                        "#              | |         |   |||||     |         |",
                        "     kworker/3:1-112     [003] d..2.   101.000001: dma_fence_signaled:"
                                + " driver=panthor timeline=queue-fence context=7 seqno=3",
                        "           bash-77      [001] .....   101.000500: tracing_mark_write:"
                                + " hello");

        assertEquals(List.of(), trace.losses());
        assertEquals("8", trace.header().attributes().get("cpus"));
        assertEquals("nop", trace.header().attributes().get("tracer"));
        assertEquals("kworker/3:1", trace.events().get(0).header().comm());
        assertEquals(112, trace.events().get(0).header().pid());
        assertEquals(3, trace.events().get(0).header().cpu());
        assertEquals(Map.of("buf", "hello"), Captures.fields(trace.events().get(1)));
        assertEquals(499_000, trace.events().get(1).timeNs());
    }

    @Test
    void processColumnBecomesAField() {
        MemoryTrace trace =
                Captures.text(
                        "      umd main-147     (    146) [001] .....   3.000000: softirq_exit:"
                                + " vec=1",
                        "          <idle>-0       (-------) [001] .....   3.000001: softirq_exit:"
                                + " vec=1",
                        "            app-9       ( 8) [001] ....   3.000002: softirq_exit: vec=1");

        assertEquals(146L, trace.events().get(0).value("tgid"));
        assertEquals("umd main", trace.events().get(0).header().comm());
        assertNull(trace.events().get(1).value("tgid"));
        assertEquals(8L, trace.events().get(2).value("tgid"));
        assertEquals("task", trace.events().get(2).header().context());
    }

    @Test
    void flagsColumnMayBeAbsentOrOfFourToSixCharacters() {
        MemoryTrace trace =
                Captures.text(
                        "  a-1     [000]     1.000000: softirq_exit: vec=1",
                        "  a-1     [000] d.h.     1.000000: softirq_exit: vec=1",
                        "  a-1     [000] dNs2.     1.000000: softirq_exit: vec=1",
                        "  a-1     [000] X.Z31.     1.000000: softirq_exit: vec=1");

        assertEquals(
                Arrays.asList(null, "hardirq", "softirq", "nmi"),
                trace.events().stream().map(event -> event.header().context()).toList());
    }

    @Test
    void timeOfABareClockTouchesTheFlags() {
        MemoryTrace trace =
                Captures.text(
                        "  traced_probes-255   [000] ...1.114437870895: print:               "
                                + " tracing_mark_write: x",
                        "  traced_probes-255   [000] d.h.114437870999: softirq_exit: vec=1",
                        "  traced_probes-255   [000] d.s1..114437871000: softirq_exit: vec=1",
                        "  traced_probes-255   [000] 114437871001: softirq_exit: vec=1",
                        "  traced_probes-255   [000] ..... 114437871002: softirq_exit: vec=1");

        assertEquals(List.of(), trace.losses());
        assertEquals(114_437_870_895L, trace.header().originNs());
        assertEquals("integer", trace.header().attributes().get("timestamps"));
        assertEquals(
                List.of(0L, 104L, 105L, 106L, 107L),
                trace.events().stream().map(Event::timeNs).toList());
        assertEquals("task", trace.events().get(0).header().context());
        assertEquals("hardirq", trace.events().get(1).header().context());
        assertEquals("softirq", trace.events().get(2).header().context());
        assertNull(trace.events().get(3).header().context());
    }

    @Test
    void digitsBehindFiveFlagsAreTheTime() {
        Event event =
                Captures.text("  a-1   [000] d..23114437870895: softirq_exit: vec=1")
                        .events()
                        .getFirst();

        assertEquals(0, event.timeNs());
        assertEquals(
                114_437_870_895L,
                Captures.text("  a-1   [000] d..23114437870895: softirq_exit: vec=1")
                        .header()
                        .originNs());
    }

    @Test
    void counterClocksAreHexadecimalOrDecimal() {
        MemoryTrace trace =
                Captures.text(
                        "  a-1     [000] ..... 0x1f: softirq_exit: vec=1",
                        "  a-1     [000] ..... 40: softirq_exit: vec=1");

        assertEquals(31, trace.header().originNs());
        assertEquals(9, trace.events().get(1).timeNs());
    }

    @Test
    void rawReportGluesItsFlagsToTheCpu() {
        MemoryTrace trace =
                Captures.text(
                        "cpus=2",
                        "  wl-145   [000]-0x9    17.553003: sched_switch:          prev_comm=trace"
                                + " cmd prev_pid=145 prev_prio=120 prev_state=2"
                                + " next_comm=swapper/0 next_pid=0 next_prio=120",
                        "  wl-145   [000]-0x1    17.553004: irq_handler_exit:      irq=25 ret=1",
                        "  wl-145   [000]-0x10    17.553005: softirq_entry:         vec=9",
                        "  wl-145   [000]-0x0    17.553006: dma_fence_init:        driver=drm_sched"
                                + " timeline=a=b c context=33 seqno=1",
                        "  wl-145   [000]-0x0    17.553007: drm_sched_job_done:    "
                                + " fence_context=34 fence_seqno=1",
                        "  wl-145   [000]-0x0    17.553008: print:                 ip="
                                + " (0xffffffffaa122746) buf=psm1 db g=1 q=2");

        assertEquals(List.of(), trace.losses());
        assertEquals("hardirq", trace.events().get(0).header().context());
        assertEquals("trace cmd", trace.events().get(0).value("prev_comm"));
        assertEquals("2", trace.events().get(0).value("prev_state"));
        assertEquals(Map.of("irq", 25L, "ret", 1L), Captures.fields(trace.events().get(1)));
        assertEquals("softirq", trace.events().get(2).header().context());
        assertEquals(Map.of("vec", 9L), Captures.fields(trace.events().get(2)));
        assertEquals("a=b c", trace.events().get(3).value("timeline"));
        assertEquals(
                Map.of("fence_context", 34L, "fence_seqno", 1L),
                Captures.fields(trace.events().get(4)));
        assertEquals(0xffffffffaa122746L, trace.events().get(5).value("ip"));
        assertEquals(2L, trace.events().get(5).value("q"));
    }

    @Test
    void differencesOfTimeAreSkippedWhereverTheyStand() {
        MemoryTrace trace =
                Captures.text(
                        "  wl-145   [000] d..2.    17.553003:          softirq_exit:         vec=1",
                        "  wl-145   [000] d..2.    17.553008: (+5)     softirq_exit:         vec=2",
                        "  wl-145   [000] d..2.    17.553010 (+2): softirq_exit:         vec=3");

        assertEquals(
                List.of(1L, 2L, 3L),
                trace.events().stream().map(event -> event.value("vec")).toList());
        assertEquals(
                List.of(0L, 5_000L, 7_000L), trace.events().stream().map(Event::timeNs).toList());
    }

    @Test
    void instancesPrefixTheirLines() {
        MemoryTrace trace =
                Captures.text(
                        "cpus=2",
                        "                      wl-145   [000] d..2.    17.553003: softirq_exit:"
                                + " vec=1",
                        " extra:             a: b-146   [001] d..2.    17.553004: softirq_exit:"
                                + " vec=2",
                        " extra: CPU:1 [65 EVENTS DROPPED]",
                        "                  <idle>-0     [001] d..2.    17.553005: softirq_exit:"
                                + " vec=3");

        assertEquals("wl", trace.events().get(0).header().comm());
        assertNull(trace.events().get(0).value("buffer"));
        assertEquals("a: b", trace.events().get(1).header().comm());
        assertEquals("extra", trace.events().get(1).value("buffer"));
        assertEquals("<idle>", trace.events().get(2).header().comm());
        assertEquals(65L, trace.losses().getFirst().count());
    }

    @Test
    void latencyFormatHasRelativeTimesAndMarks() {
        MemoryTrace trace =
                Captures.text(
                        "# tracer: nop",
                        "#",
                        "# nop latency trace v1.1.5 on 6.12.107",
                        "# latency: 0 us, #3/3, CPU#0 | (M:preempt VP:0, KP:0, SP:0 HP:0 #P:2)",
                        "#  cmd     pid     |||||| time  |   caller",
                        "  <idle>-0         1dNh1.    0us : softirq_exit: vec=1",
                        "umd-clie-146       0..s..   12us+: softirq_exit: vec=2",
                        "kworker/-9       127d....  340us!: softirq_exit: vec=3");

        assertEquals(List.of(), trace.losses());
        assertEquals("6.12.107", trace.header().attributes().get("uname"));
        assertEquals("2", trace.header().attributes().get("cpus"));
        assertEquals("relative microseconds", trace.header().attributes().get("timestamps"));
        assertEquals(
                List.of(0L, 12_000L, 340_000L),
                trace.events().stream().map(Event::timeNs).toList());
        assertEquals(
                List.of(1, 0, 127),
                trace.events().stream().map(event -> event.header().cpu()).toList());
        assertEquals("umd-clie", trace.events().get(1).header().comm());
        assertEquals("softirq", trace.events().get(1).header().context());
    }

    @Test
    void latencyReportOfTraceCmdHasAbsoluteTimes() {
        MemoryTrace trace =
                Captures.text(
                        "cpus=2",
                        "      wl-145     0d..2.    17.553003: softirq_exit:         vec=1",
                        "trace-cm-143     1d.h1.    17.553105: softirq_exit:         vec=2");

        assertEquals(17_553_003_000L, trace.header().originNs());
        assertEquals("trace-cm", trace.events().get(1).header().comm());
        assertEquals("hardirq", trace.events().get(1).header().context());
    }

    @Test
    void verboseLatencyFormatTakesTheAbsoluteTime() {
        MemoryTrace trace =
                Captures.text(
                        "            bash     123   1 16 00000000 00000005 [0000000000bc614e]"
                                + " 12.345ms (+0.012ms): softirq_exit: vec=1",
                        "    kworker/0: a       9   0 0 00000001 00000006 [0000000000bc6150]"
                                + " 12.347ms (+0.001ms): softirq_exit: vec=2");

        assertEquals(List.of(), trace.losses());
        assertEquals(12_345_678_000L, trace.header().originNs());
        assertEquals(2_000, trace.events().get(1).timeNs());
        assertEquals("softirq", trace.events().get(0).header().context());
        assertEquals("kworker/0: a", trace.events().get(1).header().comm());
    }

    @Test
    void eventsWithoutHeadsKeepTheirOrder() {
        MemoryTrace trace =
                Captures.text(
                        "# tracer: nop",
                        "#",
                        "softirq_exit: vec=1 [action=TIMER]",
                        "tracing_mark_write: two",
                        "lines",
                        "softirq_exit: vec=2 [action=HI]");

        assertEquals(3, trace.events().size());
        assertEquals("two\nlines", trace.events().get(1).value("buf"));
        assertEquals(EventHeader.UNKNOWN, trace.events().get(0).header().cpu());
        assertEquals("no-timestamps", trace.losses().getFirst().reason());
        assertEquals("none", trace.header().attributes().get("timestamps"));
    }

    @Test
    void fieldsOptionGivesTheSameFieldsAsText() {
        Event event =
                Captures.event(
                        "dma_fence_init: driver=drm_sched timeline=mock-queue-1 context=0x21 (33)"
                                + " seqno=0x1 (1)");

        assertEquals(
                Map.of(
                        "driver",
                        "drm_sched",
                        "timeline",
                        "mock-queue-1",
                        "context",
                        33L,
                        "seqno",
                        1L),
                Captures.fields(event));
        assertEquals(
                Map.of("nr", -1L, "flags", 16L, "p", 0xffffL),
                Captures.fields(
                        Captures.event(
                                "what_ever: nr=0xffffffff (-1) flags=0x10 (16) p=(0xffff)")));
    }

    @Test
    void nameOfAThreadMayLookLikeAnything() {
        MemoryTrace trace =
                Captures.text(
                        "   my-app [1] -x-12-345     [001] ....1    5.000000: softirq_exit: vec=1",
                        "            a-1-2-3     [001] ....1    5.000000: softirq_exit: vec=1",
                        "           <...>-77      [001] ....1    5.000000: softirq_exit: vec=1");

        assertEquals("my-app [1] -x-12", trace.events().get(0).header().comm());
        assertEquals(345, trace.events().get(0).header().pid());
        assertEquals("a-1-2", trace.events().get(1).header().comm());
        assertNull(trace.events().get(2).header().comm());
        assertEquals(77, trace.events().get(2).header().pid());
    }

    @Test
    void nameOfAThreadMayBeEmpty() {
        MemoryTrace trace =
                Captures.text(
                        "                -345     [001] ....1    5.000000: softirq_exit: vec=1");

        assertEquals("", trace.events().getFirst().header().comm());
        assertEquals(345, trace.events().getFirst().header().pid());
    }

    @Test
    void aPayloadThatLooksLikeALineStaysAPayload() {
        Event event =
                Captures.event(
                        "print: 0xff: foo-2     [001] .....    2.000000: sched_switch: nothing");

        assertEquals("print", event.type().name());
        assertEquals("<idle>", event.header().comm());
        assertEquals(
                "foo-2     [001] .....    2.000000: sched_switch: nothing", event.value("buf"));
    }
}
