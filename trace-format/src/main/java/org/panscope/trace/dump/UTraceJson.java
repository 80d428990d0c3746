package org.panscope.trace.dump;

import org.panscope.trace.ftrace.EventShapes;
import org.panscope.trace.io.Progress;
import org.panscope.trace.quality.ImportLosses;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;

/// The JSON form of u_trace. A process that dies leaves it without its end; everything up to there
/// counts.
final class UTraceJson {
    private static final int EVENTS_PER_PROGRESS = 1024;
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(64)
                                    .maxStringLength(1 << 16)
                                    .build())
                    .build();

    private final UTraceImport into;
    private final ImportLosses losses;
    private final Progress progress;
    private final long size;
    private long frame;
    private long batch;
    private long events;
    private boolean cancelled;

    UTraceJson(UTraceImport into, ImportLosses losses, Progress progress, long size) {
        this.into = into;
        this.losses = losses;
        this.progress = progress;
        this.size = size;
    }

    /// Reads all frames.
    ///
    /// @return whether it was cancelled
    boolean read(InputStream in) throws IOException {
        JsonParser json = JSON.createParser(ObjectReadContext.empty(), in);
        try (json) {
            if (json.nextToken() == JsonToken.START_ARRAY) {
                while (!cancelled && json.nextToken() == JsonToken.START_OBJECT) {
                    frame(json);
                }
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            String what = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
            boolean isCut = what.startsWith("Unexpected end-of-input");
            losses.atOffset(
                    isCut ? "truncated" : "damaged-json",
                    what + "; nothing behind it is read",
                    null,
                    json.currentLocation().getByteOffset());
        }
        return cancelled;
    }

    private void frame(JsonParser json) throws IOException {
        while (!cancelled && json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (key.equals("frame") && value == JsonToken.VALUE_NUMBER_INT) {
                frame = number(json);
            } else if (key.equals("batches") && value == JsonToken.START_ARRAY) {
                batch = 0;
                while (!cancelled && json.nextToken() == JsonToken.START_OBJECT) {
                    batch(json);
                    batch++;
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private static long number(JsonParser json) {
        String digits = json.getString();
        return digits.length() <= 9 ? Long.parseLong(digits) : 0;
    }

    private void batch(JsonParser json) throws IOException {
        while (!cancelled && json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (key.equals("events") && value == JsonToken.START_ARRAY) {
                while (!cancelled && json.nextToken() == JsonToken.START_OBJECT) {
                    event(json);
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private void event(JsonParser json) throws IOException {
        String name = "";
        String time = "";
        String parameters = "";
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (key.equals("event") && value.isScalarValue()) {
                name = json.getString();
            } else if (key.equals("time_ns") && value.isScalarValue()) {
                time = json.getString();
            } else if (key.equals("params") && value == JsonToken.START_OBJECT) {
                parameters = copied(json);
            } else {
                json.skipChildren();
            }
        }
        if (name.isEmpty() || !into.add(time, frame, batch, name, parameters)) {
            losses.atOffset(
                    "bad-event",
                    "no `event` or no `time_ns`",
                    1L,
                    json.currentLocation().getByteOffset());
        }
        if (++events % EVENTS_PER_PROGRESS == 0) {
            progress.advance(json.currentLocation().getByteOffset() / 2, size);
            cancelled = progress.isCancelled();
        }
    }

    private static String copied(JsonParser json) {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            copy.copyCurrentStructure(json);
        }
        return text.toString();
    }

    /// Adds a field for each parameter.
    static void parameters(String object, EventShapes fields) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), object)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = json.currentName();
                JsonToken value = json.nextToken();
                if (value.isScalarValue()) {
                    fields.guessed(key, json.getString());
                } else {
                    fields.text(key, copied(json));
                }
            }
        }
    }
}
