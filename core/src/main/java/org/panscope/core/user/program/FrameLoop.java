package org.panscope.core.user.program;

import java.util.List;

/// Frame after frame: wait until there is room in flight, prepare, submit, sleep until the next one
/// is due; at the end wait for all.
final class FrameLoop {
    /// The part that differs from program to program.
    @FunctionalInterface
    interface Frames {
        /// Makes a frame ready.
        ///
        /// @param slot which of the frames in flight it is
        List<Stream> prepare(int slot);
    }

    private FrameLoop() {}

    static void run(
            ClientSession session, ProgramRequest request, Submission submission, Frames frames)
            throws ProgramFailure {
        long startNs = session.sim().nowNs();
        for (long frame = 0; frame < request.frames(); frame++) {
            if (frame >= request.inFlight()) {
                submission.await(frame - request.inFlight());
            }
            session.mark("frame " + frame);
            List<Stream> streams = frames.prepare((int) (frame % request.inFlight()));
            submission.submit(frame, streams);
            session.sleepUntil(startNs + (frame + 1) * request.periodNs());
        }
        long first = Math.max(0, request.frames() - (long) request.inFlight());
        for (long frame = first; frame < request.frames(); frame++) {
            submission.await(frame);
        }
    }
}
