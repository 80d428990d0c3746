package org.panscope.app.open;

/// How long work says how far it is, and learns that nobody wants it any more. Called from any
/// thread.
public interface OpenProgress {
    /// Work whose progress nobody watches and nobody cancels.
    OpenProgress NONE =
            new OpenProgress() {
                @Override
                public void report(String step, long done, long total) {}

                @Override
                public boolean isCancelled() {
                    return false;
                }
            };

    /// Says how far the work is.
    ///
    /// @param step what is being done, such as `Reading events`
    /// @param done units done
    /// @param total units in all, or 0 when unknown
    void report(String step, long done, long total);

    /// Whether the work should stop; the worker then throws
    /// [java.util.concurrent.CancellationException].
    boolean isCancelled();
}
