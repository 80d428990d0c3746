package org.panscope.trace.io;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a trace says about itself as a whole.
///
/// @param format where the events came from: `emulator`, `ftrace-text`, `jsonl`, ...
/// @param source name of the scenario or capture file
/// @param clock name of the clock of event times: `virtual`, `mono`, `boot`, `local`, ... or
///   `unknown`
/// @param originNs value of that clock at trace start, in ns; event time + origin = clock value
/// @param producer program and version that wrote the trace
/// @param attributes everything else, sorted: scenario, seed, switches, uname, cpu count, ...
public record TraceHeader(
        String format,
        String source,
        String clock,
        long originNs,
        String producer,
        SortedMap<String, String> attributes) {

    /// The format of traces the emulator writes.
    public static final String EMULATOR = "emulator";

    /// Attributes of this beginning tell what another clock showed at trace start, in ns:
    /// `clock.mono`.
    public static final String CLOCK_AT_ORIGIN = "clock.";

    public TraceHeader {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /// Whether the events are those of an emulated run, which tell everything that happened.
    public boolean isEmulated() {
        return format.equals(EMULATOR);
    }
}
