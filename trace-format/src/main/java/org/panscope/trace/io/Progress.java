package org.panscope.trace.io;

/// How long work on a file tells how far it is, and learns that nobody wants the result any more.
/// Called from the working thread, often: implementations must be cheap.
public interface Progress {
    /// Tells nobody and is never cancelled.
    Progress NONE =
            new Progress() {
                @Override
                public void advance(long doneBytes, long totalBytes) {}

                @Override
                public boolean isCancelled() {
                    return false;
                }
            };

    /// The size of an input nobody knows, such as a pipe.
    long UNKNOWN_SIZE = -1;

    /// Tells how far the work is.
    ///
    /// @param doneBytes bytes of the input consumed so far
    /// @param totalBytes size of the input, or [#UNKNOWN_SIZE]
    void advance(long doneBytes, long totalBytes);

    /// Whether to stop; what was written until then is kept.
    boolean isCancelled();
}
