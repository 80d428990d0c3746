package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// States of a trace by replaying it: from a state visited lately, from a keyframe made on an
/// earlier way through, or from one stored in the file, whichever is nearest. Keyframes change
/// speed and nothing else.
public final class TraceStateHistory implements StateHistory {
    /// Events between keyframes in memory, for a trace of ordinary length.
    static final int DEFAULT_INTERVAL = 2048;

    /// More keyframes are not kept in memory; a longer trace has them further apart.
    private static final int MAX_KEYFRAMES = 512;

    /// States kept around the places visited, and how many of them before each place: stepping back
    /// finds them.
    private static final int MAX_RECENT = 128;

    private static final int REMEMBERED_BEFORE = 24;

    private final Trace trace;
    private final Reducer reducer;
    private final long interval;
    private final boolean useStored;
    private final TreeMap<Long, ReducedState> keyframes = new TreeMap<>();
    private final Map<Long, ReducedState> recent =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, ReducedState> eldest) {
                    return size() > MAX_RECENT;
                }
            };

    public TraceStateHistory(Trace trace, Reducer reducer) {
        this(trace, reducer, DEFAULT_INTERVAL, true);
    }

    /// @param interval events between keyframes in memory, at least
    /// @param useStored whether keyframes in the trace are looked at
    TraceStateHistory(Trace trace, Reducer reducer, int interval, boolean useStored) {
        this.trace = trace;
        this.reducer = reducer;
        this.interval = Math.max(interval, trace.eventCount() / MAX_KEYFRAMES + 1);
        this.useStored = useStored;
    }

    /// The state after the first `position` events.
    ///
    /// @throws IndexOutOfBoundsException unless `0 <= position <= eventCount`
    @Override
    public synchronized ReducedState at(long position) {
        if (position < 0 || position > trace.eventCount()) {
            throw new IndexOutOfBoundsException(
                    "position=" + position + " events=" + trace.eventCount());
        }
        ReducedState known = recent.get(position);
        return known != null ? known : replay(nearest(position), position);
    }

    private ReducedState replay(ReducedState start, long position) {
        StateBuilder builder = new StateBuilder(start);
        EventCursor cursor = trace.cursor(start.position());
        while (builder.position() < position && cursor.next()) {
            reducer.apply(builder, cursor.event());
            long now = builder.position();
            if (now % interval == 0 && !keyframes.containsKey(now)) {
                keyframes.put(now, builder.snapshot());
            }
            if (now >= position - REMEMBERED_BEFORE) {
                recent.put(now, builder.snapshot());
            }
        }
        ReducedState state = builder.snapshot();
        recent.put(position, state);
        return state;
    }

    private ReducedState nearest(long position) {
        ReducedState best = ReducedState.INITIAL;
        Map.Entry<Long, ReducedState> keyframe = keyframes.floorEntry(position);
        if (keyframe != null) {
            best = keyframe.getValue();
        }
        for (ReducedState state : recent.values()) {
            if (state.position() <= position && state.position() > best.position()) {
                best = state;
            }
        }
        if (useStored && position - best.position() > interval) {
            ReducedState stored = stored(position);
            if (stored != null && stored.position() > best.position()) {
                keyframes.put(stored.position(), stored);
                best = stored;
            }
        }
        return best;
    }

    /// The keyframe stored nearest, or null when there is none this version can read.
    private @Nullable ReducedState stored(long position) {
        Trace.Keyframe keyframe = trace.keyframeAtOrBefore(Keyframes.PRODUCER, position);
        return keyframe == null ? null : Keyframes.readOrNull(keyframe);
    }
}
