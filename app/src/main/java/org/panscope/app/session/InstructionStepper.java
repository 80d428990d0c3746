package org.panscope.app.session;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.TraceDocument;
import org.panscope.core.state.ObjectId;

/// Moves the cursor by instructions of the command stream that is looked at: the one the chosen
/// object stands for, or any when it stands for none. The search runs in the background; the cursor
/// moves when it has found something, unless it was moved by other means meanwhile.
public final class InstructionStepper {
    private final SessionModel session;
    private final Worker worker;
    private final Requests requests = new Requests();
    private final ReadOnlyBooleanWrapper canStep = new ReadOnlyBooleanWrapper(this, "canStep");
    private final ReadOnlyBooleanWrapper hasFaults = new ReadOnlyBooleanWrapper(this, "hasFaults");
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper(this, "message", "");

    /// What a search found.
    ///
    /// @param seq the event, or [InstructionSearch#NOT_FOUND]
    /// @param scope what was looked for
    private record Found(long seq, String scope) {}

    private interface Search {
        Found run(InstructionSearch search, StreamScope scope, long position);
    }

    public InstructionStepper(SessionModel session, Worker worker) {
        this.session = session;
        this.worker = worker;
        session.openedProperty().subscribe(this::traceChanged);
    }

    private void traceChanged(@Nullable TraceDocument opened) {
        requests.next();
        message.set("");
        canStep.set(opened != null && InstructionSearch.has(opened.trace(), "CS_INSTR"));
        hasFaults.set(opened != null && InstructionSearch.has(opened.trace(), "FAULT"));
    }

    /// Goes to the next instruction (1) or back to the previous one (-1).
    public void step(int direction) {
        start(
                (search, scope, position) ->
                        new Found(
                                search.instruction(scope, position, direction, Integer.MAX_VALUE),
                                (direction > 0 ? "further" : "earlier")
                                        + " instruction of "
                                        + scope.name()),
                false);
    }

    /// Goes to the next instruction that is not inside a buffer the current one calls.
    public void stepOver() {
        start(InstructionStepper::over, false);
    }

    private static Found over(InstructionSearch search, StreamScope scope, long position) {
        long current = search.last(scope, position);
        if (current == InstructionSearch.NOT_FOUND) {
            long first = search.instruction(scope, position, 1, Integer.MAX_VALUE);
            return new Found(first, "further instruction of " + scope.name());
        }
        boolean isOneStream = scope.cs() != StreamScope.ANY;
        StreamScope stream = isOneStream ? scope : search.streamOf(current);
        return new Found(
                search.instruction(stream, position, 1, search.depth(current)),
                "further instruction of " + stream.name() + " at this depth");
    }

    /// Goes to the next fault (1) or to the previous one (-1).
    public void goToFault(int direction) {
        start(
                (search, scope, position) ->
                        new Found(
                                search.fault(position, direction),
                                direction > 0 ? "further fault" : "earlier fault"),
                true);
    }

    private void start(Search kind, boolean isJump) {
        TraceDocument opened = session.opened();
        if (opened == null) {
            return;
        }
        long request = requests.next();
        long position = session.position();
        ObjectId object = session.objectProperty().get();
        worker.run(
                () -> {
                    InstructionSearch search =
                            new InstructionSearch(
                                    opened.trace(), () -> !requests.isLatest(request));
                    StreamScope scope = StreamScope.of(object, opened.states().at(position));
                    return kind.run(search, scope, position);
                },
                found -> {
                    if (requests.isLatest(request) && session.position() == position) {
                        move(found, isJump);
                    }
                },
                failure -> {
                    if (requests.isLatest(request)) {
                        message.set("Cannot step: " + failure.getMessage());
                    }
                });
    }

    private void move(Found found, boolean isJump) {
        if (found.seq() == InstructionSearch.NOT_FOUND) {
            message.set("There is no " + found.scope() + ".");
            return;
        }
        message.set("");
        if (isJump) {
            session.goToEvent(found.seq());
        } else {
            session.step(found.seq() + 1 - session.position());
        }
    }

    /// Whether the open trace has instructions to step by.
    public ReadOnlyBooleanProperty canStepProperty() {
        return canStep.getReadOnlyProperty();
    }

    /// Whether the open trace has faults to go to.
    public ReadOnlyBooleanProperty hasFaultsProperty() {
        return hasFaults.getReadOnlyProperty();
    }

    /// Why the last step led nowhere; empty when it did not.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }
}
