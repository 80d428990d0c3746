package org.panscope.trace.chrome;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventRuns;
import org.panscope.trace.io.Progress;
import org.panscope.trace.quality.ImportLosses;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/// The first reading of a file: where every event stands and when it happened, what processes and
/// threads are called, and what the file says of itself. Nothing else is kept of an event.
///
/// Text that is no JSON is a loss; reading goes on at the next object that begins a line or follows
/// a comma.
final class Survey {
    private static final int EVENTS_PER_PROGRESS = 4096;
    private static final int MOST_ATTRIBUTES = 64;
    private static final int MOST_RECOVERIES = 1000;
    private static final int LONGEST_ATTRIBUTE = 400;
    private static final String NO_TIME = "its time `ts` is missing or no number";

    private final ChromeFile file;
    private final ImportLosses losses;
    private final Progress progress;
    private final EventRuns runs;
    private final ChromeNames names;
    private final SortedMap<String, String> attributes = new TreeMap<>();
    private long ftraceOffset = -1;
    private long base;
    private long objects;
    private long lastOffset;
    private int recoveries;
    private boolean cancelled;
    private boolean anyEvents;
    private boolean isList;
    private boolean isInside;

    Survey(
            ChromeFile file,
            EventRuns runs,
            ChromeNames names,
            ImportLosses losses,
            Progress progress) {
        this.file = file;
        this.runs = runs;
        this.names = names;
        this.losses = losses;
        this.progress = progress;
    }

    /// Reads all of the file.
    void run() throws IOException {
        InputStream rest = file.from(0);
        boolean whole = true;
        while (rest != null) {
            try (JsonParser json = file.parserFrom(rest)) {
                if (whole) {
                    document(json);
                } else {
                    json.nextToken();
                    events(json);
                }
                rest = null;
            } catch (JacksonIOException e) {
                throw e.getCause();
            } catch (JacksonException e) {
                if (isEnd(e)) {
                    ended();
                    rest = null;
                } else {
                    rest = recover(e);
                    whole = false;
                }
            }
        }
        runs.finish();
    }

    boolean isCancelled() {
        return cancelled;
    }

    /// What the file says of itself, by name.
    SortedMap<String, String> attributes() {
        return attributes;
    }

    /// Where the string of `systemTraceEvents` begins, at its quote, or -1.
    long ftraceOffset() {
        return ftraceOffset;
    }

    /// Objects in the list of events.
    long objects() {
        return objects;
    }

    // ---- the document -------------------------------------------------------------------------

    private void document(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        isList = first == JsonToken.START_ARRAY;
        if (isList) {
            events(json);
        } else if (first == JsonToken.START_OBJECT) {
            members(json);
        }
        if (!anyEvents && ftraceOffset < 0) {
            losses.lost("no-events", "it has no list `traceEvents`", null);
        }
    }

