package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TrackAssigner;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Imports for tests.
final class Captures {
    static final Path MICROS = Path.of("../samples/captures/panscope-sample.report.txt");
    static final Path NANOS = Path.of("../samples/captures/panscope-sample.report-t.txt");

    private Captures() {}

    static MemoryTrace text(String... lines) {
        return bytes((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static MemoryTrace file(Path path) {
        try {
            return bytes(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MemoryTrace bytes(byte[] capture) {
        try {
            return read(capture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MemoryTrace read(byte[] capture) throws IOException {
        List<MemoryTrace> opened = new ArrayList<>();
        FtraceTextImporter.importText(
                new ByteArrayInputStream(capture),
                "test.txt",
                header -> {
                    opened.add(new MemoryTrace(header));
                    return opened.getLast();
                },
                TrackAssigner.perCpu(),
                Progress.NONE);
        return opened.getFirst();
    }

    /// The event of a line with the usual head and this name and payload.
    static Event event(String nameAndPayload) {
        MemoryTrace trace =
                text("          <idle>-0     [001] d.h2.    17.712844: " + nameAndPayload);
        if (trace.events().size() != 1 || !trace.losses().isEmpty()) {
            throw new AssertionError("not one event: " + trace.events() + trace.losses());
        }
        return trace.events().getFirst();
    }

    /// An event's fields that have values.
    static Map<String, @Nullable Object> fields(Event event) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < event.fieldCount(); i++) {
            if (event.value(i) != null) {
                fields.put(event.type().fields().get(i).name(), event.value(i));
            }
        }
        return fields;
    }
}
