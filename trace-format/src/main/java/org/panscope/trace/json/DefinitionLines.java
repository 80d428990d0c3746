package org.panscope.trace.json;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.Layer;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What a trace says beside its events, as texts that another format can carry along. Each is an
/// object with one of the keys of a `.jsonl` line: `trace`, `tracks`, `schema` with `type` and
/// `layer`, `lost`.
public final class DefinitionLines {
    private DefinitionLines() {}

    /// One text read back; everything but one part is absent.
    ///
    /// @param tracks paths as [TrackPaths] has them
    public record Definition(
            @Nullable TraceHeader header,
            List<String> tracks,
            @Nullable EventTypeInfo type,
            @Nullable Loss loss) {
        public Definition {
            tracks = List.copyOf(tracks);
        }
    }

    public static String header(TraceHeader header) {
        return text(json -> {
            json.writeName("trace");
            DefinitionJson.writeHeader(json, header);
        });
    }

    /// Tracks in the order of their numbers.
    ///
    /// @param paths as [TrackPaths] has them
    public static String tracks(List<String> paths) {
        return text(json -> {
            json.writeName("tracks");
            json.writeStartArray();
            paths.forEach(json::writeString);
            json.writeEndArray();
        });
    }

    public static String type(EventTypeInfo type) {
        return text(json -> {
            json.writeStringProperty("type", type.name());
            json.writeStringProperty("layer", type.layer().label());
            json.writeName("schema");
            DefinitionJson.writeType(json, type);
        });
    }

    public static String loss(Loss loss) {
        return text(json -> {
            json.writeName("lost");
            json.writeStartArray();
            DefinitionJson.writeLoss(json, loss, -1);
            json.writeEndArray();
        });
    }

    private static String text(Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                JsonlEventFormat.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            content.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /// Reads one text.
    ///
    /// @throws IOException if it is none of those above
    public static Definition read(String text) throws IOException {
        try (JsonParser json =
                JsonlEventFormat.JSON.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a definition that is no JSON object");
            }
            return definition(new JsonMembers(JsonValues.readObject(json)));
        } catch (BadLineException | JacksonException e) {
            throw new IOException("a damaged definition: " + e.getMessage(), e);
        }
    }

    private static Definition definition(JsonMembers json) throws BadLineException {
        JsonMembers header = json.object("trace");
        JsonMembers schema = json.object("schema");
        String name = json.text("type");
        List<String> tracks = new ArrayList<>();
        for (Object path : json.array("tracks")) {
            tracks.add(JsonValues.text(path));
        }
        List<?> lost = json.array("lost");
        return new Definition(
                header == null ? null : DefinitionParser.header(header, "unknown"),
                tracks,
                schema == null || name == null
                        ? null
                        : DefinitionParser.type(
                                schema, name, json.constant("layer", Layer.class, Layer.HOST)),
                lost.isEmpty() ? null : DefinitionParser.loss(lost.getFirst(), 0));
    }
}
