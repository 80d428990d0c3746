package org.panscope.app.cli;

import org.panscope.app.events.FieldValues;
import org.panscope.app.theme.Formats;
import org.panscope.core.filter.TrackPaths;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;
import org.panscope.trace.json.JsonlEventFormat;

import java.io.PrintWriter;
import java.util.Locale;

/// Prints events one by one in one of the shapes of `dump`.
abstract sealed class EventPrinter {
    private static final int TYPE_WIDTH = 18;

    final PrintWriter out;
    final TrackPaths paths;

    private EventPrinter(PrintWriter out, Trace trace) {
        this.out = out;
        this.paths = new TrackPaths(trace);
    }

    static EventPrinter of(DumpCommand.Format format, Trace trace, PrintWriter out) {
        return switch (format) {
            case TEXT -> new Text(out, trace);
            case JSONL -> new Jsonl(out, trace);
            case CSV -> new Csv(out, trace);
        };
    }

    /// Prints what stands before the first event.
    void begin() {}

    abstract void print(EventCursor cursor);

    private static final class Text extends EventPrinter {
        Text(PrintWriter out, Trace trace) {
            super(out, trace);
        }

        @Override
        void print(EventCursor cursor) {
            Event event = cursor.event();
            StringBuilder line = new StringBuilder();
            line.append(
                    String.format(
                            Locale.ROOT, "%7d %16s  ", event.seq(), Formats.time(event.timeNs())));
            line.append(event.type().name());
            line.repeat(" ", Math.max(1, TYPE_WIDTH - event.type().name().length()));
            line.append(paths.path(event.header().track()))
                    .append("  ")
                    .append(FieldValues.summary(event));
            if (event.header().cause() != EventHeader.NO_CAUSE) {
                line.append(event.header().causeInferred() ? "  <~#" : "  <-#")
                        .append(event.header().cause());
            }
            out.println(Failure.oneLine(line.toString()));
        }
    }

    private static final class Jsonl extends EventPrinter {
        private final JsonlEventFormat format;

        Jsonl(PrintWriter out, Trace trace) {
            super(out, trace);
            format = new JsonlEventFormat(trace.tracks());
        }

        @Override
        void print(EventCursor cursor) {
            out.println(format.line(cursor.event()));
        }
    }

    /// Common columns, and the fields as one column of text: types differ too much for one table.
    private static final class Csv extends EventPrinter {
        Csv(PrintWriter out, Trace trace) {
            super(out, trace);
        }

        @Override
        void begin() {
            out.println("seq,t,type,layer,track,cause,cpu,pid,comm,fields");
        }

        @Override
        void print(EventCursor cursor) {
            Event event = cursor.event();
            EventHeader header = event.header();
            out.println(
                    String.join(
                            ",",
                            Long.toString(event.seq()),
                            Long.toString(event.timeNs()),
                            quoted(event.type().name()),
                            event.type().layer().label(),
                            quoted(paths.path(header.track())),
                            known(header.cause()),
                            known(header.cpu()),
                            known(header.pid()),
                            quoted(header.comm() == null ? "" : header.comm()),
                            quoted(FieldValues.summary(event))));
        }

        private static String known(long number) {
            return number == EventHeader.UNKNOWN ? "" : Long.toString(number);
        }

        private static String quoted(String text) {
            boolean plain =
                    text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
        }
    }
}
