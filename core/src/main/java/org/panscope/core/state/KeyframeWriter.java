package org.panscope.core.state;

import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.io.IOException;

/// Follows a trace while it is written and stores a keyframe now and then: after so many events,
/// and never so often that keyframes outweigh the events.
public final class KeyframeWriter {
    /// Bytes of keyframe allowed for each event between two keyframes.
    private static final int BYTES_PER_EVENT = 16;

    private final Sink sink;
    private final int interval;
    private final Reducer reducer;
    private final StateBuilder state = new StateBuilder();
    private long next;

    /// @param sink where keyframes go, such as `traceWriter::keyframe`
    /// @param interval events between two keyframes, at least
    public KeyframeWriter(Sink sink, int interval, Reducer reducer) {
        this.sink = sink;
        this.interval = interval;
        this.reducer = reducer;
        next = interval;
    }

    /// Where keyframes are stored.
    @FunctionalInterface
    public interface Sink {
        /// Stores a state that is valid before the event `seq`.
        void keyframe(String producer, long seq, byte[] state) throws IOException;
    }

    /// An event was written.
    public void written(long seq, EventHeader header, TraceEvent event) throws IOException {
        reducer.apply(state, seq, header, event);
        keepNowAndThen();
    }

    /// An event was written that changes no state, such as a tracepoint of the emulated kernel.
    public void passed(long seq, long timeNs) throws IOException {
        state.begin(seq, timeNs);
        keepNowAndThen();
    }

    private void keepNowAndThen() throws IOException {
        if (state.position() >= next) {
            byte[] bytes = Keyframes.write(state.snapshot());
            sink.keyframe(Keyframes.PRODUCER, state.position(), bytes);
            next = state.position() + Math.max(interval, bytes.length / BYTES_PER_EVENT);
        }
    }
}
