package org.panscope.trace.json;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads what [DefinitionJson] writes.
final class DefinitionParser {
    private DefinitionParser() {}

    static TraceHeader header(JsonMembers json, String file) throws BadLineException {
        TreeMap<String, String> attributes = new TreeMap<>();
        JsonMembers given = json.object("attributes");
        if (given != null) {
            given.members()
                    .forEach((name, value) ->
                            attributes.put(String.valueOf(name), JsonValues.text(value)));
        }
        return new TraceHeader(
                json.text("format", "jsonl"),
                json.text("source", file),
                json.text("clock", "unknown"),
                json.integer("origin_ns", 0),
                json.text("producer", "unknown"),
                attributes);
    }

    static EventTypeInfo type(JsonMembers json, String name, Layer layer) throws BadLineException {
        List<FieldInfo> fields = new ArrayList<>();
        for (Object item : json.array("fields")) {
            if (!(item instanceof Map<?, ?> members)) {
                throw new BadLineException("'schema' has a field that is no object");
            }
            fields.add(field(new JsonMembers(members)));
        }
        int id = json.int32("id", 0);
        return new EventTypeInfo(
                id, name, layer, fields, json.text("doc", ""), json.text("source", ""));
    }

    private static FieldInfo field(JsonMembers json) throws BadLineException {
        List<String> labels = new ArrayList<>();
        for (Object label : json.array("labels")) {
            labels.add(JsonValues.text(label));
        }
        String name = json.text("name");
        if (name == null) {
            throw new BadLineException("'schema' has a field without a name");
        }
        return new FieldInfo(
                name,
                json.constant("kind", FieldKind.class, FieldKind.TEXT),
                json.constant("unit", Unit.class, Unit.NONE),
                json.flag("signed"),
                json.flag("optional"),
                labels,
                json.text("doc", ""));
    }

    /// @param lineSeq number of the event on the same line
    static Loss loss(@Nullable Object item, long lineSeq) throws BadLineException {
        if (!(item instanceof Map<?, ?> members)) {
            throw new BadLineException("'lost' has an item that is no object");
        }
        JsonMembers json = new JsonMembers(members);
        return new Loss(
                json.text("reason", "unknown"),
                json.text("message", ""),
                json.integer("count"),
                json.has("cpu") ? (Integer) json.int32("cpu", 0) : null,
                json.integer("line"),
                json.integer("offset"),
                json.integer("before_seq", lineSeq));
    }
}
