package org.panscope.core.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;
import org.panscope.core.timeline.Counter;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineBuilder;
import org.panscope.core.timeline.TimelineRow;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.Trace;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the Perfetto UI finds in an export, read by protobuf's own reader.
class PerfettoExportTest {
    private static final int PID = 1;

    /// A packet with a track event.
    private record Event(long timestamp, int type, long track, UnknownFieldSet fields) {}

    private static List<UnknownFieldSet> packets(Trace trace) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PerfettoExport.write(trace, out);
        List<UnknownFieldSet> packets = new ArrayList<>();
        for (ByteString packet :
                UnknownFieldSet.parseFrom(out.toByteArray()).getField(1).getLengthDelimitedList()) {
            packets.add(UnknownFieldSet.parseFrom(packet));
        }
        return packets;
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet in, int field)
            throws InvalidProtocolBufferException {
        List<UnknownFieldSet> messages = new ArrayList<>();
        for (ByteString bytes : in.getField(field).getLengthDelimitedList()) {
            messages.add(UnknownFieldSet.parseFrom(bytes));
        }
        return messages;
    }

    private static long number(UnknownFieldSet in, int field) {
        List<Long> values = in.getField(field).getVarintList();
        return values.isEmpty() ? 0 : values.getLast();
    }

    private static List<Event> events(List<UnknownFieldSet> packets)
            throws InvalidProtocolBufferException {
        List<Event> events = new ArrayList<>();
        for (UnknownFieldSet packet : packets) {
            for (UnknownFieldSet event : messages(packet, 11)) {
                events.add(
                        new Event(
                                number(packet, 8),
                                (int) number(event, 9),
                                number(event, 11),
                                event));
            }
        }
        return events;
    }

    private static OpenedTrace open(String sample) throws IOException {
        return TraceInputs.open(
                "../samples/" + sample,
                new ByteArrayInputStream(new byte[0]),
                Progress.NONE,
                List.of("all"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hello-ring.json", "kernel-submit.json", "captures/panscope-sample.dat"})
    void everyTrackIsDescribedAndHangsOnAnother(String sample) throws IOException {
        try (OpenedTrace opened = open(sample)) {
            List<UnknownFieldSet> packets = packets(opened.trace());
            Map<Long, Long> parents = new HashMap<>();
            Set<Long> pids = new HashSet<>();
            for (UnknownFieldSet packet : packets) {
                for (UnknownFieldSet track : messages(packet, 60)) {
                    long uuid = number(track, 1);
                    assertFalse(parents.containsKey(uuid), "described twice");
                    parents.put(uuid, number(track, 5));
                    for (UnknownFieldSet process : messages(track, 3)) {
                        assertTrue(pids.add(number(process, PID)), "one pid twice");
                    }
                }
            }
            for (Event event : events(packets)) {
                assertTrue(parents.containsKey(event.track()));
            }
            for (long uuid : parents.keySet()) {
                Set<Long> way = new HashSet<>();
                for (long at = uuid; at != 0; at = parents.getOrDefault(at, -1L)) {
                    assertTrue(at != -1, "a parent that is not described");
                    assertTrue(way.add(at), "tracks in a circle");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hello-ring.json", "kernel-submit.json", "captures/panscope-sample.dat"})
    void barsAndCountersAreThoseOfTheTimeline(String sample) throws IOException {
        try (OpenedTrace opened = open(sample)) {
            List<Event> events = events(packets(opened.trace()));
            Timeline timeline = TimelineBuilder.build(opened.trace());
            long bars = 0;
            long steps = 0;
            for (TimelineRow row : timeline.rows()) {
                bars += row.lanes().stream().mapToInt(StateBars::size).sum();
                Counter counter = row.counter();
                steps += counter == null ? 0 : counter.size();
            }
            assertTrue(bars > 0);
            assertEquals(bars, events.stream().filter(event -> event.type() == 1).count());
            assertEquals(steps, events.stream().filter(event -> event.type() == 4).count());
            Map<Long, Integer> depths = new HashMap<>();
            // As the UI does: by time, those of one time as they stand in the file.
            events.stream()
                    .sorted(Comparator.comparingLong(Event::timestamp))
                    .forEach(event -> {
                        int change = event.type() == 1 ? 1 : event.type() == 2 ? -1 : 0;
                        int depth = depths.merge(event.track(), change, Integer::sum);
                        assertTrue(depth >= 0 && depth <= 1, "bars of a lane overlap");
                    });
            assertTrue(depths.values().stream().allMatch(depth -> depth == 0));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hello-ring.json", "kernel-submit.json", "captures/panscope-sample.dat"})
    void everyEventIsAnInstantWithAllFieldsAndTheArrowsOfItsCause(String sample)
            throws IOException {
        try (OpenedTrace opened = open(sample)) {
            Trace trace = opened.trace();
            List<Event> instants =
                    events(packets(trace)).stream()
                            .filter(event -> event.type() == 3)
                            .filter(event -> event.fields().hasField(3))
                            .toList();
            assertEquals(trace.eventCount(), instants.size());
            Map<Long, Integer> sources = new HashMap<>();
            EventCursor cursor = trace.cursor(0);
            while (cursor.next()) {
                Event instant = instants.get((int) cursor.seq());
                assertEquals(trace.header().originNs() + cursor.timeNs(), instant.timestamp());
                int present = 0;
                for (int i = 0; i < cursor.type().fields().size(); i++) {
                    present += cursor.isPresent(i) ? 1 : 0;
                }
                int annotations = instant.fields().getField(4).getLengthDelimitedList().size();
                assertTrue(annotations >= present + 2, "fields of event " + cursor.seq());
                for (long flow : instant.fields().getField(47).getFixed64List()) {
                    sources.put(flow, (int) cursor.seq());
                }
                List<Long> ending = instant.fields().getField(48).getFixed64List();
                boolean hasCause = cursor.cause() != EventHeader.NO_CAUSE;
                assertEquals(hasCause ? 1 : 0, ending.size());
                if (hasCause) {
                    assertEquals(
                            cursor.cause(), (long) sources.getOrDefault(ending.getFirst(), -1));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello-ring.json"})
    void textsAreSentBeforeTheyAreNamedByNumber(String sample) throws IOException {
        try (OpenedTrace opened = open(sample)) {
            Map<Integer, Set<Long>> known = new HashMap<>();
            boolean isFirst = true;
            for (UnknownFieldSet packet : packets(opened.trace())) {
                assertEquals(isFirst, (number(packet, 13) & 1) != 0);
                isFirst = false;
                for (UnknownFieldSet interned : messages(packet, 12)) {
                    for (int field : interned.asMap().keySet()) {
                        for (UnknownFieldSet entry : messages(interned, field)) {
                            assertTrue(
                                    known.computeIfAbsent(field, key -> new HashSet<>())
                                            .add(number(entry, 1)));
                        }
                    }
                }
                for (UnknownFieldSet event : messages(packet, 11)) {
                    assertTrue(knows(known, 2, event.getField(10).getVarintList()));
                    assertTrue(knows(known, 1, event.getField(3).getVarintList()));
                    for (UnknownFieldSet annotation : messages(event, 4)) {
                        assertTrue(knows(known, 3, annotation.getField(1).getVarintList()));
                        assertTrue(knows(known, 29, annotation.getField(17).getVarintList()));
                    }
                }
            }
        }
    }

    private static boolean knows(Map<Integer, Set<Long>> known, int field, List<Long> iids) {
        return known.getOrDefault(field, Set.of()).containsAll(iids);
    }
}
