package org.panscope.app.cli;

import org.panscope.app.events.FieldValues;
import org.panscope.app.theme.Formats;
import org.panscope.core.filter.TrackPaths;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;
import org.panscope.trace.json.CsvEventFormat;
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

    private static final class Csv extends EventPrinter {
        private final CsvEventFormat format;

        Csv(PrintWriter out, Trace trace) {
            super(out, trace);
            format = new CsvEventFormat(trace.tracks());
        }

        @Override
        void begin() {
            out.println(CsvEventFormat.HEADER);
        }

        @Override
        void print(EventCursor cursor) {
            out.println(format.line(cursor.event()));
        }
    }
}
