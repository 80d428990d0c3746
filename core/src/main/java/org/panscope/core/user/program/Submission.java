package org.panscope.core.user.program;

import java.util.List;

/// How a program gets its streams to the GPU and learns that they are done.
interface Submission {
    /// Sends the streams of a frame; each goes to its queue, in the order of the list.
    ///
    /// @param frame counts from 0
    void submit(long frame, List<Stream> streams) throws ProgramFailure;

    /// Waits until all streams of a frame are done.
    void await(long frame) throws ProgramFailure;
}
