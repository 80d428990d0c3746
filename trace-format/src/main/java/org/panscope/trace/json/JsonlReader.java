package org.panscope.trace.json;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.Layer;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Reads JSON Lines, those of [JsonlWriter] and those of other tools: every key but `type` may be
/// missing, unknown types become dynamic ones. A line that is no event becomes a loss of reason
/// `bad-json` with its number, and reading goes on.
public final class JsonlReader {
    /// Bad lines that are told one by one; more are only counted.
    private static final int MAX_LOSSES = 10_000;

    private final String file;
    private final WriterFactory factory;
    private final LineTypes types = new LineTypes();
    private final LineSeqs seqs = new LineSeqs();
    private @Nullable TraceWriter writer;
    private long badLines;

    private JsonlReader(String file, WriterFactory factory) {
        this.file = file;
        this.factory = factory;
    }

    /// Makes the writer once the first line has told the header.
    public interface WriterFactory {
        TraceWriter create(TraceHeader header) throws IOException;
    }

    /// Reads a file into a writer, and closes the writer.
    ///
    /// @return the number of events
    public static long read(Path path, WriterFactory factory) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return read(in, path.toString(), factory);
        }
    }

    /// As [#read(Path, WriterFactory)].
    ///
    /// @param name what to call the input in messages
    public static long read(InputStream in, String name, WriterFactory factory) throws IOException {
        return new JsonlReader(name, factory).readAll(new LineInput(in));
    }

    private long readAll(LineInput lines) throws IOException {
        try {
            while (lines.next()) {
                if (!lines.isBlank()) {
                    readLine(lines);
                }
            }
            TraceWriter target = writer();
            if (badLines > MAX_LOSSES) {
                long more = badLines - MAX_LOSSES;
                String message = file + ": " + more + " more lines could not be read";
                long end = target.eventCount();
                target.loss(new Loss("bad-json", message, more, null, null, null, end));
            }
            return target.eventCount();
        } finally {
            if (writer != null) {
                writer.close();
            }
        }
    }

    private void readLine(LineInput lines) throws IOException {
        try {
            if (lines.isTooLong()) {
                throw new BadLineException("longer than " + LineInput.MAX_LINE + " bytes");
            }
            readEvent(parse(lines));
        } catch (BadLineException e) {
            badLine(lines.number(), String.valueOf(e.getMessage()));
        } catch (JacksonException e) {
            badLine(lines.number(), String.valueOf(e.getOriginalMessage()));
        }
    }

    private static JsonMembers parse(LineInput line) throws BadLineException {
        ObjectReadContext context = ObjectReadContext.empty();
        try (JsonParser json =
                JsonlEventFormat.JSON.createParser(context, line.bytes(), 0, line.length())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadLineException("not a JSON object");
            }
            JsonMembers members = new JsonMembers(JsonValues.readObject(json));
            if (json.nextToken() != null) {
                throw new BadLineException("more than one JSON object");
            }
            return members;
        }
    }

    private void readEvent(JsonMembers line) throws BadLineException, IOException {
        JsonMembers header = line.object("trace");
        if (header != null && writer == null) {
            writer = factory.create(DefinitionParser.header(header, file));
        }
        TraceWriter target = writer();
        boolean anything = header != null || line.has("tracks") || line.has("lost");
        for (Object path : line.array("tracks")) {
            TrackPaths.define(JsonValues.text(path), target);
        }
        for (Object item : line.array("lost")) {
            target.loss(DefinitionParser.loss(item, target.eventCount()));
        }
        String name = line.text("type");
        if (name == null) {
            if (!anything) {
                throw new BadLineException("no 'type'");
            }
            return;
        }
        JsonMembers given = line.object("fields");
        Map<?, ?> values = given == null ? Map.of() : given.members();
        EventTypeInfo type = typeOf(line, name, values);
        String track = line.text("track");
        int trackId =
                track == null
                        ? target.track(TrackInfo.ROOT, "track", "unknown")
                        : TrackPaths.define(track, target);
        EventHeader event = eventHeader(line, trackId, target.eventCount());
        target.write(event, type, LineTypes.row(type, values));
    }

    private EventTypeInfo typeOf(JsonMembers line, String name, Map<?, ?> values)
            throws BadLineException {
        Layer layer = line.constant("layer", Layer.class, Layer.HOST);
        JsonMembers schema = line.object("schema");
        if (schema != null) {
            types.declare(DefinitionParser.type(schema, name, layer));
        }
        return types.typeOf(name, layer, values);
    }

    private EventHeader eventHeader(JsonMembers line, int track, long nextSeq)
            throws BadLineException {
        long time = line.integer("t", 0);
        long cause = line.integer("cause", EventHeader.NO_CAUSE);
        int cpu = line.int32("cpu", EventHeader.UNKNOWN);
        int pid = line.int32("pid", EventHeader.UNKNOWN);
        String comm = line.text("comm");
        String context = line.text("context");
        String locks = line.text("locks");
        boolean inferred = line.flag("cause_inferred");
        // Last, since it counts the event: a line refused above has not taken a number.
        seqs.add(line.integer("seq", nextSeq));
        return new EventHeader(
                time,
                track,
                cause < 0 ? EventHeader.NO_CAUSE : seqs.dense(cause),
                inferred,
                cpu,
                pid,
                comm,
                context,
                locks);
    }

    private TraceWriter writer() throws IOException {
        TraceWriter target = writer;
        if (target == null) {
            target =
                    factory.create(
                            new TraceHeader(
                                    "jsonl", file, "unknown", 0, "unknown", new TreeMap<>()));
            writer = target;
        }
        return target;
    }

    private void badLine(long number, String problem) throws IOException {
        badLines++;
        if (badLines <= MAX_LOSSES) {
            TraceWriter target = writer();
            String message = file + ", line " + number + ": " + problem;
            target.loss(new Loss("bad-json", message, 1L, null, number, null, target.eventCount()));
        }
    }
}
