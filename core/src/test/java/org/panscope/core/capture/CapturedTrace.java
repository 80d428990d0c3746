package org.panscope.core.capture;

import org.panscope.trace.ftrace.FtraceTextImporter;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.tracedat.DatImporter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A capture imported into memory with [CaptureTracks].
final class CapturedTrace {
    private MemoryTrace trace = new MemoryTrace("test.txt");

    static CapturedTrace of(String... lines) {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        return read(new ByteArrayInputStream(text));
    }

    static CapturedTrace sample() {
        Path path = Path.of("../samples/captures/panscope-sample.report-t.txt");
        try (InputStream in = Files.newInputStream(path)) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The file the text of [#sample()] was printed from.
    static CapturedTrace binarySample() {
        CapturedTrace captured = new CapturedTrace();
        try {
            DatImporter.importDat(
                    Path.of("../samples/captures/panscope-sample.dat"),
                    "test.dat",
                    captured::open,
                    new CaptureTracks(),
                    Progress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return captured;
    }

    private MemoryTrace open(TraceHeader header) {
        trace = new MemoryTrace(header);
        return trace;
    }

    private static CapturedTrace read(InputStream in) {
        CapturedTrace captured = new CapturedTrace();
        try {
            FtraceTextImporter.importText(
                    in, "test.txt", captured::open, new CaptureTracks(), Progress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return captured;
    }

    MemoryTrace trace() {
        return trace;
    }

    List<Event> events() {
        return trace.events();
    }

    /// Path of an event's track, such as `irq/irq 25 virtio1-requests`.
    String lane(Event event) {
        return path(event.header().track());
    }

    /// Paths of all events' tracks, in order.
    List<String> lanes() {
        return trace.events().stream().map(this::lane).toList();
    }

    private String path(int track) {
        TrackInfo info = trace.tracks().get(track);
        return info.parent() == TrackInfo.ROOT
                ? info.name()
                : path(info.parent()) + "/" + info.name();
    }
}
