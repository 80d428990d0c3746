package org.panscope.trace.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/// Comparing whole traces.
public final class Traces {
    private Traces() {}

    public static List<Event> events(Trace trace) {
        List<Event> events = new ArrayList<>();
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            events.add(cursor.event());
        }
        return events;
    }

    /// Everything but keyframes is equal.
    public static void assertSame(Trace expected, Trace actual) {
        assertEquals(expected.header(), actual.header());
        assertEquals(expected.tracks(), actual.tracks());
        assertEquals(expected.types(), actual.types());
        assertArrayEquals(expected.typeCounts(), actual.typeCounts());
        assertEquals(expected.losses(), actual.losses());
        assertEquals(events(expected), events(actual));
    }
}
