package org.panscope.core.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.FirmwareEvent.RegWrite;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.UserEvent.Writer;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.List;

final class EventFilterTest {
    private static final EventTypeInfo WAKEUP =
            EventTypeInfo.dynamic(
                    "sched:sched_wakeup",
                    Layer.HOST,
                    List.of(
                            FieldInfo.dynamic("comm", FieldKind.TEXT, Unit.NONE, false),
                            FieldInfo.dynamic("prio", FieldKind.INT, Unit.NONE, true),
                            FieldInfo.dynamic("gid", FieldKind.TEXT, Unit.NONE, false)));

    private final MemoryTrace trace = handMadeTrace();

    private static MemoryTrace handMadeTrace() {
        MemoryTrace trace = new MemoryTrace("by hand");
        int process = trace.track(-1, "process", "client");
        int queue = trace.track(process, "queue", "queue 0");
        int slot = trace.track(-1, "csg-slot", "CSG 0");
        int cpu = trace.track(-1, "cpu", "CPU 3");
        trace.add(
                EventHeader.at(1_000, queue),
                new RingWrite(1, 0, 128, 64, new byte[64], Writer.USER));
        trace.add(EventHeader.at(1_200_000, queue), new InsertWrite(1, 0, null, 192, Writer.USER));
        trace.add(
                new EventHeader(1_200_500, queue, 1, false, 2, 1000, "client", "user", ""),
                new DbRing(1, DoorbellPage.REAL, Ringer.USER_PAGE, 1L, 1L, 0));
        trace.add(
                new EventHeader(1_300_000, slot, 2, true, -1, -1, null, null, null),
                new FwCs(0, 1, CsStep.FETCH, 192L, null, true, null, null, null, null, null, null));
        trace.add(EventHeader.at(1_300_000, slot), new RegWrite(-16, "MCU_STATUS", -1));
        trace.write(
                new EventHeader(2_000_000, cpu, -1, false, 3, 0, "swapper/3", null, null),
                WAKEUP,
                "kworker/3:1",
                -5L,
                "seven");
        return trace;
    }

    private List<Long> hits(String filter) {
        try {
            EventPredicate predicate = EventFilter.parse(filter).compile(trace);
            List<Long> hits = new ArrayList<>();
            EventCursor cursor = trace.cursor(0);
            while (cursor.next()) {
                if (predicate.test(cursor)) {
                    hits.add(cursor.seq());
                }
            }
            return hits;
        } catch (FilterException e) {
            throw new AssertionError(e.describe(), e);
        }
    }

    private FilterException failure(String filter) {
        return assertThrows(FilterException.class, () -> EventFilter.parse(filter).compile(trace));
    }

    private void assertSays(String words, String filter) {
        String message = failure(filter).describe();
        assertTrue(message.contains(words), message);
    }

