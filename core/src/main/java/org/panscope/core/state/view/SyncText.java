package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

import java.util.ArrayList;
import java.util.List;

/// A sync object as rows of an inspector.
final class SyncText {
    private SyncText() {}

    /// Name, value and error word at the cursor.
    static List<EventReader.Row> rows(ObjectId id, @Nullable MachineState state) {
        List<EventReader.Row> rows = new ArrayList<>();
        rows.add(new EventReader.Row("sync object", id.toString(), ""));
        ObjectState object = state == null ? null : state.object(id);
        add(rows, object, "value", "in memory at the cursor");
        add(rows, object, "error", "status word: not 0 after an error");
        return rows;
    }

    private static void add(
            List<EventReader.Row> rows,
            @Nullable ObjectState object,
            String quantity,
            String meaning) {
        Cell cell = object == null ? null : object.get(Belief.MEMORY, quantity);
        rows.add(
                new EventReader.Row(
                        quantity + " now", cell == null ? "?" : ValueText.of(cell), meaning));
    }
}
