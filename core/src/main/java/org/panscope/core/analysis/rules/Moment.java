package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

/// The event that happens now.
///
/// @param seq its number
/// @param header who did it
/// @param event what happened
public record Moment(long seq, EventHeader header, TraceEvent event) {
    public long timeNs() {
        return header.timeNs();
    }

    /// Whether a lock of this name is held, or null when the trace does not say.
    @Nullable Boolean holds(String lock) {
        String locks = header.locks();
        if (locks == null) {
            return null;
        }
        for (int from = 0; from <= locks.length(); ) {
            int to = locks.indexOf('+', from);
            to = to < 0 ? locks.length() : to;
            if (locks.regionMatches(from, lock, 0, lock.length()) && to - from == lock.length()) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }
}