    private void members(JsonParser json) throws IOException {
        while (!cancelled && json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("traceEvents") && value == JsonToken.START_ARRAY) {
                events(json);
            } else if (name.equals("systemTraceEvents") && value == JsonToken.VALUE_STRING) {
                ftraceOffset = offset(json);
            } else if (value == JsonToken.START_OBJECT) {
                facts(json, name);
            } else {
                attribute(name, json);
                json.skipChildren();
            }
        }
    }

    private void facts(JsonParser json, String of) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            attribute(of + "." + name, json);
            json.skipChildren();
        }
    }

    private void attribute(String name, JsonParser json) {
        JsonToken token = json.currentToken();
        if (token == null || !token.isScalarValue() || attributes.size() >= MOST_ATTRIBUTES) {
            return;
        }
        if (name.length() + json.getStringLength() < LONGEST_ATTRIBUTE) {
            attributes.put(name, json.getString());
        }
    }

    // ---- events -------------------------------------------------------------------------------

    private void events(JsonParser json) throws IOException {
        anyEvents = true;
        JsonToken token = json.nextToken();
        while (token != null && token != JsonToken.END_ARRAY && !cancelled) {
            long offset = offset(json);
            isInside = true;
            lastOffset = offset;
            if (token == JsonToken.START_OBJECT) {
                event(json, offset);
            } else {
                losses.atOffset("bad-event", "no object in the list of events", 1L, offset);
                json.skipChildren();
            }
            isInside = false;
            if (++objects % EVENTS_PER_PROGRESS == 0) {
                progress.advance(offset / 2, file.size());
                cancelled = progress.isCancelled();
            }
            token = json.nextToken();
        }
    }

    private void event(JsonParser json, long offset) throws IOException {
        String phase = "";
        Long time = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("ts") && value.isScalarValue()) {
                time = DecimalTime.nanos(json.getString());
            } else if (name.equals("ph") && value == JsonToken.VALUE_STRING) {
                phase = json.getString();
            } else {
                json.skipChildren();
            }
        }
        long length = base + json.currentLocation().getByteOffset() - offset;
        if (length > EventRuns.MOST_BYTES) {
            losses.atOffset("bad-event", "an event of " + length + " bytes", 1L, offset);
        } else if (phase.equals("M")) {
            metadata(offset, (int) length);
        } else if (time == null) {
            losses.atOffset("bad-event", NO_TIME, 1L, offset);
        } else {
            runs.add(time, offset, (int) length);
        }
    }

    private void metadata(long offset, int length) throws IOException {
        try (JsonParser json = file.parser(offset, length)) {
            json.nextToken();
            names.learn(json);
        }
    }

    private long offset(JsonParser json) throws IOException {
        long offset = json.currentTokenLocation().getByteOffset();
        if (offset < 0) {
            throw new IOException("it is not written in UTF-8");
        }
        return base + offset;
    }

    // ---- damage -------------------------------------------------------------------------------

    private static boolean isEnd(JacksonException e) {
        return e instanceof UnexpectedEndOfInputException
                || String.valueOf(e.getOriginalMessage()).startsWith("Unexpected end-of-input");
    }

    /// A list without its end is legal; a cut inside an event, or of an object, is not.
    private void ended() throws IOException {
        if (isInside || !isList) {
            String where = isInside ? "an event" : "its object";
            losses.atOffset("truncated", "the file ends inside " + where, null, file.size());
        }
    }

    /// Finds where to go on behind a damaged place.
    ///
    /// @return the rest as the inside of a list, or null when there is none
    private @Nullable InputStream recover(JacksonException damage) throws IOException {
        TokenStreamLocation place = damage.getLocation();
        long at = place == null ? lastOffset + 1 : base + Math.max(0, place.getByteOffset());
        String what = String.valueOf(damage.getOriginalMessage()).lines().findFirst().orElse("");
        long next = ++recoveries > MOST_RECOVERIES ? -1 : nextObject(at);
        String end = next < 0 ? "; nothing behind it is read" : "; reading goes on at " + next;
        losses.atOffset("damaged-json", what + end, null, at);
        if (next < 0) {
            return null;
        }
        isInside = false;
        byte[] bracket = "[".getBytes(StandardCharsets.UTF_8);
        base = next - bracket.length;
        return new SequenceInputStream(new ByteArrayInputStream(bracket), file.from(next));
    }

    /// Offset of the next `{"` behind a comma or the beginning of a line, or -1.
    private long nextObject(long from) throws IOException {
        try (InputStream in = file.from(from)) {
            boolean mayBegin = false;
            long at = from;
            int before = -1;
            for (int c = in.read(); c >= 0; c = in.read(), at++) {
                if (before == '{' && c == '"' && mayBegin) {
                    return at - 1;
                }
                if (c == ',' || c == '\n') {
                    mayBegin = true;
                } else if (c != '{' && c != ' ' && c != '\r') {
                    mayBegin = false;
                }
                before = c;
            }
        }
        return -1;
    }
}
