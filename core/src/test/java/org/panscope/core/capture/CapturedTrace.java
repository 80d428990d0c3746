package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.ftrace.FtraceTextImporter;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A capture imported into memory with [CaptureTracks].
final class CapturedTrace implements TraceWriter {
    final List<Event> events = new ArrayList<>();
    final List<TrackInfo> tracks = new ArrayList<>();

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

    private static CapturedTrace read(InputStream in) {
        CapturedTrace trace = new CapturedTrace();
        try {
            FtraceTextImporter.importText(
                    in, "test.txt", header -> trace, new CaptureTracks(), Progress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return trace;
    }

    /// Path of an event's track, such as `irq/irq 25 virtio1-requests`.
    String lane(Event event) {
        return path(event.header().track());
    }

    /// Paths of all events' tracks, in order.
    List<String> lanes() {
        return events.stream().map(this::lane).toList();
    }

    private String path(int track) {
        TrackInfo info = tracks.get(track);
        return info.parent() == TrackInfo.ROOT
                ? info.name()
                : path(info.parent()) + "/" + info.name();
    }

    @Override
    public int track(int parent, String kind, String name) {
        for (TrackInfo track : tracks) {
            if (track.parent() == parent
                    && track.kind().equals(kind)
                    && track.name().equals(name)) {
                return track.id();
            }
        }
        tracks.add(new TrackInfo(tracks.size(), parent, kind, name));
        return tracks.size() - 1;
    }

    @Override
    public long write(EventHeader header, TraceEvent event) {
        RecordType type = Vocabulary.get().of(event.getClass());
        return write(header, type.info(), type.values(event));
    }

    @Override
    public long write(EventHeader header, EventTypeInfo type, @Nullable Object... values) {
        events.add(new Event(events.size(), header, type, values));
        return eventCount() - 1;
    }

    @Override
    public void loss(Loss loss) {}

    @Override
    public void keyframe(String producer, long seq, byte[] state) {}

    @Override
    public long eventCount() {
        return events.size();
    }

    @Override
    public void close() {}
}
