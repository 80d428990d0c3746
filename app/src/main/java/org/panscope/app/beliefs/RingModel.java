package org.panscope.app.beliefs;

import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.SteppedState;
import org.panscope.app.theme.Formats;
import org.panscope.core.isa.Disassembler;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.view.RingView;

/// The ring buffer of the queue shown, as far as it matters at the cursor.
public final class RingModel {
    /// Words shown before the first and after the last that matters.
    private static final int CONTEXT_WORDS = 8;

    private final SessionModel session;
    private final Disassembler disassembler;
    private final ObservableList<RingView.Row> rows = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(this, "title", "");
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper(this, "message", "");
    private final ReadOnlyLongWrapper lastEvent = new ReadOnlyLongWrapper(this, "lastEvent", -1);

    public RingModel(SessionModel session, Disassembler disassembler) {
        this.session = session;
        this.disassembler = disassembler;
        session.stateProperty().subscribe(this::update);
        session.objectProperty().subscribe(this::update);
    }

    private void update() {
        SteppedState stepped = session.stateProperty().get();
        ObjectId queue = session.objectProperty().get();
        if (stepped == null || queue == null || !queue.kind().equals("queue")) {
            show(null, "Choose a queue to see its ring buffer.");
            return;
        }
        lastEvent.set(stepped.state().position() - 1);
        RingView view =
                RingView.around(stepped.state(), queue, CONTEXT_WORDS, disassembler::textOf);
        show(view, "The trace does not say where the ring buffer of " + queue + " is.");
    }

    private void show(@Nullable RingView view, String otherwise) {
        if (view == null) {
            rows.clear();
            title.set("Ring buffer");
            message.set(otherwise);
            return;
        }
        title.set("Ring buffer of " + view.queue() + ", " + Formats.size(view.ringBytes()));
        message.set("Nothing is in the ring yet.");
        if (!rows.equals(view.rows())) {
            rows.setAll(view.rows());
        }
    }

    /// Moves the cursor to the event that stored a word.
    public void goToWriter(RingView.Row row) {
        if (row.writtenBy() >= 0) {
            session.goToEvent(row.writtenBy());
        }
    }

    public ObservableList<RingView.Row> rows() {
        return rows;
    }

    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// Index of the first row that somebody believes EXTRACT stands at, or -1.
    public int firstToExecute() {
        for (int row = 0; row < rows.size(); row++) {
            if (!rows.get(row).extractOf().isEmpty()) {
                return row;
            }
        }
        return -1;
    }

    /// Why there are no rows.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// The event at the cursor.
    public ReadOnlyLongProperty lastEventProperty() {
        return lastEvent.getReadOnlyProperty();
    }
}
