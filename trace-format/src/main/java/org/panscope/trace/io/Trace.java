package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.List;

/// A trace that is open for reading. Random access by `seq`; safe for use by several threads.
public interface Trace extends AutoCloseable {
    TraceHeader header();

    long eventCount();

    /// Every type that occurs; events refer to them by position.
    List<EventTypeInfo> types();

    /// How many events of each of [#types()] there are.
    long[] typeCounts();

    /// Every track, by id.
    List<TrackInfo> tracks();

    /// What is missing, in order; includes what opening the file found out.
    List<Loss> losses();

    /// Time of the first and of the last event, in ns; both 0 for a trace without events.
    long firstTimeNs();

    long lastTimeNs();

    long timeNs(long seq);

    /// Position in [#types()] of the event's type.
    int typeIndex(long seq);

    int track(long seq);

    long cause(long seq);

    /// The whole event, made for this call.
    ///
    /// @throws IndexOutOfBoundsException unless `0 <= seq < eventCount()`
    Event event(long seq);

    /// Forward iteration from `fromSeq` on, without an object per event.
    EventCursor cursor(long fromSeq);

    /// The first event whose time is `timeNs` or later, or [#eventCount()]. Traces whose times go
    /// backwards answer as if each event had the greatest time seen so far.
    long firstAtOrAfter(long timeNs);

    /// The latest keyframe of this producer at or before `seq`, or null.
    @Nullable Keyframe keyframeAtOrBefore(String producer, long seq);

    @Override
    void close();

    /// A stored state.
    ///
    /// @param seq valid before this event
    /// @param state bytes as the producer wrote them
    record Keyframe(long seq, byte[] state) {}
}
