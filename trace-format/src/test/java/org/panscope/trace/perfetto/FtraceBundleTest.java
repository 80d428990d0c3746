package org.panscope.trace.perfetto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.trace.perfetto.Pftrace.bundle;
import static org.panscope.trace.perfetto.Pftrace.event;
import static org.panscope.trace.perfetto.Pftrace.fence;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.Layer;

import java.io.IOException;
import java.util.List;

/// Events of the kernel, in every way Perfetto stores them.
class FtraceBundleTest {
    private static final int SIGNALED = 416;

    private static List<Long> times(MemoryTrace trace) {
        return trace.events().stream().map(Event::timeNs).toList();
    }

    private static List<String> names(MemoryTrace trace) {
        return trace.events().stream().map(event -> event.type().name()).toList();
    }

    private static List<String> reasons(MemoryTrace trace) {
        return trace.losses().stream().map(Loss::reason).toList();
    }

    private static List<@Nullable Object> values(Event event, String... fields) {
        return java.util.Arrays.stream(fields).<@Nullable Object>map(event::value).toList();
    }

    // ---- order

    @Test
    void eventsOfAllCpusComeByTime() throws IOException {
        MemoryTrace trace =
                new Pftrace()
                        .add(
                                bundle(
                                        1,
                                        event(1000, 7, SIGNALED, fence(1, 1)),
                                        event(1300, 7, SIGNALED, fence(1, 2)),
                                        event(1600, 7, SIGNALED, fence(1, 3))))
                        .add(
                                bundle(
                                        0,
                                        event(1100, 8, SIGNALED, fence(2, 1)),
                                        event(1200, 8, SIGNALED, fence(2, 2)),
                                        event(1700, 8, SIGNALED, fence(2, 3))))
                        .add(bundle(1, event(1650, 7, SIGNALED, fence(1, 4))))
                        .read();
        assertEquals(List.of(0L, 100L, 200L, 300L, 600L, 650L, 700L), times(trace));
        assertEquals(
                List.of(1, 0, 0, 1, 1, 1, 0),
                trace.events().stream().map(event -> event.header().cpu()).toList());
        assertEquals(1000, trace.header().originNs());
        assertEquals("boot", trace.header().clock());
        assertEquals("perfetto", trace.header().format());
        assertEquals(List.of(), trace.losses());
    }

    @Test
    void timesThatGoBackInsideABundleAreSorted() throws IOException {
        MemoryTrace trace =
                new Pftrace()
                        .add(
                                bundle(
                                        0,
                                        event(50, 1, SIGNALED, fence(1, 1)),
                                        event(70, 1, SIGNALED, fence(1, 2)),
                                        event(60, 1, SIGNALED, fence(1, 3)),
                                        event(80, 1, SIGNALED, fence(1, 4)),
                                        event(40, 1, SIGNALED, fence(1, 5))))
                        .read();
        assertEquals(List.of(0L, 10L, 20L, 30L, 40L), times(trace));
        assertEquals(
                List.of(5L, 1L, 3L, 2L, 4L),
                trace.events().stream()
                        .<Object>map(e -> String.valueOf(e.value("seqno")))
                        .map(text -> Long.parseLong(text.toString()))
                        .toList());
        assertEquals(List.of(), trace.losses());
    }

    // ---- kinds

    @Test
    void fieldsStandInTheOrderAndWithTheUnitsTextGivesThem() throws IOException {
        Event event =
                new Pftrace()
                        .add(bundle(3, event(5, 9, SIGNALED, fence(17, 4))))
                        .read()
                        .events()
                        .getFirst();
        assertEquals("dma_fence_signaled", event.type().name());
        assertEquals(Layer.FENCE, event.type().layer());
        assertEquals(
                List.of("driver", "timeline", "context", "seqno"),
                event.type().fields().stream().map(FieldInfo::name).toList());
        assertEquals(
                List.of("panthor", "queue-fence", 17L, 4L),
                values(event, "driver", "timeline", "context", "seqno"));
        assertEquals(9, event.header().pid());
    }

