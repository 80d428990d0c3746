package org.panscope.core.fw;

import org.panscope.trace.event.FirmwareEvent.EndpointKind;

/// The endpoints as a stream meets them. Kinds are masks of
/// [org.panscope.core.fw.endpoint.EndpointClaim#bit].
interface Endpoints {
    /// As many as anybody could want, at once: for a stream that runs by itself.
    Endpoints UNLIMITED =
            new Endpoints() {
                @Override
                public boolean allowed(int kinds) {
                    return true;
                }

                @Override
                public void request(int kinds) {
                    // Nobody has to know.
                }

                @Override
                public boolean acquire(int kinds) {
                    return true;
                }

                @Override
                public int start(int kinds, EndpointKind main, long pc) {
                    return 1;
                }

                @Override
                public void end(int kinds, long pc) {
                    // Nobody has to know.
                }
            };

    /// Whether the group may use endpoints of all these kinds.
    boolean allowed(int kinds);

    /// Replaces the kinds the stream asks for.
    void request(int kinds);

    /// Takes what a job needs. When that is not to be had, the stream is told later.
    boolean acquire(int kinds);

    /// A job starts on what the stream holds.
    ///
    /// @return how many cores, or tilers, of `main` it has
    int start(int kinds, EndpointKind main, long pc);

    /// A job ended.
    void end(int kinds, long pc);
}
