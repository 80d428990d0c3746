package org.panscope.trace.perfetto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.trace.perfetto.Pftrace.packet;

import org.junit.jupiter.api.Test;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.Unit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What programs tell by track events.
class TrackEventTest {
    private static final int BEGIN = 1;
    private static final int END = 2;
    private static final int INSTANT = 3;
    private static final int COUNTER = 4;

    private static Proto track(Proto descriptor) {
        return Proto.message().number(10, 1).message(60, descriptor);
    }

    private static Proto event(long timestamp, int type, long uuid, Proto... parts) {
        Proto event = Proto.message().number(9, type).number(11, uuid);
        for (Proto part : parts) {
            event.message(4, part);
        }
        return packet(1, timestamp).message(11, event);
    }

    private static Proto named(long timestamp, int type, long uuid, String name) {
        return packet(1, timestamp)
                .message(11, Proto.message().number(9, type).number(11, uuid).text(23, name));
    }

    private static String path(MemoryTrace trace, int track) {
        TrackInfo info = trace.tracks().get(track);
        String own = info.kind() + ":" + info.name();
        return info.parent() == TrackInfo.ROOT ? own : path(trace, info.parent()) + " > " + own;
    }

    private static Map<String, Object> fields(Event event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (FieldInfo field : event.type().fields()) {
            Object value = event.value(field.name());
            if (value != null) {
                fields.put(field.name(), value);
            }
        }
        return fields;
    }

    @Test
    void slicesBeginAndEndOnTheTrackOfTheirThread() throws IOException {
        MemoryTrace trace =
                new Pftrace()
                        .add(
                                track(
                                        Proto.message()
                                                .number(1, 5)
                                                .message(
                                                        3,
                                                        Proto.message()
                                                                .number(1, 40)
                                                                .text(6, "vkcube"))))
                        .add(
                                track(
                                        Proto.message()
                                                .number(1, 6)
                                                .number(5, 5)
                                                .message(
                                                        4,
                                                        Proto.message()
                                                                .number(1, 40)
                                                                .number(2, 41)
                                                                .text(5, "render"))))
                        .add(track(Proto.message().number(1, 7).number(5, 6).text(2, "queue")))
                        .add(named(10, BEGIN, 6, "frame"))
                        .add(named(20, BEGIN, 6, "submit"))
                        .add(event(30, END, 6))
                        .add(event(40, END, 6))
                        .add(named(50, INSTANT, 7, "kick"))
                        .read();
        List<String> said = new ArrayList<>();
        for (Event event : trace.events()) {
            said.add(event.type().name() + " " + event.value("phase"));
        }
        assertEquals(
                List.of("frame begin", "submit begin", "submit end", "frame end", "kick instant"),
                said);
        Event first = trace.events().getFirst();
        assertEquals(41, first.header().pid());
        assertEquals("render", first.header().comm());
        assertEquals(
                "process:process vkcube 40 > thread:render 41",
                path(trace, first.header().track()));
        assertEquals(
                "process:process vkcube 40 > thread:render 41 > track:queue",
                path(trace, trace.events().getLast().header().track()));
    }

    @Test
    void annotationsAreFieldsAndNestedOnesAreNamedByTheWay() throws IOException {
        Proto dict =
                Proto.message()
                        .text(10, "outer")
                        .message(11, Proto.message().text(10, "inner").number(3, 5))
                        .message(
                                11,
                                Proto.message()
                                        .text(10, "list")
                                        .message(12, Proto.message().number(4, -1))
                                        .message(12, Proto.message().text(6, "x")));
        Proto old =
                Proto.message()
                        .text(10, "old")
                        .message(
                                8,
                                Proto.message()
                                        .number(1, 1)
                                        .text(2, "a")
                                        .message(3, Proto.message().number(5, 9)));
        Event event =
                new Pftrace()
                        .add(
                                event(
                                        5,
                                        INSTANT,
                                        0,
                                        Proto.message().text(10, "b").number(2, 1),
                                        Proto.message().text(10, "d").real(5, 1.5),
                                        Proto.message().text(10, "p").number(7, 255),
                                        dict,
                                        old))
                        .read()
                        .events()
                        .getFirst();
        Map<String, Object> fields = fields(event);
        assertEquals(
                "{b=true, d=1.5, p=255, outer.inner=5, outer.list[0]=-1, outer.list[1]=x,"
                        + " old.a=9, phase=instant}",
                fields.toString());
        assertEquals(Unit.HEX, event.type().fields().get(2).unit());
    }

