package org.panscope.trace.ftrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.schema.Layer;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class SampleReportTest {
    private static final Pattern NAME =
            Pattern.compile("\\] +\\S{5} +\\d+\\.\\d+: (\\w+):\\s+(.*)");

    @Test
    void everyLineButTheFirstIsAnEventOfTheNameItShows() throws IOException {
        MemoryTrace trace = Captures.file(Captures.MICROS);

        Map<String, Integer> expected = new TreeMap<>();
        for (String line : Files.readAllLines(Captures.MICROS)) {
            Matcher name = NAME.matcher(line);
            if (name.find()) {
                expected.merge(name.group(1), 1, Integer::sum);
            }
        }
        Map<String, Integer> found = new TreeMap<>();
        trace.events().forEach(event -> found.merge(event.type().name(), 1, Integer::sum));
        assertEquals(2368, trace.events().size());
        assertEquals(expected, found);
        assertEquals(180, found.get("print"));
        assertEquals(List.of(), trace.losses());
        assertTrue(trace.isClosed());
    }

    @Test
    void headerKnowsSourceOriginAndCpus() {
        MemoryTrace trace = Captures.file(Captures.NANOS);

        assertEquals("ftrace-text", trace.header().format());
        assertEquals("test.txt", trace.header().source());
        assertEquals("unknown", trace.header().clock());
        assertEquals(17_553_002_755L, trace.header().originNs());
        assertEquals("2", trace.header().attributes().get("cpus"));
        assertEquals(0, trace.events().getFirst().timeNs());
    }

    @Test
    void bothPrecisionsGiveTheSameEventsButForTheDigits() {
        MemoryTrace micros = Captures.file(Captures.MICROS);
        MemoryTrace nanos = Captures.file(Captures.NANOS);

        assertEquals(micros.events().size(), nanos.events().size());
        for (int i = 0; i < micros.events().size(); i++) {
            Event rounded = micros.events().get(i);
            Event exact = nanos.events().get(i);
            long roundedNs = rounded.timeNs() + micros.header().originNs();
            long exactNs = exact.timeNs() + nanos.header().originNs();
            assertEquals((exactNs + 500) / 1000 * 1000, roundedNs, exact::toString);
            assertEquals(rounded.type(), exact.type());
            assertEquals(Captures.fields(rounded), Captures.fields(exact));
            assertEquals(rounded.header().comm(), exact.header().comm());
            assertEquals(rounded.header().context(), exact.header().context());
        }
    }

    @Test
    void noPayloadIsLeftAsText() {
        for (Event event : Captures.file(Captures.MICROS).events()) {
            assertEquals(-1, event.type().fieldIndex("payload"), event::toString);
            assertNotNull(event.header().comm());
            assertNotNull(event.header().context());
        }
    }

    /// Everything a line says is in a field: each word of it, its spelling of numbers aside,
    /// appears among the values or is one of the fixed words of the event's format.
    @Test
    void everyWordOfEveryPayloadIsInAFieldOrFixed() throws IOException {
        MemoryTrace trace = Captures.file(Captures.MICROS);
        List<String> lines = Files.readAllLines(Captures.MICROS);
        lines.removeFirst();
        Pattern word = Pattern.compile("[^\\s,=:\\[\\]]+");
        List<String> fixed =
                List.of(
                        ">",
                        "depends",
                        "on",
                        "unsignalled",
                        "signaled",
                        "work",
                        "struct",
                        "job",
                        "hw",
                        "count",
                        "function",
                        "fence",
                        "ring",
                        "handled",
                        "action");
        for (int i = 0; i < lines.size(); i++) {
            Matcher line = NAME.matcher(lines.get(i));
            assertTrue(line.find());
            Event event = trace.events().get(i);
            String values = Captures.fields(event).values().toString();
            Matcher words = word.matcher(line.group(2));
            while (words.find()) {
                String found = words.group();
                boolean isLabel = event.type().fieldIndex(found) >= 0 || fixed.contains(found);
                assertTrue(
                        isLabel || values.contains(found) || holdsNumber(event, found),
                        () -> found + " of " + event + " is nowhere");
            }
        }
    }

    private static boolean holdsNumber(Event event, String text) {
        if (!text.matches("0x[0-9a-f]+|\\d+")) {
            return false;
        }
        long number =
                text.startsWith("0x")
                        ? Long.parseUnsignedLong(text.substring(2), 16)
                        : Long.parseLong(text);
        return Captures.fields(event).containsValue(number);
    }

    @Test
    void chosenLinesHaveTheirFields() {
        List<Event> events = Captures.file(Captures.MICROS).events();

        Event first = events.getFirst();
        assertEquals("sched_switch", first.type().name());
        assertEquals("wl", first.header().comm());
        assertEquals(145, first.header().pid());
        assertEquals(0, first.header().cpu());
        assertEquals("task", first.header().context());
        assertEquals(
                Map.of(
                        "prev_comm", "trace-cmd",
                        "prev_pid", 145L,
                        "prev_prio", 120L,
                        "prev_state", "D",
                        "next_comm", "swapper/0",
                        "next_pid", 0L,
                        "next_prio", 120L),
                Captures.fields(first));

        Event irq = events.get(1);
        assertEquals("hardirq", irq.header().context());
        assertEquals(102_000, irq.timeNs());
        assertEquals(Map.of("irq", 25L, "name", "virtio1-requests"), Captures.fields(irq));

        Event queue = named(events, "drm_sched_job_queue");
        assertEquals(Layer.KERNEL, queue.type().layer());
        assertEquals(
                Map.of(
                        "name", "mock-queue-1",
                        "job_count", 0L,
                        "hw_job_count", 0L,
                        "dev", "mockgpu",
                        "fence_context", 34L,
                        "fence_seqno", 1L,
                        "client_id", 4L),
                Captures.fields(queue));

        Event fence = named(events, "dma_fence_init");
        assertEquals(Layer.FENCE, fence.type().layer());
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
                Captures.fields(fence));

        Event dependency = named(events, "drm_sched_job_add_dep");
        assertEquals(
                Map.of("fence_context", 24L, "fence_seqno", 2L, "ctx", 30L, "seqno", 1L),
                Captures.fields(dependency));

        Event work = named(events, "workqueue_queue_work");
        assertEquals(
                Map.of(
                        "work", 0xffff8de601fa56a0L,
                        "function", "0xffffffffaa823ff0",
                        "workqueue", "events_power_efficient",
                        "req_cpu", 8192L,
                        "cpu", 0L),
                Captures.fields(work));
    }

    @Test
    void markersHaveTheFieldsOfTheirVerb() {
        List<Event> events = Captures.file(Captures.MICROS).events();
        Event written =
                events.stream()
                        .filter(event -> "rbw".equals(event.value("verb")))
                        .findFirst()
                        .orElseThrow();

        assertEquals("print", written.type().name());
        assertEquals(Layer.USER, written.type().layer());
        assertEquals(0xffffffffaa122746L, written.value("ip"));
        assertEquals("psm1 rbw g=1 q=1 at=0 n=64 crc=7806812c", written.value("buf"));
        assertEquals(1L, written.value("g"));
        assertEquals(64L, written.value("n"));
        assertEquals("7806812c", written.value("crc"));
        assertNull(written.value("v"));
        assertEquals(180, events.stream().filter(event -> event.value("verb") != null).count());
    }

    private static Event named(List<Event> events, String name) {
        return events.stream()
                .filter(event -> event.type().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
