package org.panscope.core.record;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sim.Recorder;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.schema.EventTypeInfo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Writes what a machine tells into a trace, and lets listeners look on. A disk that fails ends the
/// run with an [UncheckedIOException]; [#ioFailure] lets the caller tell it from a bug.
public final class TraceRecorder implements Recorder {
    private final TraceWriter writer;
    private final List<EventListener> listeners = new ArrayList<>();

    public TraceRecorder(TraceWriter writer) {
        this.writer = writer;
    }

    /// Adds a listener; it sees the events recorded from now on.
    public void addListener(EventListener listener) {
        listeners.add(listener);
    }

    /// Number of events recorded so far, which is the next sequence number.
    public long eventCount() {
        return writer.eventCount();
    }

    @Override
    public int track(int parent, String kind, String name) {
        return writer.track(parent, kind, name);
    }

    @Override
    public long record(EventHeader header, TraceEvent event) {
        long seq;
        try {
            seq = writer.write(header, event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (EventListener listener : listeners) {
            listener.onEvent(seq, header, event);
        }
        return seq;
    }

    /// Listeners are told of the vocabulary only.
    @Override
    public long record(EventHeader header, EventTypeInfo type, @Nullable Object... values) {
        try {
            return writer.write(header, type, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The I/O failure behind what a run threw, or null when the run failed for another reason.
    public static @Nullable IOException ioFailure(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof UncheckedIOException wrapped) {
                return wrapped.getCause();
            }
        }
        return null;
    }
}
