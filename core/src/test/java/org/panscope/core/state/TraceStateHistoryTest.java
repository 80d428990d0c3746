package org.panscope.core.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
            StateScript script = new RandomEvents(seed).script(LENGTH);
            TraceStateHistory without =
                    new TraceStateHistory(script.trace(), new Reducer(), 100, false);
            storeKeyframes(script);
            TraceStateHistory with =
                    new TraceStateHistory(script.trace(), new Reducer(), 100, true);
            Random random = new Random(seed);
            for (int i = 0; i < 60; i++) {
                int position = random.nextInt(LENGTH + 1);
                byte[] expected = Keyframes.write(script.at(position));
                String where = "seed=" + seed + " position=" + position;
                assertArrayEquals(expected, Keyframes.write(without.at(position)), where);
                assertArrayEquals(expected, Keyframes.write(with.at(position)), where);
            }
        }
    }

    @Test
    void steppingBackIsTheStateOneEventEarlier() {
        StateScript script = new RandomEvents(7).script(300);
        TraceStateHistory history = new TraceStateHistory(script.trace(), new Reducer());
        for (int position = 300; position >= 0; position--) {
            assertEquals(script.at(position).objects(), history.at(position).objects());
        }
    }

    @Test
    void aStateKeptIsNotChangedByLaterEvents() {
        StateScript script = new RandomEvents(9).script(400);
        TraceStateHistory history = new TraceStateHistory(script.trace(), new Reducer());
        ReducedState early = history.at(200);
        byte[] before = Keyframes.write(early);
        history.at(400);
        assertArrayEquals(before, Keyframes.write(early));
    }

    @Test
    void aDamagedStoredKeyframeIsPassedOver() {
        StateScript script = new RandomEvents(3).script(500);
        script.trace().keyframe(Keyframes.PRODUCER, 400, new byte[] {1, 2, 3});
        TraceStateHistory history = new TraceStateHistory(script.trace(), new Reducer(), 100, true);
        assertEquals(script.at(450).objects(), history.at(450).objects());
    }

    @Test
    void positionsOutsideTheTraceAreRefused() {
        TraceStateHistory history =
                new TraceStateHistory(new RandomEvents(1).script(5).trace(), new Reducer());
        assertThrows(IndexOutOfBoundsException.class, () -> history.at(6));
        assertThrows(IndexOutOfBoundsException.class, () -> history.at(-1));
    }

    private static void storeKeyframes(StateScript script) throws IOException {
        KeyframeWriter writer = new KeyframeWriter(script.trace()::keyframe, 250, new Reducer());
        for (int seq = 0; seq < LENGTH; seq++) {
            Event event = script.event(seq);
            TraceEvent known = Objects.requireNonNull(event.record());
            writer.written(seq, event.header(), known);
        }
        assertNotNull(script.trace().keyframeAtOrBefore(Keyframes.PRODUCER, LENGTH));
    }
}
