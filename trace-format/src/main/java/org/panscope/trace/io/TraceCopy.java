package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;

import java.io.IOException;
import java.util.List;

/// Writes a trace again. Types and fields this version does not know are copied like any other;
/// from container to container also keyframes and chunks of unknown kinds are kept.
public final class TraceCopy {
    private TraceCopy() {}

    /// Copies everything but the header, which the writer was created with. The writer must be
    /// empty, and stays open.
    public static void copy(Trace from, TraceWriter to) throws IOException {
        for (TrackInfo track : from.tracks()) {
            to.track(track.parent(), track.kind(), track.name());
        }
        Extras extras = new Extras(from, to);
        EventCursor cursor = from.cursor(0);
        while (cursor.next()) {
            extras.writeBefore(cursor.seq());
            EventTypeInfo type = cursor.type();
            @Nullable Object[] values = new Object[type.fields().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = cursor.value(i);
            }
            to.write(headerOf(cursor), type, values);
        }
        extras.writeBefore(Long.MAX_VALUE);
    }

    private static EventHeader headerOf(EventCursor cursor) {
        return new EventHeader(
                cursor.timeNs(),
                cursor.track(),
                cursor.cause(),
                cursor.isCauseInferred(),
                cursor.cpu(),
                cursor.pid(),
                cursor.comm(),
                cursor.context(),
                cursor.locks());
    }

    /// What stands between the events, each list in its order.
    private static final class Extras {
        private final TraceWriter to;
        private final List<Loss> losses;
        private final @Nullable PscopeReader container;
        private final List<Contents.StoredKeyframe> keyframes;
        private final List<ForeignChunk> foreign;
        private int nextLoss;
        private int nextKeyframe;
        private int nextForeign;

        Extras(Trace from, TraceWriter to) throws IOException {
            this.to = to;
            losses = from.losses();
            container = from instanceof PscopeReader reader ? reader : null;
            keyframes = container == null ? List.of() : container.storedKeyframes();
            foreign =
                    container != null && to instanceof PscopeWriter
                            ? container.foreignChunks()
                            : List.of();
        }

        void writeBefore(long seq) throws IOException {
            while (nextLoss < losses.size() && losses.get(nextLoss).beforeSeq() <= seq) {
                to.loss(losses.get(nextLoss++));
            }
            while (nextKeyframe < keyframes.size()
                    && container != null
                    && keyframes.get(nextKeyframe).seq() <= seq) {
                Contents.StoredKeyframe keyframe = keyframes.get(nextKeyframe++);
                byte[] state = container.readKeyframe(keyframe.chunk());
                to.keyframe(keyframe.producer(), keyframe.seq(), state);
            }
            while (nextForeign < foreign.size()
                    && to instanceof PscopeWriter writer
                    && foreign.get(nextForeign).beforeSeq() <= seq) {
                writer.foreignChunk(foreign.get(nextForeign++));
            }
        }
    }
}
