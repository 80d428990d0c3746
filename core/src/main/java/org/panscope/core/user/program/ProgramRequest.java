package org.panscope.core.user.program;

/// What a program is to do.
///
/// @param userSubmit work goes through mapped rings, not through GROUP_SUBMIT
/// @param frames how often it does its work
/// @param periodNs time from one frame to the next; 0 for as fast as the GPU is
/// @param inFlight frames that may be submitted and not done
/// @param priority of the group: 0 LOW, 1 MEDIUM, 2 HIGH, 3 REALTIME
/// @param coreMask shader cores it may use
/// @param timeoutNs how long it waits for a frame before it gives up
public record ProgramRequest(
        boolean userSubmit,
        int frames,
        long periodNs,
        int inFlight,
        int priority,
        long coreMask,
        long timeoutNs) {

    public ProgramRequest {
        if (frames < 0 || periodNs < 0 || inFlight < 1 || timeoutNs < 1) {
            throw new IllegalArgumentException(
                    "frames="
                            + frames
                            + " periodNs="
                            + periodNs
                            + " inFlight="
                            + inFlight
                            + " timeoutNs="
                            + timeoutNs);
        }
    }
}
