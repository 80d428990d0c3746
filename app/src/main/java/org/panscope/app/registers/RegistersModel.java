package org.panscope.app.registers;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.SteppedState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.view.RegisterBlock;
import org.panscope.core.state.view.RegisterKind;
import org.panscope.core.state.view.RegisterPair;
import org.panscope.core.state.view.RegisterText;
import org.panscope.core.state.view.RegisterView;

import java.util.ArrayList;
import java.util.List;

/// One register block at the cursor, word by word. The block follows the event at the cursor while
/// the session does, and is otherwise the one chosen.
public final class RegistersModel {
    private final SessionModel session;
    private final ObservableList<RegisterBlock> blocks = FXCollections.observableArrayList();
    private final ObservableList<RegisterLine> lines = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable RegisterBlock> block =
            new SimpleObjectProperty<>(this, "block");
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
    private final BooleanProperty onlyChanged =
            new SimpleBooleanProperty(this, "onlyChanged", false);
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper(this, "message", "");
    private @Nullable RegisterView view;

    public RegistersModel(SessionModel session) {
        this.session = session;
        session.stateProperty().subscribe(this::follow);
        session.isOpenProperty().subscribe(this::update);
        block.subscribe(this::update);
        filter.subscribe(this::show);
        onlyChanged.subscribe(this::show);
    }

    /// Takes the block the event at the cursor changed, unless it changed the one shown.
    private void follow() {
        SteppedState stepped = session.stateProperty().get();
        if (stepped != null) {
            List<RegisterBlock> known = RegisterView.blocks(stepped.state());
            if (!blocks.equals(known)) {
                blocks.setAll(known);
            }
            RegisterBlock shown = block.get();
            if (session.followEventProperty().get()
                    && (shown == null || !changes(stepped, shown))) {
                stepped.touched().stream()
                        .map(RegisterBlock::of)
                        .filter(touched -> touched != null && isFollowed(touched))
                        .filter(touched -> touched != null && changes(stepped, touched))
                        .findFirst()
                        .ifPresent(block::set);
            }
            if (block.get() == null && !known.isEmpty()) {
                block.set(known.getFirst());
            }
        }
        update();
    }

    /// A queue's pages change with nearly every event of it; these are looked at on request only.
    private static boolean isFollowed(RegisterBlock block) {
        return block.kind() != RegisterKind.USER_IO;
    }

    private static boolean changes(SteppedState stepped, RegisterBlock block) {
        return stepped.before() != null
                && RegisterView.of(stepped.state(), stepped.before(), block).rows().stream()
                        .anyMatch(RegisterView.Row::changed);
    }

    private void update() {
        SteppedState stepped = session.stateProperty().get();
        RegisterBlock shown = block.get();
        view =
                stepped == null || shown == null
                        ? null
                        : RegisterView.of(stepped.state(), stepped.before(), shown);
        if (stepped == null && !session.isOpenProperty().get()) {
            blocks.clear();
        }
        show();
    }

    private void show() {
        RegisterView shown = view;
        if (shown == null) {
            lines.clear();
            message.set("The trace has shown no register yet: step forward.");
            return;
        }
        List<RegisterLine> wanted =
                linesOf(shown).stream()
                        .filter(line -> !onlyChanged.get() || line.row().changed())
                        .filter(line -> line.matches(filter.get()))
                        .toList();
        if (!lines.equals(wanted)) {
            lines.setAll(wanted);
        }
        message.set(
                onlyChanged.get()
                        ? "The last step changed no word of " + shown.block().title() + "."
                        : "No word of " + shown.block().title() + " matches.");
    }

    /// Words in order, each pair together with what is pending below it.
    private static List<RegisterLine> linesOf(RegisterView view) {
        List<RegisterLine> lines = new ArrayList<>();
        for (RegisterView.Row row : view.rows()) {
            RegisterPair pair = row.pair();
            if (pair == null) {
                lines.add(new RegisterLine(row, false));
            } else if (pair.request().equals(row.word())) {
                lines.add(new RegisterLine(row, false));
                view.rows().stream()
                        .filter(other -> other.word().equals(pair.answer()))
                        .forEach(answer -> lines.add(new RegisterLine(answer, false)));
                if (!row.pending().isEmpty()) {
                    lines.add(new RegisterLine(row, true));
                }
            }
        }
        return lines;
    }

    /// The words shown, as text for a bug report.
    public String copyText() {
        RegisterView shown = view;
        return shown == null
                ? ""
                : RegisterText.of(
                        shown,
                        lines.stream()
                                .filter(line -> !line.isPending())
                                .map(RegisterLine::row)
                                .toList());
    }

    /// Moves the cursor to the event that told a word.
    public void goToWriter(RegisterLine line) {
        Long seq = line.writtenBy();
        if (seq != null) {
            session.goToEvent(seq);
        }
    }

    /// Chooses a block by the object it belongs to; anything else is left as it is.
    public void choose(String id) {
        try {
            RegisterBlock named = RegisterBlock.of(ObjectId.parse(id));
            if (named != null) {
                block.set(named);
            }
        } catch (IllegalArgumentException e) {
            // A name remembered by another version of the program: nothing to choose.
            message.set(String.valueOf(e.getMessage()));
        }
    }

    /// Blocks there is something to show of.
    public ObservableList<RegisterBlock> blocks() {
        return blocks;
    }

    /// The block shown, or null before anything is known.
    public ObjectProperty<@Nullable RegisterBlock> blockProperty() {
        return block;
    }

    /// Words of the block that filter and toggle let through.
    public ObservableList<RegisterLine> lines() {
        return lines;
    }

    /// Part of a name or of a meaning.
    public StringProperty filterProperty() {
        return filter;
    }

    /// Whether only words the last event changed are shown.
    public BooleanProperty onlyChangedProperty() {
        return onlyChanged;
    }

    /// Why there are no lines.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }
}
