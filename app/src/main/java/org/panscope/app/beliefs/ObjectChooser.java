package org.panscope.app.beliefs;

import javafx.scene.control.TextField;

import org.controlsfx.control.textfield.AutoCompletionBinding;
import org.controlsfx.control.textfield.TextFields;
import org.jspecify.annotations.Nullable;
import org.panscope.app.session.SessionModel;
import org.panscope.core.state.ObjectId;

import java.util.List;
import java.util.Locale;

/// A field that names the object shown and finds another one by any part of its name.
final class ObjectChooser {
    private static final int SUGGESTIONS = 200;

    private final SessionModel session;
    private final BeliefsModel model;
    private final TextField field = new TextField();

    ObjectChooser(SessionModel session, BeliefsModel model) {
        this.session = session;
        this.model = model;
        field.setId("objectChooser");
        field.setAccessibleText("Object whose beliefs are shown; type to find another");
        field.setPromptText("Type to find an object: queue, group, fence, …");
        AutoCompletionBinding<ObjectId> completion =
                TextFields.bindAutoCompletion(field, request -> matching(request.getUserText()));
        completion.setVisibleRowCount(12);
        completion.setOnAutoCompleted(event -> choose(event.getCompletion()));
        field.setOnAction(event -> chooseTyped());
        field.focusedProperty().subscribe(this::focusChanged);
        session.objectProperty().subscribe(this::showChosen);
    }

    TextField field() {
        return field;
    }

    private List<ObjectId> matching(String typed) {
        String wanted = typed.strip().toLowerCase(Locale.ROOT);
        return model.objects().stream()
                .filter(id -> id.toString().toLowerCase(Locale.ROOT).contains(wanted))
                .limit(SUGGESTIONS)
                .toList();
    }

    /// Takes the object typed in full, else the first that matches; otherwise marks the text.
    private void chooseTyped() {
        String typed = field.getText().strip();
        List<ObjectId> found = matching(typed);
        found.stream()
                .filter(id -> id.toString().equals(typed))
                .findFirst()
                .or(() -> found.stream().findFirst())
                .ifPresentOrElse(this::choose, () -> mark(true));
    }

    private void choose(ObjectId id) {
        session.objectProperty().set(id);
        showChosen();
    }

    private void focusChanged(boolean isFocused) {
        if (isFocused) {
            field.selectAll();
        } else {
            showChosen();
        }
    }

    private void showChosen() {
        @Nullable ObjectId chosen = session.objectProperty().get();
        field.setText(chosen == null ? "" : chosen.toString());
        mark(false);
    }

    private void mark(boolean isUnknown) {
        field.getStyleClass().remove("filter-invalid");
        if (isUnknown) {
            field.getStyleClass().add("filter-invalid");
        }
    }
}
