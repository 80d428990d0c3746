package org.panscope.trace.json;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldValues;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.StringWriter;
import java.util.List;

/// One event as one line of JSON, without the keys that only make a file complete.
public final class JsonlEventFormat {
    /// Writes root values one per line.
    static final JsonFactory JSON = JsonFactory.builder().rootValueSeparator("\n").build();

    private final TrackPaths tracks;

    public JsonlEventFormat(List<TrackInfo> tracks) {
        this.tracks = TrackPaths.of(tracks);
    }

    /// The event's line, without the line end.
    public String line(Event event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            writeCommon(json, event.seq(), event.header(), event.type(), track(event.header()));
            json.writeName("fields");
            writeFields(json, event);
            json.writeEndObject();
        }
        return text.toString();
    }

    /// The fields alone, as an object.
    String fields(Event event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            writeFields(json, event);
        }
        return text.toString();
    }

    /// The path of the track an event stands on.
    String track(EventHeader header) {
        return tracks.get(header.track());
    }

    private static void writeFields(JsonGenerator json, Event event) {
        @Nullable Object[] values = new Object[event.fieldCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = event.value(i);
        }
        FieldJson fields = new FieldJson(json);
        json.writeStartObject();
        fields.begin(event.type());
        FieldValues.visit(event.type(), values, fields);
        json.writeEndObject();
    }

    /// Everything but the fields.
    static void writeCommon(
            JsonGenerator json, long seq, EventHeader header, EventTypeInfo type, String track) {
        json.writeNumberProperty("seq", seq);
        json.writeNumberProperty("t", header.timeNs());
        json.writeStringProperty("type", type.name());
        json.writeStringProperty("layer", type.layer().label());
        json.writeStringProperty("track", track);
        if (header.cause() != EventHeader.NO_CAUSE) {
            json.writeNumberProperty("cause", header.cause());
        }
        if (header.causeInferred()) {
            json.writeBooleanProperty("cause_inferred", true);
        }
        if (header.cpu() != EventHeader.UNKNOWN) {
            json.writeNumberProperty("cpu", header.cpu());
        }
        if (header.pid() != EventHeader.UNKNOWN) {
            json.writeNumberProperty("pid", header.pid());
        }
        writeIfPresent(json, "comm", header.comm());
        writeIfPresent(json, "context", header.context());
        writeIfPresent(json, "locks", header.locks());
    }

    private static void writeIfPresent(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }
}
