package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventHeader;

/// What stands before the event's name on a line.
///
/// @param instance the trace instance of trace-cmd the event belongs to, or null for the top one
/// @param comm name of the thread, or null where the capture says `<...>`
/// @param pid the thread, or [EventHeader#UNKNOWN]
/// @param tgid the process, or null where the capture does not tell
/// @param cpu the CPU, or [EventHeader#UNKNOWN]
/// @param context `task`, `softirq`, `hardirq` or `nmi`, or null without a flags column
/// @param timeNs the time as written, in ns
/// @param timeForm how it was written
/// @param end where the head ends and the name may begin
record LineHead(
        @Nullable String instance,
        @Nullable String comm,
        int pid,
        @Nullable Integer tgid,
        int cpu,
        @Nullable String context,
        long timeNs,
        TimeForm timeForm,
        int end) {

    /// The head of a line that has none (option `nocontext-info`).
    static final LineHead MISSING =
            new LineHead(
                    null,
                    null,
                    EventHeader.UNKNOWN,
                    null,
                    EventHeader.UNKNOWN,
                    null,
                    0,
                    TimeForm.NONE,
                    0);
}
