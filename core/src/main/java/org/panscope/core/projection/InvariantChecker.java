package org.panscope.core.projection;

import org.jspecify.annotations.Nullable;
import org.panscope.core.mem.BufferObject;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;
import org.panscope.core.state.ReducedState;
import org.panscope.core.state.Reducer;
import org.panscope.core.state.StateBuilder;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// Checks the main invariant while a machine runs: reduces every event as it is recorded and
/// compares the state with the live machine. Add [#onEvent] as a listener of the recorder.
///
/// Bytes are compared at once in the buffer objects the event changed, in all of them every so
/// often and in [#finish].
public final class InvariantChecker {
    private static final int FULL_CHECK_EVENTS = 256;
    private static final Comparator<Difference> ORDER =
            Comparator.comparing(Difference::object)
                    .thenComparing(
                            Difference::belief, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(Difference::quantity);

    private final LiveView live;
    private final Consumer<Difference> onDifference;
    private final Reducer reducer = new Reducer();
    private final StateBuilder builder = new StateBuilder();
    private ReducedState before = ReducedState.INITIAL;
    private final List<Difference> found = new ArrayList<>();
    private @Nullable TraceEvent last;

    /// A checker that throws [InvariantViolation] at the first difference.
    public InvariantChecker(LiveView live) {
        this(
                live,
                difference -> {
                    throw new InvariantViolation(difference);
                });
    }

    /// @param onDifference told of every difference
    public InvariantChecker(LiveView live, Consumer<Difference> onDifference) {
        this.live = live;
        this.onDifference = onDifference;
    }

    /// The state reduced so far.
    public ReducedState state() {
        return before;
    }

    /// An event that was recorded before the checker could look on, as while a machine is built.
    public void catchUp(long seq, EventHeader header, TraceEvent event) {
        reducer.apply(builder, seq, header, event);
        last = event;
        before = builder.snapshot();
    }

    /// An event was recorded; the machine stands still.
    public void onEvent(long seq, EventHeader header, TraceEvent event) {
        reducer.apply(builder, seq, header, event);
        last = event;
        ReducedState now = builder.snapshot();
        check(now, seq % FULL_CHECK_EVENTS == 0);
        before = now;
    }

    /// The run is over: compares everything once more.
    public void finish() {
        if (last != null) {
            check(builder.snapshot(), true);
        }
    }

    private void check(ReducedState state, boolean allBytes) {
        Projection projection = new Projection();
        live.project(projection);
        for (Map.Entry<ObjectId, Projection.Claims> entry : projection.objects().entrySet()) {
            object(state, entry.getKey(), entry.getValue());
        }
        tellInOrder();
        for (String kind : projection.completeKinds()) {
            for (ObjectState object : state.ofKind(kind)) {
                if (!projection.objects().containsKey(object.id())) {
                    report(state, object.id(), null, "exists", false, true);
                }
            }
        }
        for (BufferObject buffer : projection.buffers().values()) {
            if (allBytes || !state.memory().isSame(before.memory(), buffer.id())) {
                bytes(state, buffer);
            }
        }
        tellInOrder();
    }

    /// By object, believer and quantity, however the parts of the machine were asked.
    private void tellInOrder() {
        if (!found.isEmpty()) {
            List<Difference> ordered = new ArrayList<>(found);
            found.clear();
            ordered.sort(ORDER);
            ordered.forEach(onDifference);
        }
    }

    private void object(ReducedState state, ObjectId id, Projection.Claims claims) {
        ObjectState object = state.object(id);
        if (object == null) {
            object = ObjectState.unknown(id);
            if (!claims.mayBeUnknown()) {
                report(state, id, null, "exists", true, false);
                return;
            }
        }
        if (claims.isCompleteSomewhere()) {
            leftOver(state, object, claims);
        }
        for (Projection.Claim claim : claims.all()) {
            Cell cell = object.get(claim.belief(), claim.quantity());
            Object reduced = cell == null ? null : cell.value();
            boolean unset = reduced == null && claim.mayBeUnset();
            if (!unset && !Objects.equals(claim.value(), reduced)) {
                report(state, id, claim.belief(), claim.quantity(), claim.value(), reduced);
            }
        }
    }

    /// Quantities the state still has and the machine does not.
    private void leftOver(ReducedState state, ObjectState object, Projection.Claims claims) {
        object.beliefs()
                .forEach((belief, cells) ->
                        cells.forEach((quantity, cell) -> {
                            if (claims.excludes(belief, quantity)) {
                                report(state, object.id(), belief, quantity, null, cell.value());
                            }
                        }));
    }

    private void bytes(ReducedState state, BufferObject buffer) {
        int length = Math.toIntExact(buffer.sizeBytes());
        boolean[] known = new boolean[length];
        byte[] reduced = state.memory().read(buffer.id(), 0, length, known);
        byte[] actual = buffer.read(0, length);
        for (int i = 0; i < length; i++) {
            if (!known[i] || reduced[i] != actual[i]) {
                report(
                        state,
                        ObjectId.of("bo", buffer.id()),
                        Belief.MEMORY,
                        "byte 0x" + Integer.toHexString(i),
                        (long) (actual[i] & 0xff),
                        known[i] ? (Object) (long) (reduced[i] & 0xff) : null);
                return;
            }
        }
    }

    private void report(
            ReducedState state,
            ObjectId object,
            @Nullable Belief belief,
            String quantity,
            @Nullable Object liveValue,
            @Nullable Object reducedValue) {
        TraceEvent event = last;
        if (event != null) {
            found.add(
                    new Difference(
                            state.position() - 1,
                            event,
                            object,
                            belief,
                            quantity,
                            liveValue,
                            reducedValue));
        }
    }
}
