package org.panscope.core.state.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;
import org.panscope.core.state.ReducedState;
import org.panscope.core.state.Reducer;
import org.panscope.core.state.StateBuilder;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.Unit;

import java.io.StringWriter;
import java.util.List;
import java.util.TreeSet;

class BeliefsTest {
    private static final ObjectId QUEUE = ObjectId.queue(3, 0);

    @Test
    void rowsMarkDisagreementAndChange() {
        ReducedState before = state(insert(64), kernelInsert(64), insert(128));
        ReducedState now = state(insert(64), kernelInsert(64), insert(128), kernelInsert(128));
        Beliefs.Row earlier = Beliefs.rows(before, null, QUEUE).getFirst();
        Beliefs.Row row = Beliefs.rows(now, before, QUEUE).getFirst();
        assertEquals("insert", row.quantity());
        assertTrue(earlier.disagree());
        assertFalse(earlier.changed());
        assertFalse(row.disagree());
        assertTrue(row.changed());
        assertEquals("128", row.text(Belief.APPLICATION));
        assertEquals("", row.text(Belief.FIRMWARE));
        assertEquals(List.of(QUEUE), Beliefs.changed(now, before));
        assertEquals(List.of(QUEUE), Beliefs.disagreeing(before));
        assertEquals(List.of(), Beliefs.disagreeing(now));
    }

    @Test
    void theSameValueStoredAgainIsNoChange() {
        ReducedState before = state(insert(64));
        ReducedState now = state(insert(64), insert(64));
        assertFalse(Beliefs.rows(now, before, QUEUE).getFirst().changed());
    }

    @Test
    void valuesPrintAsTheirUnitSays() {
        assertEquals("0xffffffffffffffff", ValueText.of(-1, Unit.HEX));
        assertEquals("18446744073709551615", ValueText.of(-1, Unit.BYTES));
        assertEquals("-22", ValueText.of(-22, Unit.ERRNO));
        assertEquals("5 ns", ValueText.of(5, Unit.NS));
        assertEquals("true", ValueText.of(new Cell(true, Unit.NONE, 0)));
    }

    @Test
    void textShowsOneColumnForEachBelief() {
        ReducedState before = state(kernelInsert(64));
        ReducedState now = state(kernelInsert(64), insert(128));
        assertEquals(
                """
                state at @1ns#2

                    queue:3.0  application  kernel  firmware  memory
                !*  insert     128          64
                """,
                StateText.of(now, before, QUEUE));
        assertTrue(StateText.of(now, null, ObjectId.of("bo", 9)).contains("nothing was heard"));
    }

    @Test
    void jsonHoldsWhatTheTextShows() {
        StringWriter out = new StringWriter();
        StateJson.write(state(insert(-1)), null, QUEUE, out);
        assertEquals(
                "{\"cursor\":\"@0ns#1\",\"position\":1,\"timeNs\":0,\"objects\":{\"queue:3.0\":"
                        + "{\"insert\":{\"disagree\":false,\"changed\":false,\"application\":"
                        + "{\"value\":\"18446744073709551615\",\"text\":\"18446744073709551615\","
                        + "\"unit\":\"bytes\",\"writtenBy\":0}}}},\"anomalyCount\":1,\"anomalies\":"
                        + "[{\"seq\":0,\"object\":\"queue:3.0\",\"message\":"
                        + "\"its creation was not observed\"}]}",
                out.toString());
    }

    @Test
    void objectsThatWentShowAsChanged() {
        ReducedState before = state(new MemoryEvent.BoCreate(1, null, null, 4096, "ring"));
        ReducedState now =
                state(
                        new MemoryEvent.BoCreate(1, null, null, 4096, "ring"),
                        new MemoryEvent.BoDestroy(1));
        ObjectId bo = ObjectId.of("bo", 1);
        assertEquals(List.of(bo), Beliefs.changed(now, before));
        assertTrue(Beliefs.rows(now, before, bo).stream().allMatch(Beliefs.Row::changed));
        assertEquals(ObjectState.unknown(bo).quantities(), new TreeSet<>());
    }

    private static ReducedState state(TraceEvent... events) {
        StateBuilder builder = new StateBuilder();
        for (int seq = 0; seq < events.length; seq++) {
            new Reducer().apply(builder, seq, EventHeader.at(seq, 0), events[seq]);
        }
        return builder.snapshot();
    }

    private static TraceEvent insert(long value) {
        return new UserEvent.InsertWrite(3, 0, null, value, UserEvent.Writer.USER);
    }

    private static TraceEvent kernelInsert(long value) {
        return new UserEvent.InsertWrite(3, 0, null, value, UserEvent.Writer.KERNEL);
    }
}
