package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// What the writers of packets have said so far, by walking the file in its order. The same walk
/// gives the same generations, so that a later look at a packet finds the texts it means.
final class Sequences {
    private static final int MOST = 1 << 16;

    private final Map<Long, State> states = new HashMap<>();
    private final ProtoCursor defaults = new ProtoCursor();
    private final ProtoCursor trackDefaults = new ProtoCursor();
    private int generations;

    /// One writer.
    static final class State {
        private final Map<Integer, Long> lastOfClock = new HashMap<>();
        private int generation;
        private boolean seen;
        private boolean valid;
        private boolean lossHere;
        private int clock;
        private long track;
        private boolean hasTrack;
        private int thread;
        private int process;
        private long legacyMicros;

        /// Number of the state that packets refer to since it was last cleared.
        int generation() {
            return generation;
        }

        /// Whether everything is known that packets may refer to.
        boolean isValid() {
            return valid;
        }

        /// Whether packets are missing between the one entered and the one before it.
        boolean isLossHere() {
            return lossHere;
        }

        /// The clock of packets that name none, or 0.
        int clock() {
            return clock;
        }

        /// The track of events that name none, or null.
        @Nullable Long track() {
            return hasTrack ? (Long) track : null;
        }

        /// The thread that old writers say they run on, 0 when they do not.
        int thread() {
            return thread;
        }

        int process() {
            return process;
        }

        void runsOn(int pid, int tid, long referenceMicros) {
            process = pid;
            thread = tid;
            legacyMicros = referenceMicros;
        }

        /// Time of an event that counts from the event before it.
        long legacyMicros(long delta) {
            legacyMicros += delta;
            return legacyMicros;
        }

        /// A clock that counts from packet to packet begins here.
        void startClock(int id, long time) {
            lastOfClock.put(id, time);
        }

        /// Time of a packet whose clock counts from the packet before it.
        long tick(int id, long delta) {
            return lastOfClock.merge(id, delta, Long::sum);
        }
    }

    /// Takes in the head of the next packet of the file.
    State enter(Packet packet) throws ProtoException {
        State state = states.get(packet.sequence());
        if (state == null) {
            if (states.size() >= MOST) {
                throw new ProtoException("more than " + MOST + " writers");
            }
            state = new State();
            state.generation = generations++;
            states.put(packet.sequence(), state);
        }
        state.lossHere = packet.isAfterLoss() && !packet.isFirst() && state.seen;
        if (state.lossHere) {
            state.valid = false;
        }
        if (packet.has(Packet.STATE_CLEARED)) {
            state.generation = generations++;
            state.valid = true;
            state.clock = 0;
            state.hasTrack = false;
        }
        state.seen = true;
        if (packet.hasDefaults()) {
            takeDefaults(state, packet.defaults(defaults));
        }
        return state;
    }

    private void takeDefaults(State state, ProtoCursor cursor) throws ProtoException {
        while (cursor.next()) {
            if (cursor.field() == 58) {
                state.clock = cursor.int32();
            } else if (cursor.field() == 11 && !cursor.isNumber()) {
                trackDefaults.on(cursor);
                while (trackDefaults.next()) {
                    if (trackDefaults.field() == 11) {
                        state.track = trackDefaults.number();
                        state.hasTrack = true;
                    }
                }
            }
        }
    }
}
