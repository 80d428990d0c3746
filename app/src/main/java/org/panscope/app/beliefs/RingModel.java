package org.panscope.app.beliefs;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;

import org.jspecify.annotations.Nullable;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.SteppedState;
import org.panscope.app.theme.Formats;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;
import org.panscope.core.state.view.RegisterCatalog;
import org.panscope.core.state.view.RegisterKind;
import org.panscope.core.state.view.RegisterWord;
import org.panscope.core.state.view.RingView;
import org.panscope.core.state.view.StreamLines;
import org.panscope.core.state.view.StreamLines.Line;
import org.panscope.core.state.view.TraceArchitecture;
import org.panscope.core.state.view.ValueText;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The ring buffer of the queue shown, as far as it matters at the cursor, and the called buffers
/// that are open in it. A buffer opens by itself while the current instruction is inside, and stays
/// as it was opened or closed by hand.
public final class RingModel {
    /// Words shown before the first and after the last that matters.
    private static final int CONTEXT_WORDS = 8;

    private final SessionModel session;
    private final ReadOnlyObjectWrapper<RingLines> lines =
            new ReadOnlyObjectWrapper<>(this, "lines", RingLines.NONE);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(this, "title", "");
    private final ReadOnlyStringWrapper place = new ReadOnlyStringWrapper(this, "place", "");
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper(this, "message", "");
    private final BooleanProperty followCalls =
            new SimpleBooleanProperty(this, "followCalls", true);

    /// What was opened or closed by hand, for the queue shown.
    private final Map<List<Long>, Boolean> byHand = new LinkedHashMap<>();

    private @Nullable RingView view;

    public RingModel(SessionModel session) {
        this.session = session;
        session.stateProperty().subscribe(this::update);
        session.objectProperty().subscribe(this::update);
        followCalls.subscribe(this::showLines);
    }

    private void update() {
        SteppedState stepped = session.stateProperty().get();
        ObjectId queue = session.objectProperty().get();
        if (stepped == null || queue == null || !queue.kind().equals("queue")) {
            show(null, "Choose a queue to see its ring buffer.");
            return;
        }
        RingView before = view;
        if (before == null || !before.queue().equals(queue)) {
            byHand.clear();
        }
        TraceArchitecture architecture = architecture();
        RingView ring = RingView.around(stepped.state(), queue, CONTEXT_WORDS, architecture.isa());
        show(ring, "The trace does not say where the ring buffer of " + queue + " is.");
        if (ring != null) {
            title.set(
                    "Ring buffer of "
                            + queue
                            + ", "
                            + Formats.size(ring.ringBytes())
                            + " · "
                            + architecture);
            place.set(placeText(ring, stepped.state().object(queue)));
        }
    }

    private TraceArchitecture architecture() {
        var opened = session.opened();
        return opened == null
                ? TraceArchitecture.ASSUMED
                : TraceArchitecture.of(opened.trace().header());
    }

    private void show(@Nullable RingView ring, String otherwise) {
        view = ring;
        if (ring == null) {
            title.set("Ring buffer");
            place.set("");
            message.set(otherwise);
        } else {
            message.set("Nothing is in the ring yet.");
        }
        showLines();
    }

    private void showLines() {
        RingView ring = view;
        lines.set(ring == null ? RingLines.NONE : new RingLines(new StreamLines(ring, open(ring))));
    }

    private List<List<Long>> open(RingView ring) {
        List<List<Long>> open = new ArrayList<>();
        if (followCalls.get()) {
            open.addAll(ring.openCalls());
        }
        byHand.forEach((path, isOpen) -> {
            open.remove(path);
            if (isOpen) {
                open.add(path);
            }
        });
        return open;
    }

    /// What the stream does: the calls around the current instruction, and why it does not go on.
    private static String placeText(RingView ring, @Nullable ObjectState queue) {
        StringBuilder text = new StringBuilder();
        int executing = ring.executing();
        if (executing >= 0) {
            text.append("▶ ring +").append(ValueText.hex(ring.row(executing).ringOffset()));
            List<List<Long>> calls = ring.openCalls();
            for (int i = 1; i < calls.size(); i++) {
                text.append(" → +").append(ValueText.hex(calls.get(i).getLast()));
            }
            Long pc = ring.pcOutsideRing();
            if (pc != null) {
                text.append(calls.isEmpty() ? " → … " : " → ").append(ValueText.hex(pc));
            }
        }
        Long reason = number(queue, "blocked_reason");
        RegisterWord word =
                RegisterCatalog.standard().lookup(RegisterKind.CS, "status_blocked_reason");
        if (reason != null && word != null) {
            text.append(text.isEmpty() ? "" : "   ")
                    .append("blocked: ")
                    .append(word.fields().getFirst().text(reason));
        }
        return text.toString();
    }

    private static @Nullable Long number(@Nullable ObjectState queue, String quantity) {
        Cell cell = queue == null ? null : queue.get(Belief.FIRMWARE, quantity);
        return cell != null && cell.value() instanceof Long number ? number : null;
    }

    /// Shows or hides the buffer a word calls.
    public void toggle(Line line) {
        if (line.row().canOpen()) {
            byHand.put(line.path(), !line.isOpen());
            showLines();
        }
    }

    /// Moves the cursor to the event that stored a word.
    public void goToWriter(Line line) {
        if (line.row().writtenBy() >= 0) {
            session.goToEvent(line.row().writtenBy());
        }
    }

    /// Index of the line to look at: the current instruction, or what will be executed next; -1
    /// when there is none.
    public int placeOfWork() {
        RingView ring = view;
        if (ring == null) {
            return -1;
        }
        StreamLines all = lines.get().lines();
        List<Long> current = ring.current();
        int next = ring.firstToExecute();
        if (current == null) {
            return next < 0 ? -1 : all.indexOf(List.of(ring.row(next).offset()));
        }
        int line = all.indexOf(current);
        return line >= 0 ? line : all.indexOf(current.subList(0, 1));
    }

    /// Words of the ring and of the buffers that are open.
    public ReadOnlyObjectProperty<RingLines> linesProperty() {
        return lines.getReadOnlyProperty();
    }

    /// Whether buffers open by themselves while they are executed.
    public BooleanProperty followCallsProperty() {
        return followCalls;
    }

    /// Queue, size and instruction set.
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// Where the stream stands and why; empty when it does not run.
    public ReadOnlyStringProperty placeProperty() {
        return place.getReadOnlyProperty();
    }

    /// Why there are no lines.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }
}