    @Test
    void typeIsFoundByNameInAnyCaseAndWithoutItsSystem() {
        assertEquals(List.of(2L), hits("type == DB_RING"));
        assertEquals(List.of(2L), hits("type == db_ring"));
        assertEquals(List.of(5L), hits("type == sched:sched_wakeup"));
        assertEquals(List.of(5L), hits("type == sched_wakeup"));
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), hits("type != sched_wakeup"));
        assertEquals(List.of(0L, 1L, 4L), hits("type ~ \"_write$\""));
        assertEquals(List.of(), hits("type == FAULT"));
    }

    @Test
    void fieldsOfSeveralTypesAreComparedTogether() {
        assertEquals(List.of(0L, 1L), hits("gid == 1"));
        assertEquals(List.of(0L), hits("gid == 1 && at >= 128"));
        assertEquals(List.of(), hits("gid == 1 && at > 128"));
        assertEquals(List.of(5L), hits("gid == seven"));
    }

    @Test
    void timesTakeUnits() {
        assertEquals(List.of(2L, 3L, 4L, 5L), hits("t > 1.2ms"));
        assertEquals(List.of(0L), hits("t == 1us"));
        assertEquals(List.of(0L), hits("t <= 1_000"));
        assertEquals(List.of(1L, 5L), hits("dt > 500us"));
        assertEquals(List.of(4L), hits("dt == 0"));
    }

    @Test
    void numbersWithoutSignCompareUnsigned() {
        assertEquals(List.of(4L), hits("offset > 0x7fff_ffff_ffff_ffff"));
        assertEquals(List.of(4L), hits("offset == 0xfffffffffffffff0"));
        assertEquals(List.of(), hits("offset < -1"));
        assertEquals(List.of(4L), hits("offset > -1"));
        assertEquals(List.of(5L), hits("prio == -5"));
        assertEquals(List.of(5L), hits("prio < 0xffffffffffffffffff"));
    }

    @Test
    void absentValuesAreEqualToNothingAndDifferentFromNothing() {
        assertEquals(List.of(), hits("old_insert == 0"));
        assertEquals(List.of(), hits("old_insert != 0"));
        assertEquals(List.of(1L), hits("old_insert == ?"));
        assertEquals(List.of(3L), hits("insert != ?"));
        assertEquals(List.of(0L, 1L, 4L, 5L), hits("cause == ?"));
        assertEquals(List.of(2L), hits("cause == 1"));
        assertEquals(List.of(2L, 5L), hits("cpu != ?"));
    }

    @Test
    void labelsBooleansAndLists() {
        assertEquals(List.of(3L), hits("step == fetch"));
        assertEquals(List.of(2L), hits("by == user_page"));
        assertEquals(List.of(3L), hits("active == true"));
        assertEquals(List.of(0L, 1L, 2L, 5L), hits("layer in (user, HOST)"));
        assertEquals(List.of(1L, 3L), hits("seq in (1, 3)"));
    }

    @Test
    void tracksMatchByOwnNameAndByPath() {
        assertEquals(List.of(0L, 1L, 2L), hits("track ~ \"queue 0\""));
        assertEquals(List.of(0L, 1L, 2L), hits("track == \"client / queue 0\""));
        assertEquals(List.of(3L, 4L, 5L), hits("track != \"queue 0\""));
    }

    @Test
    void aThreadNameAndAFieldOfThatNameAreKeptApart() {
        assertEquals(List.of(5L), hits("comm ~ swapper"));
        assertEquals(List.of(), hits("comm ~ kworker"));
        assertEquals(List.of(5L), hits("fields.comm ~ kworker"));
        assertEquals(List.of(2L), hits("comm !~ swapper"));
    }

    @Test
    void wordsAreSearchedInTypeTrackThreadAndFields() {
        assertEquals(List.of(5L), hits("KWORKER"));
        assertEquals(List.of(2L, 5L), hits("client doorbell || kworker || db_ring"));
        assertEquals(List.of(3L, 4L), hits("\"csg 0\""));
        assertEquals(List.of(1L, 3L), hits("192"));
        assertEquals(List.of(4L), hits("0xfff"));
    }

    @Test
    void bracketsNotAndPrecedence() {
        assertEquals(List.of(0L, 5L), hits("seq == 0 || seq == 5 && layer == host"));
        assertEquals(List.of(5L), hits("(seq == 0 || seq == 5) && layer == host"));
        assertEquals(List.of(3L, 4L, 5L), hits("!layer == user"));
        assertEquals(List.of(0L, 1L, 2L), hits("!(layer != user)"));
    }

    @Test
    void errorsNamePlaceAndCauseAndANearName() {
        FilterException wrongField = failure("layer == user && gidd == 1");
        assertEquals(17, wrongField.position());
        assertEquals("no field is named 'gidd'; did you mean 'gid'?", wrongField.getMessage());
        assertEquals(
                "no event type is named 'DB_RUNG'; did you mean 'DB_RING'?",
                failure("type == DB_RUNG").getMessage());
        assertEquals(8, failure("gid == 1 &").position() - 1);
        assertSays("'=='", "gid = 1");
        assertEquals(
                "column 8: expected a value after '==' but found the end",
                failure("gid == ").describe());
        assertSays("is one of", "by == somebody");
        assertSays("bytes", "at == 12ms");
        assertSays("whole number", "t == 1.5ns");
        assertSays("no order", "comm < a");
        assertSays("regular expression", "track ~ \"(\"");
        assertSays("raw bytes", "data == 1");
        assertEquals("expected ')' but found the end", failure("(gid == 1").getMessage());
        assertEquals("unexpected ')'", failure("gid == 1)").getMessage());
        assertSays("closing quote", "\"open");
        assertSays("levels", "!".repeat(300) + "x");
        assertSays("expected a field", "");
    }
}
