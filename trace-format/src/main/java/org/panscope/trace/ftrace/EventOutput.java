package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.payload.Payload;
import org.panscope.trace.ftrace.payload.PayloadDecoders;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackAssigner;
import org.panscope.trace.schema.EventTypeInfo;

import java.io.IOException;
import java.util.Arrays;

/// Turns complete event lines into events of the trace.
final class EventOutput {
    private final TraceWriter writer;
    private final TrackAssigner tracks;
    private final long originNs;
    private final PayloadDecoders decoders = new PayloadDecoders();
    private final EventTypes types = new EventTypes();

    EventOutput(TraceWriter writer, TrackAssigner tracks, long originNs) {
        this.writer = writer;
        this.tracks = tracks;
        this.originNs = originNs;
    }

    void write(LineHead head, String name, String text) throws IOException {
        Payload payload = decoders.decode(name, text);
        boolean hasTgid = head.tgid() != null;
        boolean hasBuffer = head.instance() != null;
        EventTypeInfo type = types.get(name, payload.fields(), hasTgid, hasBuffer);
        @Nullable Object[] values = payload.values();
        if (type == null) {
            type = EventTypes.overflow();
            values = new @Nullable Object[] {name, text};
        } else if (hasTgid || hasBuffer) {
            int own = values.length;
            values = Arrays.copyOf(values, type.fields().size());
            if (head.tgid() != null) {
                values[own++] = head.tgid().longValue();
            }
            if (hasBuffer) {
                values[own] = head.instance();
            }
        }
        EventHeader header = header(head);
        int track = tracks.trackFor(writer, type, values, header);
        writer.write(header.on(track), type, values);
    }

    /// On no track yet.
    private EventHeader header(LineHead head) {
        return new EventHeader(
                head.timeNs() - originNs,
                0,
                EventHeader.NO_CAUSE,
                false,
                head.cpu(),
                head.pid(),
                head.comm(),
                head.context(),
                null);
    }
}
