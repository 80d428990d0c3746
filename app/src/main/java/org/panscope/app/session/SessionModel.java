package org.panscope.app.session;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.TraceDocument;
import org.panscope.core.capture.InferredCause;
import org.panscope.core.state.Cursor;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.io.Trace;

import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/// The open trace and the cursor in it. The cursor counts events applied: at position n the state
/// is that after events 0..n-1, and the current event is n-1. Every view follows these properties
/// and moves the cursor only through the methods here.
public final class SessionModel {
    private final Worker worker;
    private final Requests stateRequests = new Requests();
    private final PositionHistory history = new PositionHistory();

    private final ReadOnlyObjectWrapper<@Nullable TraceDocument> opened =
            new ReadOnlyObjectWrapper<>(this, "opened");
    private final ReadOnlyLongWrapper position = new ReadOnlyLongWrapper(this, "position");
    private final ReadOnlyObjectWrapper<@Nullable SteppedState> state =
            new ReadOnlyObjectWrapper<>(this, "state");
    private final ReadOnlyObjectWrapper<@Nullable Exception> stateFailure =
            new ReadOnlyObjectWrapper<>(this, "stateFailure");
    private final ReadOnlyBooleanWrapper isOpen = new ReadOnlyBooleanWrapper(this, "isOpen");
    private final ReadOnlyBooleanWrapper canStepForward =
            new ReadOnlyBooleanWrapper(this, "canStepForward");
    private final ReadOnlyBooleanWrapper canStepBack =
            new ReadOnlyBooleanWrapper(this, "canStepBack");
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper(this, "canGoBack");
    private final ReadOnlyBooleanWrapper canGoForward =
            new ReadOnlyBooleanWrapper(this, "canGoForward");
    private final ObjectProperty<@Nullable ObjectId> object =
            new SimpleObjectProperty<>(this, "object");
    private final BooleanProperty followEvent =
            new SimpleBooleanProperty(this, "followEvent", true);

    public SessionModel(Worker worker) {
        this.worker = worker;
    }

    /// Shows a trace, with the cursor before its first event. The trace shown before is closed.
    public void show(TraceDocument trace) {
        close();
        opened.set(trace);
        isOpen.set(true);
        moved(0);
    }

    /// Closes the trace, if one is open.
    public void close() {
        TraceDocument before = opened.get();
        if (before == null) {
            return;
        }
        stateRequests.next();
        history.clear();
        object.set(null);
        state.set(null);
        opened.set(null);
        isOpen.set(false);
        position.set(0);
        updateAbilities();
        before.close();
    }

    /// Moves by single events, without an entry in the history of places.
    public void step(long events) {
        TraceDocument trace = opened.get();
        if (trace != null) {
            long target = Math.clamp(position.get() + events, 0L, trace.trace().eventCount());
            if (target != position.get()) {
                moved(target);
            }
        }
    }

    /// Jumps to a position; the place left can be returned to.
    public void goTo(long target) {
        TraceDocument trace = opened.get();
        if (trace == null) {
            return;
        }
        long within = Math.clamp(target, 0L, trace.trace().eventCount());
        if (within != position.get()) {
            history.leave(position.get());
            moved(within);
        }
    }

    /// Jumps so that this event is the last one applied.
    public void goToEvent(long seq) {
        goTo(seq + 1);
    }

    /// Jumps to the next (+1) or previous (-1) event on the current event's track.
    public void stepOnTrack(int direction) {
        TraceDocument open = opened.get();
        if (open == null || open.trace().eventCount() == 0) {
            return;
        }
        Trace trace = open.trace();
        long current = position.get() - 1;
        if (current < 0) {
            step(direction);
            return;
        }
        int track = trace.track(current);
        for (long seq = current + direction;
                seq >= 0 && seq < trace.eventCount();
                seq += direction) {
            if (trace.track(seq) == track) {
                moved(seq + 1);
                return;
            }
        }
    }