    @Test
    void aFieldThatIsNotThereIsAbsent() throws IOException {
        Event event =
                new Pftrace()
                        .add(bundle(0, event(5, 9, SIGNALED, Proto.message().number(1, 3))))
                        .read()
                        .events()
                        .getFirst();
        assertEquals(3L, event.value("context"));
        assertNull(event.value("seqno"));
        assertNull(event.value("driver"));
    }

    @Test
    void anEventOfNoKnownKindKeepsItsBytesAndIsReported() throws IOException {
        Proto message = Proto.message().number(1, 5).text(2, "x");
        MemoryTrace trace =
                new Pftrace()
                        .add(bundle(0, event(5, 9, 999, message), event(6, 9, 999, message)))
                        .read();
        assertEquals(List.of("unknown_999", "unknown_999"), names(trace));
        byte[] raw = (byte[]) trace.events().getFirst().value("raw");
        assertEquals(0, java.util.Arrays.compare(message.toBytes(), raw));
        assertEquals(List.of("unknown-event"), reasons(trace));
        assertEquals(2L, trace.losses().getFirst().count());
    }

    @Test
    void aDescriptionThatContradictsAnEarlierOneIsReportedAndLeftOut() throws IOException {
        MemoryTrace trace =
                new Pftrace().add(described("ev_one", "a")).add(described("ev_two", "b")).read();
        assertEquals(List.of("ev_one", "ev_one"), names(trace));
        assertEquals(77L, trace.events().getFirst().value("a"));
        assertEquals(List.of("unknown-event"), reasons(trace));
    }

    private static Proto described(String name, String field) {
        Proto descriptor =
                Proto.message()
                        .text(1, name)
                        .message(2, Proto.message().text(1, field).number(3, 1).number(5, 4));
        Proto bundle =
                Proto.message()
                        .number(1, 0)
                        .message(2, event(5, 9, 65_536, Proto.message().number(1, 77)))
                        .message(
                                11,
                                Proto.message()
                                        .number(1, 65_536)
                                        .message(2, descriptor)
                                        .text(3, "some_system"));
        return Proto.message().number(10, 1).message(1, bundle);
    }

    @Test
    void theDriversOwnEventsAreKnownByTheirFieldsHoweverTheyAreStored() throws IOException {
        Proto generic =
                Proto.message()
                        .text(1, "gpu_job_irq")
                        .message(2, Proto.message().text(1, "dev_name").text(3, "fb000000.gpu"))
                        .message(2, Proto.message().text(1, "events").number(5, 0x80000001L))
                        .message(2, Proto.message().text(1, "duration_ns").number(5, 1500));
        Event event =
                new Pftrace().add(bundle(0, event(5, 0, 327, generic))).read().events().getFirst();
        assertEquals(Layer.KERNEL, event.type().layer());
        assertEquals(
                List.of("fb000000.gpu", 0x80000001L, 1500L),
                values(event, "dev_name", "events", "duration_ns"));
        assertEquals("<idle>", event.header().comm());
    }

    @Test
    void aMarkerIsTakenApartLikeOneInText() throws IOException {
        Proto print = Proto.message().text(2, "psm1 ins g=1 q=2 v=0x40\n");
        Event event =
                new Pftrace().add(bundle(0, event(5, 9, 3, print))).read().events().getFirst();
        assertEquals("print", event.type().name());
        assertEquals(Layer.USER, event.type().layer());
        assertEquals(List.of("ins", 1L, 2L, 64L), values(event, "verb", "g", "q", "v"));
    }

