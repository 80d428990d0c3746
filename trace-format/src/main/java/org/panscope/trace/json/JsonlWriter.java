package org.panscope.trace.json;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackIds;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldValues;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes a trace as JSON Lines: one event a line, nothing lost but keyframes, which are only a
/// cache. What is no event rides on the next event's line: `trace` (the header, first line),
/// `schema` (where a type comes first or changes), `tracks` (up to the line's own, not yet told,
/// unless its path says it all), `lost`. What is left at the end has a line without `seq`.
public final class JsonlWriter implements TraceWriter {
    private final TraceHeader header;
    private final Writer out;
    private final JsonGenerator json;
    private final FieldJson fields;
    private final TrackPaths paths = new TrackPaths();
    private final TrackIds tracks = new TrackIds();
    private final Map<String, EventTypeInfo> typeByName = new HashMap<>();
    private final List<Loss> pendingLosses = new ArrayList<>();
    private int announcedTracks;
    private boolean anyLine;
    private long events;
    private boolean closed;

    private JsonlWriter(Writer out, TraceHeader header) {
        this.header = header;
        this.out = out;
        json = JsonlEventFormat.JSON.createGenerator(ObjectWriteContext.empty(), this.out);
        fields = new FieldJson(json);
    }

    /// A writer to a stream, which it closes at the end.
    public static JsonlWriter create(OutputStream out, TraceHeader header) {
        return new JsonlWriter(
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16),
                header);
    }

    /// A writer to a text, which it closes at the end.
    public static JsonlWriter create(Writer out, TraceHeader header) {
        return new JsonlWriter(out, header);
    }

    /// A writer to a new or emptied file.
    public static JsonlWriter create(Path path, TraceHeader header) throws IOException {
        return create(Files.newOutputStream(path), header);
    }

    @Override
    public int track(int parent, String kind, String name) {
        int id = tracks.define(parent, kind, name);
        if (id == paths.size()) {
            paths.add(tracks.get(id));
        }
        return id;
    }

    @Override
    public long write(EventHeader event, TraceEvent record) throws IOException {
        RecordType type = Vocabulary.get().of(record.getClass());
        return writeLine(event, type.info(), () -> type.visit(record, fields));
    }

    @Override
    public long write(EventHeader event, EventTypeInfo type, @Nullable Object... values)
            throws IOException {
        FieldValues.check(type, values);
        return writeLine(event, type, () -> FieldValues.visit(type, values, fields));
    }

    @Override
    public void loss(Loss loss) {
        pendingLosses.add(loss);
    }

    @Override
    public void keyframe(String producer, long seq, byte[] state) {
        // The text twin has no room for caches.
    }

    @Override
    public long eventCount() {
        return events;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            boolean left = !pendingLosses.isEmpty() || announcedTracks < tracks.size();
            if (!anyLine || left) {
                json.writeStartObject();
                writeHeaderOnce();
                writeTracks(tracks.size());
                writeLosses();
                json.writeEndObject();
            }
            json.flush();
            out.write('\n');
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    private long writeLine(EventHeader event, EventTypeInfo type, Runnable fieldWriter)
            throws IOException {
        tracks.check(event);
        try {
            json.writeStartObject();
            JsonlEventFormat.writeCommon(json, events, event, type, paths.get(event.track()));
            json.writeName("fields");
            json.writeStartObject();
            fields.begin(type);
            fieldWriter.run();
            json.writeEndObject();
            writeHeaderOnce();
            if (!type.equals(typeByName.put(type.name(), type))) {
                json.writeName("schema");
                DefinitionJson.writeType(json, type);
            }
            int known = event.track() + 1;
            if (!isImplied(event.track())) {
                writeTracks(known);
            }
            announcedTracks = Math.max(announcedTracks, known);
            writeLosses();
            json.writeEndObject();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
        return events++;
    }

    private void writeHeaderOnce() {
        if (!anyLine) {
            json.writeName("trace");
            DefinitionJson.writeHeader(json, header);
            anyLine = true;
        }
    }

    /// Whether reading this track's path defines exactly the tracks not yet announced up to this
    /// one, in order. Later ones wait for a line that needs them, so that the text depends on the
    /// trace alone and not on when its tracks were defined.
    private boolean isImplied(int track) {
        int at = track;
        for (int id = track; id >= announcedTracks; id--) {
            if (at != id) {
                return false;
            }
            at = tracks.get(id).parent();
        }
        return true;
    }

    private void writeTracks(int end) {
        if (announcedTracks >= end) {
            return;
        }
        json.writeName("tracks");
        json.writeStartArray();
        for (int id = announcedTracks; id < end; id++) {
            json.writeString(paths.get(id));
        }
        json.writeEndArray();
        announcedTracks = end;
    }

    private void writeLosses() {
        if (pendingLosses.isEmpty()) {
            return;
        }
        json.writeName("lost");
        json.writeStartArray();
        for (Loss loss : pendingLosses) {
            DefinitionJson.writeLoss(json, loss, events);
        }
        json.writeEndArray();
        pendingLosses.clear();
    }
}
