package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;

/// What every event carries beside its own fields. `seq` is given by the writer: dense, from 0.
///
/// @param timeNs nanoseconds since trace start, signed, in the clock the trace header names
/// @param track id of the track the event stands on, from [TraceWriter#track]
/// @param cause `seq` of the event that made this one happen, or [#NO_CAUSE]
/// @param causeInferred whether an analysis guessed the cause instead of the emulator recording it
/// @param cpu the CPU it ran on, or [#UNKNOWN]
/// @param pid the thread it ran on, or [#UNKNOWN]
/// @param comm name of that thread, or null
/// @param context what kind of code ran (`ioctl`, `irq`, `work`, ...), or null; a small set of
///   words
/// @param locks names of the locks held, joined by `+`, or null when not observed; empty when none
public record EventHeader(
        long timeNs,
        int track,
        long cause,
        boolean causeInferred,
        int cpu,
        int pid,
        @Nullable String comm,
        @Nullable String context,
        @Nullable String locks) {

    public static final long NO_CAUSE = -1;
    public static final int UNKNOWN = -1;

    /// A header with nothing but a time and a track.
    public static EventHeader at(long timeNs, int track) {
        return new EventHeader(timeNs, track, NO_CAUSE, false, UNKNOWN, UNKNOWN, null, null, null);
    }

    /// The same event on another track.
    public EventHeader on(int otherTrack) {
        return new EventHeader(
                timeNs, otherTrack, cause, causeInferred, cpu, pid, comm, context, locks);
    }
}
