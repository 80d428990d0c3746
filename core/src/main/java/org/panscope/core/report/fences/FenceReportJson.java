package org.panscope.core.report.fences;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.Writer;
import java.util.List;
import java.util.Map;

/// A fence report as JSON.
///
/// ```
/// {"source":"…","events":N,
///  "answers":[{"id":"V1","asker":"…","question":"…","answered":true,"answer":"…","details":["…"]}],
///  "fences":[{"fence":"fence:9:1","created":CURSOR,"armed":…,"published":…,"where":"…",
///             "signalled":…,"after":"5 s","by":"timeout","error":"-110"}],
///  "fenceCount":N,
///  "batches":{"announced":N,"executed":N,
///             "stages":[{"stage":"fetch","count":N,"p50":NS,"p90":NS,"p99":NS,"max":NS}],
///             "total":{"count":N,"p50":NS,…}}}
/// ```
public final class FenceReportJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final List<String> COLUMNS =
            List.of(
                    "fence",
                    "created",
                    "armed",
                    "published",
                    "where",
                    "signalled",
                    "after",
                    "by",
                    "error");

    private FenceReportJson() {}

    /// Writes it.
    public static void write(FenceReport report, Writer writer) {
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), writer)) {
            json.writeStartObject();
            json.writeStringProperty("source", report.source());
            json.writeNumberProperty("events", report.eventCount());
            json.writeArrayPropertyStart("answers");
            report.answers().forEach(answer -> answer(answer, json));
            json.writeEndArray();
            json.writeArrayPropertyStart("fences");
            for (List<String> row : report.fences()) {
                json.writeStartObject();
                for (int i = 0; i < COLUMNS.size(); i++) {
                    json.writeStringProperty(COLUMNS.get(i), row.get(i));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberProperty("fenceCount", report.fenceCount());
            batches(report, json);
            json.writeEndObject();
        }
    }

    private static void answer(Answer answer, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("id", answer.id());
        json.writeStringProperty("asker", answer.asker());
        json.writeStringProperty("question", answer.question());
        json.writeBooleanProperty("answered", answer.isAnswered());
        json.writeStringProperty("answer", answer.answer());
        json.writeArrayPropertyStart("details");
        answer.details().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void batches(FenceReport report, JsonGenerator json) {
        json.writeObjectPropertyStart("batches");
        json.writeNumberProperty("announced", report.announcedBatches());
        json.writeNumberProperty("executed", report.executedBatches());
        json.writeArrayPropertyStart("stages");
        for (Map.Entry<Stage, Durations> entry : report.stages().entrySet()) {
            json.writeStartObject();
            json.writeStringProperty(
                    "stage", entry.getKey().name().toLowerCase(java.util.Locale.ROOT));
            durations(entry.getValue(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectPropertyStart("total");
        durations(report.batchTotal(), json);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void durations(Durations of, JsonGenerator json) {
        json.writeNumberProperty("count", of.count());
        json.writeNumberProperty("p50", of.percentile(50));
        json.writeNumberProperty("p90", of.percentile(90));
        json.writeNumberProperty("p99", of.percentile(99));
        json.writeNumberProperty("max", of.max());
    }
}
