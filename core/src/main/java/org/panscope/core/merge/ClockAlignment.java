package org.panscope.core.merge;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.TraceHeader;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How far apart the clocks of several captures are.
///
/// Two captures agree when they use the same clock, or when one of them says what another clock
/// showed at its start (a Perfetto trace holds snapshots of all clocks), or when the user says it.
/// All captures are expressed in the clock of the first.
public final class ClockAlignment {
    private static final String UNKNOWN = "unknown";

    private ClockAlignment() {}

    /// One capture.
    ///
    /// @param name what the user called it
    /// @param header what it says of itself
    /// @param clock the clock the user says it was recorded in, or null to take the header's word
    /// @param offsetNs what the user says is to be added to its times so that they are those of the
    ///   first capture, or null
    public record Capture(
            String name, TraceHeader header, @Nullable String clock, @Nullable Long offsetNs) {
        String clockName() {
            return canonical(clock == null ? header.clock() : clock);
        }

        /// What every clock it tells of showed at its origin.
        private SortedMap<String, Long> clocksAtOrigin() {
            SortedMap<String, Long> clocks = new TreeMap<>();
            header.attributes()
                    .forEach((key, value) -> {
                        if (key.startsWith(TraceHeader.CLOCK_AT_ORIGIN)
                                && value.matches("-?\\d{1,18}")) {
                            clocks.put(
                                    canonical(key.substring(TraceHeader.CLOCK_AT_ORIGIN.length())),
                                    Long.valueOf(value));
                        }
                    });
            if (!clockName().equals(UNKNOWN)) {
                clocks.put(clockName(), header.originNs());
            }
            return clocks;
        }
    }

    /// What is to be added to the clock values of each capture so that they are those of the first.
    ///
    /// @throws ClockMismatchException when nothing says it for one of them
    public static long[] shiftsNs(List<Capture> captures) throws ClockMismatchException {
        Capture first = captures.getFirst();
        long[] shifts = new long[captures.size()];
        for (int i = 0; i < shifts.length; i++) {
            Capture capture = captures.get(i);
            Long offset = capture.offsetNs();
            if (offset == null) {
                offset = i == 0 ? (Long) 0L : between(first, capture);
            }
            shifts[i] = offset;
        }
        return shifts;
    }

    private static long between(Capture first, Capture capture) throws ClockMismatchException {
        if (!first.clockName().equals(UNKNOWN) && first.clockName().equals(capture.clockName())) {
            return 0;
        }
        // Of a clock both show: what this one's own clock is ahead of it, less what the first's is.
        SortedMap<String, Long> own = capture.clocksAtOrigin();
        for (Map.Entry<String, Long> reference : first.clocksAtOrigin().entrySet()) {
            Long shown = own.get(reference.getKey());
            if (shown != null) {
                long ahead = capture.header().originNs() - shown;
                long firstAhead = first.header().originNs() - reference.getValue();
                return firstAhead - ahead;
            }
        }
        throw new ClockMismatchException(
                capture.name()
                        + ": nothing says how its clock ("
                        + capture.clockName()
                        + ") relates to that of "
                        + first.name()
                        + " ("
                        + first.clockName()
                        + "); name the clock with --clock FILE=NAME, or the difference with"
                        + " --offset FILE=NS");
    }

    /// The kernel's name of a clock. `local`, `global` and `perf` count the same time.
    private static String canonical(String clock) {
        String name = clock.strip().toLowerCase(Locale.ROOT).replace("clock_", "");
        return switch (name) {
            case "monotonic" -> "mono";
            case "monotonic_raw" -> "mono_raw";
            case "boottime" -> "boot";
            case "global", "perf" -> "local";
            case "" -> UNKNOWN;
            default -> name;
        };
    }
}
