package org.panscope.core.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;

import java.io.IOException;
import java.util.Objects;
import java.util.Random;

class TraceStateHistoryTest {
    private static final int LENGTH = 3000;

    @Test
    void everyRouteToAPositionLeadsToTheSameState() throws IOException {
        for (long seed = 0; seed < 3; seed++) {
            ListTrace trace = new RandomEvents(seed).trace(LENGTH);
            TraceStateHistory without = new TraceStateHistory(trace, new Reducer(), 100, false);
            storeKeyframes(trace);
            TraceStateHistory with = new TraceStateHistory(trace, new Reducer(), 100, true);
            Random random = new Random(seed);
            for (int i = 0; i < 60; i++) {
                int position = random.nextInt(LENGTH + 1);
                byte[] expected = Keyframes.write(trace.at(position));
                String where = "seed=" + seed + " position=" + position;
                assertArrayEquals(expected, Keyframes.write(without.at(position)), where);
                assertArrayEquals(expected, Keyframes.write(with.at(position)), where);
            }
        }
    }

    @Test
    void steppingBackIsTheStateOneEventEarlier() {
        ListTrace trace = new RandomEvents(7).trace(300);
        TraceStateHistory history = new TraceStateHistory(trace, new Reducer());
        for (int position = 300; position >= 0; position--) {
            assertEquals(trace.at(position).objects(), history.at(position).objects());
        }
    }

    @Test
    void aStateKeptIsNotChangedByLaterEvents() {
        ListTrace trace = new RandomEvents(9).trace(400);
        TraceStateHistory history = new TraceStateHistory(trace, new Reducer());
        ReducedState early = history.at(200);
        byte[] before = Keyframes.write(early);
        history.at(400);
        assertArrayEquals(before, Keyframes.write(early));
    }

    @Test
    void aDamagedStoredKeyframeIsPassedOver() {
        ListTrace trace = new RandomEvents(3).trace(500);
        trace.keyframe(Keyframes.PRODUCER, 400, new byte[] {1, 2, 3});
        TraceStateHistory history = new TraceStateHistory(trace, new Reducer(), 100, true);
        assertEquals(trace.at(450).objects(), history.at(450).objects());
    }

    @Test
    void positionsOutsideTheTraceAreRefused() {
        TraceStateHistory history =
                new TraceStateHistory(new RandomEvents(1).trace(5), new Reducer());
        assertThrows(IndexOutOfBoundsException.class, () -> history.at(6));
        assertThrows(IndexOutOfBoundsException.class, () -> history.at(-1));
    }

    private static void storeKeyframes(ListTrace trace) throws IOException {
        KeyframeWriter writer = new KeyframeWriter(trace::keyframe, 250, new Reducer());
        for (int seq = 0; seq < LENGTH; seq++) {
            Event event = trace.event(seq);
            TraceEvent known = Objects.requireNonNull(event.record());
            writer.written(seq, event.header(), known);
        }
        assertTrue(trace.keyframeCount() > 0);
    }
}
