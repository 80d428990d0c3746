package org.panscope.trace.json;

import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.Unit;

import tools.jackson.core.JsonGenerator;

import java.util.Locale;
import java.util.Map;

/// Writes the values of the keys that make a `.jsonl` file complete: `trace`, `schema`, `lost`.
final class DefinitionJson {
    private DefinitionJson() {}

    static void writeHeader(JsonGenerator json, TraceHeader header) {
        json.writeStartObject();
        json.writeStringProperty("format", header.format());
        json.writeStringProperty("source", header.source());
        json.writeStringProperty("clock", header.clock());
        json.writeNumberProperty("origin_ns", header.originNs());
        json.writeStringProperty("producer", header.producer());
        json.writeName("attributes");
        json.writeStartObject();
        for (Map.Entry<String, String> attribute : header.attributes().entrySet()) {
            json.writeStringProperty(attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /// Name and layer are not repeated: they stand on the same line.
    static void writeType(JsonGenerator json, EventTypeInfo type) {
        json.writeStartObject();
        json.writeNumberProperty("id", type.id());
        json.writeStringProperty("doc", type.doc());
        json.writeStringProperty("source", type.source());
        json.writeName("fields");
        json.writeStartArray();
        for (FieldInfo field : type.fields()) {
            writeField(json, field);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeField(JsonGenerator json, FieldInfo field) {
        json.writeStartObject();
        json.writeStringProperty("name", field.name());
        json.writeStringProperty("kind", field.kind().name().toLowerCase(Locale.ROOT));
        if (field.unit() != Unit.NONE) {
            json.writeStringProperty("unit", field.unit().name().toLowerCase(Locale.ROOT));
        }
        if (field.signed()) {
            json.writeBooleanProperty("signed", true);
        }
        if (field.optional()) {
            json.writeBooleanProperty("optional", true);
        }
        if (!field.labels().isEmpty()) {
            json.writeName("labels");
            json.writeStartArray();
            for (String label : field.labels()) {
                json.writeString(label);
            }
            json.writeEndArray();
        }
        if (!field.doc().isEmpty()) {
            json.writeStringProperty("doc", field.doc());
        }
        json.writeEndObject();
    }

    /// @param lineSeq number of the event on the same line
    static void writeLoss(JsonGenerator json, Loss loss, long lineSeq) {
        json.writeStartObject();
        json.writeStringProperty("reason", loss.reason());
        json.writeStringProperty("message", loss.message());
        if (loss.count() != null) {
            json.writeNumberProperty("count", loss.count());
        }
        if (loss.cpu() != null) {
            json.writeNumberProperty("cpu", loss.cpu());
        }
        if (loss.line() != null) {
            json.writeNumberProperty("line", loss.line());
        }
        if (loss.offset() != null) {
            json.writeNumberProperty("offset", loss.offset());
        }
        if (loss.beforeSeq() != lineSeq) {
            json.writeNumberProperty("before_seq", loss.beforeSeq());
        }
        json.writeEndObject();
    }
}