    public void goToFirst() {
        goTo(Math.min(1, eventCount()));
    }

    public void goToLast() {
        goTo(eventCount());
    }

    /// Jumps to the event that caused the current one, as recorded or, in a capture, inferred.
    ///
    /// @return false when no cause is known
    public boolean goToCause() {
        TraceDocument open = opened.get();
        if (open == null || position.get() == 0) {
            return false;
        }
        OptionalLong cause = InferredCause.of(open.trace(), position.get() - 1);
        cause.ifPresent(this::goToEvent);
        return cause.isPresent();
    }

    public void back() {
        revisit(history.back(position.get()));
    }

    public void forward() {
        revisit(history.forward(position.get()));
    }

    private void revisit(OptionalLong place) {
        place.ifPresent(this::moved);
    }

    /// Jumps to a cursor as printed by [#cursorText], to `#N` (position N) or to a time such as
    /// `@1.2ms`.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who typed it
    public void goToText(String text) {
        TraceDocument open = opened.get();
        if (open == null) {
            throw new IllegalArgumentException("no trace is open");
        }
        goTo(Cursor.parse(text.strip()).positionIn(open.trace()));
    }

    /// The cursor as text that can be pasted into a bug report.
    public String cursorText() {
        TraceDocument open = opened.get();
        return open == null ? "" : Cursor.of(open.trace(), position.get()).toString();
    }

    /// Sequence number of the last event applied, or -1 before the first.
    public long currentEvent() {
        return position.get() - 1;
    }

    public long eventCount() {
        TraceDocument open = opened.get();
        return open == null ? 0 : open.trace().eventCount();
    }

    private void moved(long target) {
        position.set(target);
        updateAbilities();
        loadState(target);
    }

    private void updateAbilities() {
        canStepForward.set(position.get() < eventCount());
        canStepBack.set(position.get() > 0);
        canGoBack.set(history.canGoBack());
        canGoForward.set(history.canGoForward());
    }

    private void loadState(long target) {
        TraceDocument open = opened.get();
        if (open == null) {
            return;
        }
        long request = stateRequests.next();
        worker.run(
                () -> {
                    if (!stateRequests.isLatest(request)) {
                        throw new CancellationException();
                    }
                    return SteppedState.at(open.states(), target);
                },
                result -> {
                    if (stateRequests.isLatest(request)) {
                        stateFailure.set(null);
                        if (followEvent.get() || object.get() == null) {
                            result.touchedObject(object.get()).ifPresent(object::set);
                        }
                        state.set(result);
                    }
                },
                failure -> {
                    if (stateRequests.isLatest(request)) {
                        state.set(null);
                        stateFailure.set(failure);
                    }
                });
    }

    /// The open trace, or null.
    public ReadOnlyObjectProperty<@Nullable TraceDocument> openedProperty() {
        return opened.getReadOnlyProperty();
    }

    public @Nullable TraceDocument opened() {
        return opened.get();
    }

    /// Number of events applied.
    public ReadOnlyLongProperty positionProperty() {
        return position.getReadOnlyProperty();
    }

    public long position() {
        return position.get();
    }

    /// State at the cursor, or null while none is known; arrives after the position.
    public ReadOnlyObjectProperty<@Nullable SteppedState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Why the state at the cursor could not be computed, or null.
    public ReadOnlyObjectProperty<@Nullable Exception> stateFailureProperty() {
        return stateFailure.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty isOpenProperty() {
        return isOpen.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canStepForwardProperty() {
        return canStepForward.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canStepBackProperty() {
        return canStepBack.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canGoBackProperty() {
        return canGoBack.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canGoForwardProperty() {
        return canGoForward.getReadOnlyProperty();
    }

    /// The object whose beliefs are shown.
    public ObjectProperty<@Nullable ObjectId> objectProperty() {
        return object;
    }

    /// Whether [#objectProperty] follows the object the current event changed.
    public BooleanProperty followEventProperty() {
        return followEvent;
    }
}
