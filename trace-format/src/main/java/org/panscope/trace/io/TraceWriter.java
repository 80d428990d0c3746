package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldRow;

import java.io.IOException;

/// Where events go, in order. Not thread-safe.
public interface TraceWriter extends AutoCloseable {
    /// Id of the track (parent, kind, name), defined now if it is new.
    int track(int parent, String kind, String name);

    /// Appends a compiled-in event.
    ///
    /// @return its `seq`
    long write(EventHeader header, TraceEvent event) throws IOException;

    /// Appends an event of any type, compiled-in or dynamic.
    ///
    /// @param values one per field of `type`, as the field's kind says
    ///   ([org.panscope.trace.schema.FieldKind]); null = absent
    /// @return its `seq`
    long write(EventHeader header, EventTypeInfo type, @Nullable Object... values)
            throws IOException;

    /// As [#write(EventHeader, EventTypeInfo, Object...)], of values that lie elsewhere. A row is
    /// trusted: its values are those its type says.
    ///
    /// @param track of the event, whatever the header says
    default long write(EventHeader header, int track, FieldRow row) throws IOException {
        return write(header.on(track), row.type(), row.values());
    }

    /// Records that something is missing.
    void loss(Loss loss) throws IOException;

    /// Stores a reduced state, valid before the event `seq`. A cache: readers work without it.
    ///
    /// @param producer who can read `state`, with its version, such as `state/1`
    void keyframe(String producer, long seq, byte[] state) throws IOException;

    /// Number of events written so far, which is the next `seq`.
    long eventCount();

    /// Finishes the trace; without it the trace stays readable up to the last complete chunk.
    @Override
    void close() throws IOException;
}
