package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Cursor;
import org.panscope.trace.io.Trace;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The `--from T --to T` options: moments that bound a range of events. A moment is a cursor, or a
/// time with or without the `@` and with or without a unit (then ns).
final class TimeWindow {
    @Option(
            names = "--from",
            paramLabel = "T",
            converter = Converter.class,
            description =
                    "First moment: a time (1.25ms, 1250000) or a cursor (@1250000ns#483, #483).")
    private @Nullable Cursor from;

    @Option(
            names = "--to",
            paramLabel = "T",
            converter = Converter.class,
            description = "Last moment; events at that time are included.")
    private @Nullable Cursor to;

    /// Checks that the range makes sense in a trace.
    ///
    /// @throws IllegalArgumentException saying what is wrong with it
    void check(Trace trace) {
        if (firstSeq(trace) > endSeq(trace) || fromTimeIsAfterToTime()) {
            throw new IllegalArgumentException("--from " + from + " is after --to " + to);
        }
    }

    /// Times can be in the wrong order without an event between them.
    private boolean fromTimeIsAfterToTime() {
        Long first = from == null ? null : from.timeNs();
        Long last = to == null ? null : to.timeNs();
        return first != null && last != null && first > last;
    }

    /// First event of the range.
    long firstSeq(Trace trace) {
        if (from == null) {
            return 0;
        }
        Long position = from.position();
        Long timeNs = from.timeNs();
        return position != null || timeNs == null
                ? from.positionIn(trace)
                : trace.firstAtOrAfter(timeNs);
    }

    /// First event after the range.
    long endSeq(Trace trace) {
        return to == null ? trace.eventCount() : to.positionIn(trace);
    }

    /// Start of the range in ns, or null when it was not given.
    @Nullable Long fromNs(Trace trace) {
        return from == null ? null : timeOf(from, trace);
    }

    /// End of the range in ns, or null when it was not given.
    @Nullable Long toNs(Trace trace) {
        return to == null ? null : timeOf(to, trace);
    }

    private static @Nullable Long timeOf(Cursor cursor, Trace trace) {
        Long timeNs = cursor.timeNs();
        return timeNs != null ? timeNs : Cursor.of(trace, cursor.positionIn(trace)).timeNs();
    }

    /// Reads a moment from the command line.
    static final class Converter implements ITypeConverter<Cursor> {
        @Override
        public Cursor convert(String text) {
            String cursor = text;
            if (!text.isEmpty() && (Character.isDigit(text.charAt(0)) || text.charAt(0) == '-')) {
                cursor =
                        "@"
                                + text
                                + (Character.isDigit(text.charAt(text.length() - 1))
                                                && !text.contains("#")
                                        ? "ns"
                                        : "");
            }
            try {
                return Cursor.parse(cursor);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
