package org.panscope.trace.dump;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.MarkEvent.Mark;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.ftrace.EventShapes;
import org.panscope.trace.ftrace.TracepointTypes;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Producer;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TraceWriterFactory;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.quality.ImportLosses;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Unit;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where the events of a dump go. The trace is opened at the first one, with the attributes known
/// by then, and begins with a mark that says what the file is.
final class DumpOutput implements AutoCloseable {
    private static final EventTypeInfo OVERFLOW =
            TracepointTypes.captured(
                    "dump_entry",
                    List.of(FieldInfo.dynamic("name", FieldKind.TEXT, Unit.NONE, false)));

    final ImportLosses losses;
    final EventShapes fields = new EventShapes();
    final SortedMap<String, String> attributes = new TreeMap<>();
    private final String format;
    private final String label;
    private final String source;
    private final TraceWriterFactory writers;
    private String clock = "none";
    private long originNs;
    private @Nullable TraceWriter writer;

    /// @param format name of the format in the trace's header
    /// @param label a sentence for people: what the file is, and what its times are
    DumpOutput(String format, String label, String source, TraceWriterFactory writers) {
        this.format = format;
        this.label = label;
        this.source = source;
        this.writers = writers;
        losses = new ImportLosses(source);
    }

    /// The clock of the events, and what it showed at the first.
    void setClock(String name, long firstNs) {
        if (writer == null) {
            clock = name;
            originNs = firstNs;
        }
    }

    boolean isOpen() {
        return writer != null;
    }

    long originNs() {
        return originNs;
    }

    TraceWriter trace() throws IOException {
        TraceWriter trace = writer;
        if (trace == null) {
            attributes.put("document", label);
            trace =
                    writers.open(
                            new TraceHeader(
                                    format, source, clock, originNs, Producer.name(), attributes));
            writer = trace;
            losses.attach(trace);
            trace.write(EventHeader.at(0, track("document", source)), new Mark(label));
        }
        return trace;
    }

    /// A track without a parent.
    int track(String kind, String name) throws IOException {
        return trace().track(TrackInfo.ROOT, kind, name);
    }

    int track(int parent, String kind, String name) throws IOException {
        return trace().track(parent, kind, name);
    }

    /// Writes an event with the fields so far, and begins the next.
    ///
    /// @param timeNs since the trace began
    void write(long timeNs, int track, String type) throws IOException {
        EventTypeInfo info = fields.type(type);
        if (info == null) {
            fields.begin();
            fields.text("name", type);
            info = OVERFLOW;
        }
        trace().write(EventHeader.at(timeNs, track), info, fields.values());
        fields.begin();
    }

    /// Writes an event of the vocabulary.
    void write(long timeNs, int track, TraceEvent event) throws IOException {
        trace().write(EventHeader.at(timeNs, track), event);
    }

    /// Number of events written.
    long finish(boolean cancelled) throws IOException {
        TraceWriter trace = trace();
        if (cancelled) {
            losses.lost("cancelled", "the import was stopped here", null);
        }
        if (fields.refused() > 0) {
            losses.lost(
                    "unknown-field", fields.refused() + " fields found no room", fields.refused());
        }
        losses.finish();
        return trace.eventCount();
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            Objects.requireNonNull(writer).close();
        }
    }
}
