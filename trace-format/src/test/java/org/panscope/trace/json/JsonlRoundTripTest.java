package org.panscope.trace.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.PscopeReader;
import org.panscope.trace.io.PscopeWriter;
import org.panscope.trace.io.RandomTrace;
import org.panscope.trace.io.TraceCopy;
import org.panscope.trace.io.Traces;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class JsonlRoundTripTest {
    @TempDir private Path dir;

    @Test
    void containerToTextToContainerChangesNothing() throws IOException {
        for (int seed = 0; seed < 10; seed++) {
            Path binary = dir.resolve("a.pscope");
            Path text = dir.resolve("a.jsonl");
            Path again = dir.resolve("b.pscope");
            try (PscopeWriter writer = PscopeWriter.create(binary, RandomTrace.HEADER)) {
                new RandomTrace(seed).writeTo(writer, 500);
            }
            try (PscopeReader from = PscopeReader.open(binary);
                    JsonlWriter to = JsonlWriter.create(text, from.header())) {
                TraceCopy.copy(from, to);
            }
            JsonlReader.read(text, header -> PscopeWriter.create(again, header));
            try (PscopeReader expected = PscopeReader.open(binary);
                    PscopeReader actual = PscopeReader.open(again)) {
                Traces.assertSame(expected, actual);
            }
        }
    }

    @Test
    void textToContainerToTextChangesNothing() throws IOException {
        Path text = dir.resolve("a.jsonl");
        try (JsonlWriter writer = JsonlWriter.create(text, RandomTrace.HEADER)) {
            new RandomTrace(77).writeTo(writer, 500);
        }
        Path binary = dir.resolve("a.pscope");
        JsonlReader.read(text, header -> PscopeWriter.create(binary, header));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        try (PscopeReader from = PscopeReader.open(binary);
                JsonlWriter to = JsonlWriter.create(again, from.header())) {
            TraceCopy.copy(from, to);
        }
        assertEquals(Files.readString(text), again.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aTraceWithoutEventsKeepsItsHeaderAndLosses() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Loss loss = new Loss("truncated", "gone", 5L, 1, 2L, 3L, 0);
        try (JsonlWriter writer = JsonlWriter.create(text, RandomTrace.HEADER)) {
            writer.track(-1, "process", "a/b \\ c");
            writer.loss(loss);
        }
        MemoryTrace trace = read(text.toString(StandardCharsets.UTF_8));
        assertEquals(RandomTrace.HEADER, trace.header());
        assertEquals(List.of(loss), trace.losses());
        assertEquals("a/b \\ c", trace.tracks().getFirst().name());
        assertEquals(0, trace.eventCount());
    }

    @Test
    void aDumpedLineHasTheContractKeys() throws IOException {
        MemoryTrace trace = new MemoryTrace(RandomTrace.HEADER);
        int process = trace.track(-1, "process", "hello");
        int queue = trace.track(trace.track(process, "group", "1"), "queue", "0");
        trace.write(
                new EventHeader(1500, queue, 0, true, 3, 42, "app", "ioctl", ""),
                new UserEvent.InsertWrite(1, 0, null, -1, UserEvent.Writer.USER));
        assertEquals(
                "{\"seq\":0,\"t\":1500,\"type\":\"INSERT_WRITE\",\"layer\":\"user\","
                        + "\"track\":\"process hello/group 1/queue 0\",\"cause\":0,"
                        + "\"cause_inferred\":true,\"cpu\":3,\"pid\":42,\"comm\":\"app\","
                        + "\"context\":\"ioctl\",\"locks\":\"\",\"fields\":{\"gid\":1,\"queue\":0,"
                        + "\"new_insert\":18446744073709551615,\"by\":\"user\"}}",
                new JsonlEventFormat(trace.tracks()).line(trace.events().getFirst()));
    }

    @Test
    void linesOfOtherToolsBecomeDynamicEvents() throws IOException {
        MemoryTrace trace =
                read(
                        """
                        {"type":"gpu:irq","t":10,"fields":{"n":1,"addr":"0xff","ok":true,"x":1.5}}
                        {"type":"gpu:irq","t":11,"layer":"hardware","fields":{"n":"two","more":[1]}}
                        """);
        assertEquals("jsonl", trace.header().format());
        assertEquals("test", trace.header().source());
        Event first = trace.events().get(0);
        assertEquals(Layer.HOST, first.type().layer());
        assertEquals(1L, first.value("n"));
        assertEquals(255L, first.value("addr"));
        assertEquals(Unit.HEX, first.type().fields().get(1).unit());
        assertEquals(true, first.value("ok"));
        assertEquals("1.5", first.value("x"));
        Event second = trace.events().get(1);
        assertEquals("two", second.value("n"));
        assertEquals("[1]", second.value("more"));
        assertEquals(FieldKind.TEXT, second.type().fields().get(0).kind());
        assertEquals(0, trace.losses().size());
    }

    @Test
    void aVocabularyNameNeedsNoSchema() throws IOException {
        MemoryTrace trace =
                read("{\"type\":\"VM_DESTROY\",\"fields\":{\"vm_id\":3,\"extra\":\"kept\"}}");
        Event event = trace.events().getFirst();
        assertNotNull(event.record());
        assertEquals("kept", event.value("extra"));
    }

    @Test
    void badLinesAreAccountedForAndTheRestIsRead() throws IOException {
        MemoryTrace trace =
                read(
                        """
                        {"seq":0,"type":"a"}
                        {"seq":1,"type":"b"

                        [1,2]
                        {"seq":2}
                        {"seq":3,"type":"VM_DESTROY","fields":{"vm_id":"three"}}
                        {"seq":4,"type":"c","cause":0}
                        {"seq":5,"type":"c","cause":4}
                        {"seq":6,"type":"c","cause":3} {}
                        {"seq":7,"type":"c","cause":3,"t":99999999999999999999}
                        {"seq":8,"type":"c","cause":3}
                        """);
        assertEquals(4, trace.eventCount());
        assertEquals(0, trace.events().get(1).header().cause());
        assertEquals(1, trace.events().get(2).header().cause());
        assertEquals(-1, trace.events().get(3).header().cause());
        List<Long> lines = trace.losses().stream().map(Loss::line).toList();
        assertEquals(List.of(2L, 4L, 5L, 6L, 9L, 10L), lines);
        assertEquals("bad-json", trace.losses().getFirst().reason());
    }

    private static MemoryTrace read(String text) throws IOException {
        MemoryTrace[] made = new MemoryTrace[1];
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonlReader.read(
                new ByteArrayInputStream(bytes),
                "test",
                header -> made[0] = new MemoryTrace(header));
        return made[0];
    }
}
