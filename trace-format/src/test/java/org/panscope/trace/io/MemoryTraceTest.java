package org.panscope.trace.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.trace.event.MarkEvent.Mark;
import org.panscope.trace.quality.Loss;

import java.io.IOException;

/// The contract, kept in memory, and what only a trace in memory can do.
class MemoryTraceTest extends TraceContract {
    @Override
    Trace write(Script script) throws IOException {
        MemoryTrace trace = new MemoryTrace(RandomTrace.HEADER);
        script.writeTo(trace);
        trace.close();
        return trace;
    }

    @Test
    void aTraceCanBeReadWhileItIsWritten() {
        MemoryTrace trace = new MemoryTrace("script");
        EventHeader header = EventHeader.at(3, trace.track(TrackInfo.ROOT, "cpu", "0"));
        EventCursor cursor = trace.cursor(0);
        assertFalse(cursor.next());
        trace.add(header, new Mark("one")).add(header, new Mark("two"));
        assertTrue(cursor.next());
        assertEquals(new Mark("one"), cursor.event().record());
        assertEquals(new Mark("two"), trace.events().get(1).record());
        assertEquals("script", trace.header().source());
    }

    @Test
    void aFinishedTraceTakesNothingMore() {
        MemoryTrace trace = new MemoryTrace("script");
        EventHeader header = EventHeader.at(0, trace.track(TrackInfo.ROOT, "cpu", "0"));
        trace.add(header, new Mark("kept"));
        assertFalse(trace.isClosed());
        trace.close();
        assertTrue(trace.isClosed());
        Mark late = new Mark("late");
        Loss loss = new Loss("truncated", "late", null, null, null, null, 1);
        assertThrows(IllegalStateException.class, () -> trace.write(header, late));
        assertThrows(IllegalStateException.class, () -> trace.loss(loss));
        assertThrows(IllegalStateException.class, () -> trace.keyframe("a", 0, new byte[0]));
        assertEquals(1, Traces.events(trace).size());
    }

    @Test
    void aTraceMadeFromAnotherIsEqual() throws IOException {
        try (Trace from = write(writer -> new RandomTrace(7).writeTo(writer, 300))) {
            MemoryTrace copy = new MemoryTrace(from.header());
            TraceCopy.copy(from, copy);
            Traces.assertSame(from, copy);
        }
    }
}
