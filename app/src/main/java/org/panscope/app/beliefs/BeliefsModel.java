package org.panscope.app.beliefs;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.SteppedState;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Four beliefs about one object at the cursor.
public final class BeliefsModel {
    private final SessionModel session;
    private final ObservableList<ObjectId> objects = FXCollections.observableArrayList();
    private final ObservableList<BeliefRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper(this, "message", "");

    public BeliefsModel(SessionModel session) {
        this.session = session;
        session.stateProperty().subscribe(this::update);
        session.objectProperty().subscribe(this::update);
        session.stateFailureProperty().subscribe(this::update);
    }

    private void update() {
        SteppedState stepped = session.stateProperty().get();
        Exception failure = session.stateFailureProperty().get();
        if (stepped == null) {
            rows.clear();
            if (!session.isOpenProperty().get()) {
                objects.clear();
            }
            message.set(failure == null ? "" : "State unavailable: " + failure.getMessage());
            return;
        }
        List<ObjectId> known = List.copyOf(stepped.state().objects().keySet());
        ObjectId selected = session.objectProperty().get();
        if (selected != null && !known.contains(selected)) {
            List<ObjectId> withSelected = new ArrayList<>(known);
            withSelected.add(selected);
            known = withSelected;
        }
        if (!objects.equals(known)) {
            objects.setAll(known);
        }
        ObjectState object = selected == null ? null : stepped.state().object(selected);
        if (object == null) {
            rows.clear();
            message.set(
                    selected == null
                            ? "No object is known yet: step forward."
                            : "Nothing is known of " + selected + " at this point.");
            return;
        }
        long lastEvent = stepped.state().position() - 1;
        rows.setAll(
                object.quantities().stream()
                        .map(quantity -> BeliefRow.of(object, quantity, lastEvent))
                        .sorted(Comparator.comparing(BeliefRow::isOfOneBelief))
                        .toList());
        message.set("");
    }

    /// Moves the cursor to the event that wrote a value.
    public void goToWriter(BeliefRow row, Belief belief) {
        Cell cell = row.cell(belief);
        if (cell != null && cell.writtenBy() >= 0) {
            session.goToEvent(cell.writtenBy());
        }
    }

    /// Every object known at the cursor, in order.
    public ObservableList<ObjectId> objects() {
        return objects;
    }

    /// Quantities of the object shown: first those that several believe something about, since
    /// these can disagree, then the others; each part by name.
    public ObservableList<BeliefRow> rows() {
        return rows;
    }

    /// The row of a quantity, or null.
    public @Nullable BeliefRow row(String quantity) {
        return rows.stream()
                .filter(row -> row.quantity().equals(quantity))
                .findFirst()
                .orElse(null);
    }

    /// Why there are no rows; empty when there are.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }
}