    @Test
    void wordsReplaceNumbersWhereTextShowsWords() throws IOException {
        MemoryTrace trace =
                new Pftrace()
                        .add(
                                bundle(
                                        0,
                                        event(1, 1, 24, Proto.message().number(1, 6)),
                                        event(2, 1, 37, Proto.message().number(1, 42).number(2, 2)),
                                        event(
                                                3,
                                                1,
                                                4,
                                                Proto.message()
                                                        .text(1, "a")
                                                        .number(2, 1)
                                                        .number(3, 120)
                                                        .number(4, 0x82)
                                                        .text(5, "b")
                                                        .number(6, 2)
                                                        .number(7, -2))))
                        .read();
        assertEquals("TASKLET", trace.events().get(0).value("action"));
        assertEquals(1L, trace.events().get(1).value("ret"));
        assertEquals("D|I", trace.events().get(2).value("prev_state"));
        assertEquals(0x82L, trace.events().get(2).value("prev_state_bits"));
        assertEquals(-2L, trace.events().get(2).value("next_prio"));
    }

    @Test
    void functionsAreSymbolsWhereTheFileHasThem() throws IOException {
        Proto work = Proto.message().number(1, 0xffff_0000L).number(2, 5);
        Proto unknown = Proto.message().number(1, 0xffff_0000L).number(2, 0xffff_8000_1234L);
        Proto symbols =
                Proto.message()
                        .message(
                                26, Proto.message().number(1, 5).text(2, "process_fw_events_work"));
        MemoryTrace trace =
                new Pftrace()
                        .add(Proto.message().number(10, 1).number(13, 1).message(12, symbols))
                        .add(bundle(0, event(1, 1, 58, work), event(2, 1, 58, unknown)))
                        .read();
        assertEquals("process_fw_events_work", trace.events().get(0).value("function"));
        assertEquals("0xffff80001234", trace.events().get(1).value("function"));
    }

    // ---- columns

    private static Proto compact(int cpu, Proto... events) {
        Proto columns =
                Proto.message()
                        .text(5, "render")
                        .text(5, "swapper/0")
                        .packed(1, 1000, 100, 200)
                        .packed(2, 1, 0, 0x82)
                        .packed(3, 40, 0, 40)
                        .packed(4, 120, 120, 99)
                        .packed(6, 0, 1, 0)
                        .packed(7, 1050, 100)
                        .packed(8, 41, 42)
                        .packed(9, 1, 2)
                        .packed(10, 98, 97)
                        .packed(11, 0, 1);
        Proto bundle = Proto.message().number(1, cpu).message(4, columns);
        for (Proto event : events) {
            bundle.message(2, event);
        }
        return Proto.message().number(10, 1).message(1, bundle);
    }

    @Test
    void switchesAndWakingsStoredAsColumnsStandBetweenTheOtherEvents() throws IOException {
        MemoryTrace trace =
                new Pftrace()
                        .add(
                                compact(
                                        0,
                                        event(1010, 40, SIGNALED, fence(1, 1)),
                                        event(1120, 0, SIGNALED, fence(1, 2))))
                        .read();
        assertEquals(List.of(0L, 10L, 50L, 100L, 120L, 150L, 300L), times(trace));
        assertEquals(
                List.of(
                        "sched_switch",
                        "dma_fence_signaled",
                        "sched_waking",
                        "sched_switch",
                        "dma_fence_signaled",
                        "sched_waking",
                        "sched_switch"),
                names(trace));
        Event first = trace.events().getFirst();
        assertNull(first.value("prev_pid"));
        assertEquals(-1, first.header().pid());
        Event second = trace.events().get(3);
        assertEquals(
                List.of("render", 40L, 120L, "R", "swapper/0", 0L, 120L),
                values(
                        second,
                        "prev_comm",
                        "prev_pid",
                        "prev_prio",
                        "prev_state",
                        "next_comm",
                        "next_pid",
                        "next_prio"));
        assertEquals(40, second.header().pid());
        assertEquals("render", second.header().comm());
        Event waking = trace.events().get(2);
        assertEquals(
                List.of("render", 41L, 98L, 1L),
                values(waking, "comm", "pid", "prio", "target_cpu"));
        assertEquals(40, waking.header().pid());
        assertEquals(List.of(), trace.losses());
    }