    @Test
    void whatIsNestedWithoutEndIsLeftOutAndTold() throws IOException {
        Proto inner = Proto.message().text(10, "end").number(3, 1);
        for (int i = 0; i < 2000; i++) {
            inner = Proto.message().text(10, "n").message(11, inner);
        }
        MemoryTrace trace =
                new Pftrace()
                        .add(
                                event(
                                        5,
                                        INSTANT,
                                        0,
                                        inner,
                                        Proto.message().text(10, "x").number(3, 2)))
                        .read();
        assertEquals("{x=2, phase=instant}", fields(trace.events().getFirst()).toString());
        assertEquals("unknown-field", trace.losses().getFirst().reason());
    }

    @Test
    void countersAreMultipliedAndSummedAsTheirTracksSay() throws IOException {
        Proto memory =
                Proto.message()
                        .number(1, 9)
                        .text(2, "heap")
                        .message(8, Proto.message().number(3, 3).number(4, 1024).number(5, 1));
        Proto load = Proto.message().number(1, 8).text(2, "load").message(8, Proto.message());
        MemoryTrace trace =
                new Pftrace()
                        .add(track(memory))
                        .add(track(load))
                        .add(
                                packet(1, 5)
                                        .message(
                                                11,
                                                Proto.message()
                                                        .number(9, COUNTER)
                                                        .number(11, 9)
                                                        .number(30, 2)))
                        .add(
                                packet(1, 6)
                                        .message(
                                                11,
                                                Proto.message()
                                                        .number(9, COUNTER)
                                                        .number(11, 9)
                                                        .number(30, -1)
                                                        .number(31, 8)
                                                        .number(12, 77)))
                        .add(
                                packet(1, 7)
                                        .message(
                                                11,
                                                Proto.message()
                                                        .number(9, COUNTER)
                                                        .number(11, 8)
                                                        .real(44, 0.25)))
                        .read();
        assertEquals(
                List.of("heap 2048", "heap 1024", "load 77", "load 0.25"),
                trace.events().stream()
                        .map(event -> event.type().name() + " " + event.value("value"))
                        .toList());
        assertEquals(Unit.BYTES, trace.events().getFirst().type().fields().getFirst().unit());
        assertEquals("counter:heap", path(trace, trace.events().getFirst().header().track()));
    }

    @Test
    void flowsAreCausesThatWereConcluded() throws IOException {
        Proto source = Proto.message().number(9, INSTANT).text(23, "a").fixed64(47, 99);
        Proto through = Proto.message().number(9, INSTANT).text(23, "b").fixed64(47, 99);
        Proto last = Proto.message().number(9, INSTANT).text(23, "c").fixed64(48, 99);
        Proto after = Proto.message().number(9, INSTANT).text(23, "d").fixed64(47, 99);
        MemoryTrace trace =
                new Pftrace()
                        .add(packet(1, 1).message(11, source))
                        .add(packet(1, 2).message(11, through))
                        .add(packet(1, 3).message(11, last))
                        .add(packet(1, 4).message(11, after))
                        .read();
        assertEquals(
                List.of(-1L, 0L, 1L, -1L),
                trace.events().stream().map(event -> event.header().cause()).toList());
        assertTrue(trace.events().get(1).header().causeInferred());
    }

