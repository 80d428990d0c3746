package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Trace;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An instant of a trace as a value that prints, parses and can be pasted into a bug report:
/// `@1250000ns#483` is the state after the first 483 events, the last of which happened at that
/// time. `#483` and `@1250000ns` or `@1.25ms` alone are accepted, too.
///
/// @param timeNs time since trace start, or null when only a position was given
/// @param position number of events applied, or null when only a time was given
public record Cursor(@Nullable Long timeNs, @Nullable Long position) {
    private static final Pattern SYNTAX =
            Pattern.compile(
                    "(?:@(-?[0-9]{1,19}(?:\\.[0-9]{1,9})?)(ns|us|µs|ms|s))?(?:#([0-9]{1,18}))?");

    public Cursor {
        if (timeNs == null && position == null) {
            throw new IllegalArgumentException("a cursor needs a time or a position");
        }
        if (position != null && position < 0) {
            throw new IllegalArgumentException("position=" + position);
        }
    }

    /// Where a state stands.
    public static Cursor of(MachineState state) {
        return new Cursor(state.timeNs(), state.position());
    }

    /// The instant after the first `position` events of a trace.
    ///
    /// @throws IndexOutOfBoundsException if the trace is shorter
    public static Cursor of(Trace trace, long position) {
        return new Cursor(position == 0 ? 0 : trace.timeNs(position - 1), position);
    }

    /// Reads what [#toString] prints and the short forms.
    ///
    /// @throws IllegalArgumentException saying what is wrong with the text
    public static Cursor parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException(
                    "cursor="
                            + text
                            + " is neither @TIME#EVENT, @TIME nor #EVENT, such as"
                            + " @1250000ns#483, @1.25ms or #483");
        }
        String number = matcher.group(1);
        String unit = matcher.group(2);
        String event = matcher.group(3);
        return new Cursor(
                number == null || unit == null ? null : nanoseconds(text, number, unit),
                event == null ? null : Long.valueOf(event));
    }

    /// The position meant: the one given, or that after all events up to the time given.
    ///
    /// @throws IllegalArgumentException if the trace has fewer events
    public long positionIn(Trace trace) {
        if (position != null) {
            if (position > trace.eventCount()) {
                throw new IllegalArgumentException(
                        "cursor=" + this + " is beyond the end, events=" + trace.eventCount());
            }
            return position;
        }
        long time = timeNs == null ? 0 : timeNs;
        return time == Long.MAX_VALUE ? trace.eventCount() : trace.firstAtOrAfter(time + 1);
    }

    @Override
    public String toString() {
        return (timeNs == null ? "" : "@" + timeNs + "ns")
                + (position == null ? "" : "#" + position);
    }

    private static long nanoseconds(String text, String number, String unit) {
        int digits =
                switch (unit.toLowerCase(Locale.ROOT)) {
                    case "ns" -> 0;
                    case "us", "µs" -> 3;
                    case "ms" -> 6;
                    default -> 9;
                };
        try {
            return new BigDecimal(number).movePointRight(digits).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "cursor=" + text + " is no whole number of nanoseconds within 64 bits", e);
        }
    }
}