    @Test
    void aColumnThatEndsTooSoonIsALoss() throws IOException {
        Proto columns = Proto.message().packed(1, 1000, 100).packed(2, 1);
        Proto bundle = Proto.message().number(1, 0).message(4, columns);
        MemoryTrace trace =
                new Pftrace()
                        .add(Proto.message().number(10, 1).message(1, bundle))
                        .add(bundle(0, event(2000, 1, SIGNALED, fence(1, 1))))
                        .read();
        assertEquals(List.of("dma_fence_signaled"), names(trace));
        assertEquals(List.of("damaged-packet"), reasons(trace));
    }

    // ---- losses

    @Test
    void lostEventsAreToldWhereTheyAreMissingAndNobodyKnowsWhoRuns() throws IOException {
        Proto lost = Proto.message().number(1, 0).number(3, 1);
        lost.message(
                4,
                Proto.message()
                        .packed(7, 2000)
                        .packed(8, 5)
                        .packed(9, 0)
                        .packed(10, 1)
                        .packed(11, 0)
                        .text(5, "x"));
        MemoryTrace trace =
                new Pftrace()
                        .add(compact(0))
                        .add(Proto.message().number(10, 1).message(1, lost))
                        .read();
        Loss loss = trace.losses().getFirst();
        assertEquals("ring-overrun", loss.reason());
        assertEquals(0, loss.cpu());
        assertEquals(5, loss.beforeSeq());
        assertEquals(-1, trace.events().get(5).header().pid());
    }

    @Test
    void whatTheRecorderCountedAsLostIsTold() throws IOException {
        Proto start = stats(1, 100, 0);
        Proto end = stats(2, 160, 3).text(6, "panthor/gpu_job_irq").text(7, "irq/none");
        Proto buffers =
                Proto.message()
                        .message(35, Proto.message().message(1, Proto.message().number(3, 12)));
        MemoryTrace trace =
                new Pftrace()
                        .add(bundle(0, event(5, 1, SIGNALED, fence(1, 1))))
                        .add(Proto.message().message(34, start))
                        .add(Proto.message().message(34, end))
                        .add(buffers)
                        .read();
        assertEquals(
                List.of(
                        "test.pftrace: CPU: 2: overrun 60",
                        "test.pftrace: CPU: 2: dropped events 3",
                        "test.pftrace: trace buffer: 12 chunks overwritten before they were read",
                        "test.pftrace: irq/none could not be turned on",
                        "test.pftrace: panthor/gpu_job_irq is not known to this kernel"),
                trace.losses().stream().map(Loss::message).toList());
        assertEquals(60L, trace.losses().getFirst().count());
    }

    private static Proto stats(int phase, long overrun, long dropped) {
        return Proto.message()
                .number(1, phase)
                .message(2, Proto.message().number(1, 2).number(3, overrun).number(8, dropped));
    }

    @Test
    void theTimeBeforeAllCpusAreThereIsToldToBeIncomplete() throws IOException {
        Proto one = Proto.message().number(1, 0).number(9, 900);
        one.message(2, event(1000, 1, SIGNALED, fence(1, 1)));
        one.message(2, event(1500, 1, SIGNALED, fence(1, 2)));
        Proto other = Proto.message().number(1, 1).number(9, 1400);
        other.message(2, event(1450, 1, SIGNALED, fence(1, 3)));
        MemoryTrace trace =
                new Pftrace()
                        .add(Proto.message().number(10, 1).message(1, one))
                        .add(Proto.message().number(10, 1).message(1, other))
                        .read();
        assertEquals(List.of("incomplete-start"), reasons(trace));
        assertEquals(1, trace.losses().getFirst().beforeSeq());
    }

    @Test
    void packetsOfOtherMachinesAreLeftOutAndCounted() throws IOException {
        MemoryTrace trace =
                new Pftrace()
                        .add(bundle(0, event(5, 1, SIGNALED, fence(1, 1))))
                        .add(bundle(0, event(6, 1, SIGNALED, fence(1, 1))).number(98, 3))
                        .read();
        assertEquals(1, trace.events().size());
        assertEquals(List.of("other-machine"), reasons(trace));
        assertTrue(trace.losses().getFirst().message().contains("1 packets"));
    }

    // ---- packing

