package org.panscope.core.input;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.KeyframeWriter;
import org.panscope.core.state.Reducer;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;

import java.io.IOException;

/// Passes an emulated run on to a writer and puts keyframes of the reduced state between its
/// events, so that the state at any event needs a bounded replay.
final class KeyframingWriter implements TraceWriter {
    private static final int INTERVAL_EVENTS = 4096;

    private final TraceWriter target;
    private final KeyframeWriter keyframes;

    KeyframingWriter(TraceWriter target) {
        this.target = target;
        this.keyframes = new KeyframeWriter(target::keyframe, INTERVAL_EVENTS, Reducer.ofRun());
    }

    @Override
    public int track(int parent, String kind, String name) {
        return target.track(parent, kind, name);
    }

    @Override
    public long write(EventHeader header, TraceEvent event) throws IOException {
        long seq = target.write(header, event);
        keyframes.written(seq, header, event);
        return seq;
    }

    @Override
    public long write(EventHeader header, EventTypeInfo type, @Nullable Object... values)
            throws IOException {
        long seq = target.write(header, type, values);
        keyframes.passed(seq, header.timeNs());
        return seq;
    }

    @Override
    public void loss(Loss loss) throws IOException {
        target.loss(loss);
    }

    @Override
    public void keyframe(String producer, long seq, byte[] state) throws IOException {
        target.keyframe(producer, seq, state);
    }

    @Override
    public long eventCount() {
        return target.eventCount();
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
