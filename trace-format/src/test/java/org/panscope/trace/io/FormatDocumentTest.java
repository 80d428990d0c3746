package org.panscope.trace.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/// The worked example of `FORMAT.md` is what the writer writes.
class FormatDocumentTest {
    @TempDir private Path dir;

    @Test
    void theWorkedExampleIsWhatTheWriterWrites() throws IOException {
        Path file = dir.resolve("tiny.pscope");
        TraceHeader header =
                new TraceHeader("emulator", "tiny", "virtual", 0, "example", new TreeMap<>());
        EventTypeInfo type =
                EventTypeInfo.dynamic(
                        "gpu:tick",
                        Layer.HOST,
                        List.of(
                                FieldInfo.dynamic("n", FieldKind.INT, Unit.COUNT, false),
                                FieldInfo.dynamic("why", FieldKind.TEXT, Unit.NONE, false)));
        try (PscopeWriter writer = PscopeWriter.create(file, header)) {
            int track = writer.track(TrackInfo.ROOT, "queue", "0");
            writer.write(EventHeader.at(1000, track), type, 7L, "idle");
            writer.write(
                    new EventHeader(1300, track, 0, false, 2, 42, "app", null, ""),
                    type,
                    null,
                    "kick");
        }
        String document = Files.readString(Path.of("FORMAT.md"));
        int from = document.indexOf("```", document.indexOf("## 9. Worked example")) + 4;
        String shown = document.substring(from, document.indexOf("```", from));
        assertEquals(shown, dump(Files.readAllBytes(file)));
    }

    private static String dump(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < bytes.length; line += 16) {
            text.append(String.format("%04x ", line));
            for (int i = line; i < Math.min(line + 16, bytes.length); i++) {
                text.append(String.format(" %02x", bytes[i]));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