    @Test
    void packedPacketsAreAsGoodAsOthers() throws IOException {
        Pftrace file =
                new Pftrace()
                        .add(bundle(1, event(1000, 7, SIGNALED, fence(1, 1))))
                        .add(compact(0, event(900, 7, SIGNALED, fence(1, 2))));
        MemoryTrace plain = file.read();
        assertEquals(plain.events(), Pftrace.read(file.packed(false)).events());
        assertEquals(plain.events(), Pftrace.read(file.packed(true)).events());
    }

    @Test
    void whatIsPackedTwiceIsRefused() throws IOException {
        byte[] inner =
                new Pftrace().add(bundle(0, event(5, 1, SIGNALED, fence(1, 1)))).packed(true);
        byte[] outer =
                Proto.message()
                        .message(1, Proto.message().bytes(50, Pftrace.deflate(inner)))
                        .message(1, bundle(0, event(6, 1, SIGNALED, fence(1, 1))))
                        .toBytes();
        MemoryTrace trace = Pftrace.read(outer);
        assertEquals(1, trace.events().size());
        assertEquals(List.of("nested-packing"), reasons(trace));
    }

    // ---- facts

    @Test
    void theMachineIsInTheHeader() throws IOException {
        Proto utsname =
                Proto.message()
                        .text(1, "Linux")
                        .text(2, "#1 SMP")
                        .text(3, "7.3.4")
                        .text(4, "aarch64");
        Proto config =
                Proto.message()
                        .message(
                                2,
                                Proto.message()
                                        .message(1, Proto.message().text(1, "linux.ftrace")));
        MemoryTrace trace =
                new Pftrace()
                        .add(
                                Proto.message()
                                        .message(
                                                45,
                                                Proto.message()
                                                        .message(1, utsname)
                                                        .text(4, "Perfetto v56.0")
                                                        .number(8, 8)))
                        .add(Proto.message().message(33, config))
                        .read();
        assertEquals("Linux 7.3.4 #1 SMP aarch64", trace.header().attributes().get("uname"));
        assertEquals("8", trace.header().attributes().get("cpus"));
        assertEquals("Perfetto v56.0", trace.header().attributes().get("recorder"));
        assertEquals("linux.ftrace", trace.header().attributes().get("data-sources"));
        assertEquals(0, trace.events().size());
    }

    @Test
    void packetsOfKindsThatAreNotDecodedAreCounted() throws IOException {
        MemoryTrace trace =
                new Pftrace()
                        .add(Proto.message().message(9, Proto.message().number(1, 1)))
                        .add(Proto.message().message(9, Proto.message().number(1, 1)))
                        .add(Proto.message().message(777, Proto.message().number(1, 1)))
                        .add(Proto.message().bytes(36, new byte[16]))
                        .read();
        assertEquals(
                List.of(
                        "test.pftrace: 2 packets of kind 9 (process_stats) are not decoded",
                        "test.pftrace: 1 packets of kind 777 are not decoded"),
                trace.losses().stream().map(Loss::message).toList());
    }

    @Test
    void threadsHaveTheNameTheyHadAtTheTime() throws IOException {
        Proto rename = Proto.message().number(1, 9).text(2, "sh").text(3, "vkcube").number(4, 0);
        Proto tree =
                Proto.message()
                        .message(2, Proto.message().number(1, 9).text(2, "early"))
                        .message(
                                1,
                                Proto.message().number(1, 77).number(2, 2).text(3, "kworker/0:1"));
        MemoryTrace trace =
                new Pftrace()
                        .add(
                                bundle(
                                        0,
                                        event(1, 9, SIGNALED, fence(1, 1)),
                                        event(2, 9, 236, rename),
                                        event(3, 9, SIGNALED, fence(1, 2)),
                                        event(4, 77, SIGNALED, fence(1, 3))))
                        .add(Proto.message().number(10, 2).message(2, tree))
                        .read();
        assertEquals(
                List.of("early", "sh", "vkcube", "kworker/0:1"),
                trace.events().stream()
                        .map(event -> String.valueOf(event.header().comm()))
                        .toList());
    }
}