    @Test
    void textsSentOnceAreFoundAgainUntilTheStateIsCleared() throws IOException {
        MemoryTrace trace =
                new Pftrace()
                        .add(interned(1, 10, 1, "first"))
                        .add(interned(0, 20, 0, ""))
                        .add(interned(1, 30, 1, "second"))
                        .add(interned(0, 40, 0, ""))
                        .read();
        assertEquals(
                List.of("first", "first", "second", "second"),
                trace.events().stream().map(event -> event.type().name()).toList());
        assertEquals("cat", trace.events().getFirst().value("category"));
    }

    private static Proto interned(int flags, long timestamp, int iid, String name) {
        Proto packet =
                packet(1, timestamp)
                        .number(13, flags == 0 ? Pftrace.NEEDED : Pftrace.CLEARED)
                        .message(11, Proto.message().number(9, INSTANT).number(10, 1).number(3, 1));
        if (iid != 0) {
            packet.message(
                    12,
                    Proto.message()
                            .message(2, Proto.message().number(1, iid).text(2, name))
                            .message(1, Proto.message().number(1, 1).text(2, "cat")));
        }
        return packet;
    }

    @Test
    void whatRefersToLostTextsIsLeftOutUntilTheyComeAgain() throws IOException {
        MemoryTrace trace =
                new Pftrace()
                        .add(interned(0, 5, 0, ""))
                        .add(interned(1, 10, 1, "first"))
                        .add(interned(0, 20, 0, "").number(42, 1))
                        .add(interned(0, 25, 0, ""))
                        .add(interned(1, 30, 1, "second"))
                        .read();
        assertEquals(
                List.of("first", "second"),
                trace.events().stream().map(event -> event.type().name()).toList());
        Loss loss = trace.losses().getFirst();
        assertEquals("missing-state", loss.reason());
        assertEquals(3L, loss.count());
    }

    @Test
    void droppedPacketsAreToldWhereTheyAreMissing() throws IOException {
        MemoryTrace trace =
                new Pftrace()
                        .add(named(10, INSTANT, 0, "a").number(42, 1))
                        .add(named(20, INSTANT, 0, "b"))
                        .add(named(30, INSTANT, 0, "c").number(42, 1))
                        .read();
        assertEquals(1, trace.losses().size());
        assertEquals("packets-dropped", trace.losses().getFirst().reason());
        assertEquals(2, trace.losses().getFirst().beforeSeq());
    }

    @Test
    void aTrackAndAClockMayBeTheWritersDefault() throws IOException {
        Proto defaults = Proto.message().message(11, Proto.message().number(11, 5));
        MemoryTrace trace =
                new Pftrace()
                        .add(track(Proto.message().number(1, 5).text(2, "mine")))
                        .add(
                                packet(1, 10)
                                        .number(13, 1)
                                        .message(59, defaults)
                                        .message(
                                                11,
                                                Proto.message().number(9, INSTANT).text(23, "a")))
                        .read();
        assertEquals("track:mine", path(trace, trace.events().getFirst().header().track()));
    }

    @Test
    void anInstrumentedDriversMarkerMayBeAnInstant() throws IOException {
        Event event =
                new Pftrace()
                        .add(named(10, INSTANT, 0, "psm1 db g=1 q=3"))
                        .read()
                        .events()
                        .getFirst();
        assertEquals("print", event.type().name());
        assertEquals("db", event.value("verb"));
        assertEquals(3L, event.value("q"));
    }

    @Test
    void tracksThatGoInCirclesDoNotEndTheImport() throws IOException {
        MemoryTrace trace =
                new Pftrace()
                        .add(track(Proto.message().number(1, 5).number(5, 6).text(2, "five")))
                        .add(track(Proto.message().number(1, 6).number(5, 5).text(2, "six")))
                        .add(named(10, INSTANT, 5, "a"))
                        .read();
        assertEquals(1, trace.events().size());
    }

    @Test
    void anEndWithoutABeginningIsKept() throws IOException {
        Event event = new Pftrace().add(event(10, END, 0)).read().events().getFirst();
        assertEquals("track_event", event.type().name());
        assertEquals("end", event.value("phase"));
        assertNull(event.value("category"));
    }
}
