package org.panscope.trace.io;

import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.List;

/// What opening a file found: everything but the events themselves.
///
/// @param events event chunks that can be read, in file order
/// @param losses those the file tells of and those opening found
/// @param keyframes those that still fit the events that are left
/// @param foreign chunks of unknown kinds
record Contents(
        TraceHeader header,
        List<EventTypeInfo> types,
        long[] typeCounts,
        List<TrackInfo> tracks,
        List<ChunkRef> events,
        SeqMap seqs,
        List<Loss> losses,
        List<StoredKeyframe> keyframes,
        List<ChunkRef> foreign) {

    /// @param seq valid before this event
    record StoredKeyframe(String producer, long seq, ChunkRef chunk) {}
}
