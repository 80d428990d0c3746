package org.panscope.trace.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.RandomTrace;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Text that is no trace, or no longer.
class JsonlDamageTest {
    @Test
    void mutatedTextNeverThrowsAndEveryLineIsAnEventOrALoss() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonlWriter writer = JsonlWriter.create(out, RandomTrace.HEADER)) {
            new RandomTrace(5).writeTo(writer, 90);
        }
        String marks = "{}[]\",:0-9.eE\\ntf\u0000\u0080";
        Random random = new Random(7);
        for (int round = 0; round < 400; round++) {
            byte[] bytes = out.toByteArray();
            int changes = 1 + random.nextInt(20);
            for (int i = 0; i < changes; i++) {
                byte mark = (byte) marks.charAt(random.nextInt(marks.length()));
                bytes[random.nextInt(bytes.length)] = mark;
            }
            MemoryTrace trace = read(bytes);
            for (Event event : trace.events()) {
                event.record();
            }
        }
    }

    @Test
    void aFileOfSomethingElseIsATraceOfLosses() throws IOException {
        byte[] bytes = "one\ntwo\n\nthree".getBytes(StandardCharsets.UTF_8);
        MemoryTrace trace = read(bytes);
        assertEquals(0, trace.eventCount());
        assertEquals(3, trace.losses().size());
        assertEquals((Long) 4L, trace.losses().getLast().line());
    }

    @Test
    void manyBadLinesAreCountedRatherThanListed() throws IOException {
        MemoryTrace trace = read("x\n".repeat(10_005).getBytes(StandardCharsets.UTF_8));
        assertEquals(10_001, trace.losses().size());
        assertEquals((Long) 5L, trace.losses().getLast().count());
    }

    @Test
    void aVocabularyTypeOfAnotherShapeIsNoRecord() throws IOException {
        MemoryTrace trace =
                read(
                        """
                        {"type":"VM_DESTROY","schema":{"id":2052,"fields":[{"name":"vm_id"}]},\
                        "fields":{"vm_id":"seven"}}
                        {"type":"BO_DESTROY","fields":{"bo":4294967296}}
                        """
                                .getBytes(StandardCharsets.UTF_8));
        assertEquals(2, trace.eventCount());
        assertEquals("seven", trace.events().get(0).value("vm_id"));
        assertNull(trace.events().get(0).record());
        assertNull(trace.events().get(1).record());
    }

    private static MemoryTrace read(byte[] bytes) throws IOException {
        MemoryTrace[] made = new MemoryTrace[1];
        JsonlReader.read(
                new ByteArrayInputStream(bytes),
                "test",
                header -> made[0] = new MemoryTrace(header));
        return made[0];
    }
}
