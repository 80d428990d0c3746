package org.panscope.core.user.program;

import org.panscope.core.uapi.Errno;

/// A program cannot go on: a call failed, or the GPU did not get done in time.
public final class ProgramFailure extends Exception {
    private static final long serialVersionUID = 1L;

    ProgramFailure(String message) {
        super(message);
    }

    /// Ends the program unless a call succeeded.
    static void check(String call, int errno) throws ProgramFailure {
        if (errno != 0) {
            throw new ProgramFailure(call + " answered " + Errno.name(errno));
        }
    }
}
