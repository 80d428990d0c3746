package org.panscope.core.capture.pairing;

import org.panscope.trace.io.EventCursor;

/// Is told of intervals as they begin and end.
public interface PairSink {
    /// Listens to nothing.
    PairSink NONE = new PairSink() {};

    /// An interval begins at this event.
    default void begun(Pair pair, EventCursor event) {}

    /// An interval ends at this event.
    default void ended(Pair pair, EventCursor event, Outcome outcome) {}

    /// An interval has not ended when the trace does.
    ///
    /// @param isUnbroken whether nothing was lost since it began; else its end may be among that
    default void unfinished(Pair pair, boolean isUnbroken) {}

    /// An interval ends at this event and its beginning was not seen.
    ///
    /// @param name as of [Pair#name]
    /// @param seqno as of [Pair#seqno]
    default void loneEnd(PairKind kind, String name, long seqno, EventCursor event) {}

    /// An interval begins that another one excludes, which has not ended and since whose beginning
    /// nothing was lost: its group is on a slot already, or its slot is taken.
    default void excluded(Pair before, Pair pair) {}

    /// The GPU was busy with a job from then until this event, as far as the kernel can tell: from
    /// the run callback, or the end of the job before it on the same ring, to the signal of the
    /// hardware's fence. The kernel does not see when a command stream really starts.
    ///
    /// @param job the pair of kind [PairKind#JOB_RUN]
    default void busy(Pair job, long fromNs, EventCursor event) {}
}
