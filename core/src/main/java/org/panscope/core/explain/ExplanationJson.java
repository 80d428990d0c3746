package org.panscope.core.explain;

import org.panscope.core.state.Cursor;
import org.panscope.trace.io.Trace;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.Writer;

/// An explanation as JSON.
///
/// ```
/// {"object":"fence:9:2","cursor":"@7000000000ns#612","verdict":"root_cause",
///  "root":{"text":"…","verdict":"waiting","object":"fence:9:2","event":319,
///          "cursor":"@337800ns#320","remedy":"…","links":[…]}}
/// ```
///
/// What is not known is absent.
public final class ExplanationJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private ExplanationJson() {}

    /// Writes it.
    public static void write(Explanation explanation, Trace trace, Writer writer) {
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), writer)) {
            json.writeStartObject();
            json.writeStringProperty("object", explanation.subject().toString());
            json.writeStringProperty("cursor", explanation.at().toString());
            json.writeStringProperty("verdict", explanation.verdict().label());
            json.writeName("root");
            link(explanation.root(), trace, json);
            json.writeEndObject();
        }
    }

    private static void link(Link link, Trace trace, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("text", link.text());
        json.writeStringProperty("verdict", link.verdict().label());
        if (link.object() != null) {
            json.writeStringProperty("object", link.object().toString());
        }
        if (link.event() >= 0) {
            json.writeNumberProperty("event", link.event());
            json.writeStringProperty("cursor", Cursor.of(trace, link.event() + 1).toString());
        }
        if (link.remedy() != null) {
            json.writeStringProperty("remedy", link.remedy());
        }
        if (!link.children().isEmpty()) {
            json.writeArrayPropertyStart("links");
            link.children().forEach(child -> link(child, trace, json));
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
