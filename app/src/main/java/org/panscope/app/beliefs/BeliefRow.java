package org.panscope.app.beliefs;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.ObjectState;

import java.util.EnumMap;
import java.util.Map;

/// One quantity of an object with what each belief holds.
///
/// @param quantity name in snake case
/// @param cells beliefs without a value are absent
/// @param disagrees whether two beliefs hold different values
/// @param lastEvent the event at the cursor, to tell what it changed
public record BeliefRow(
        String quantity, Map<Belief, Cell> cells, boolean disagrees, long lastEvent) {
    static BeliefRow of(ObjectState object, String quantity, long lastEvent) {
        Map<Belief, Cell> cells = new EnumMap<>(Belief.class);
        for (Belief belief : Belief.values()) {
            Cell cell = object.get(belief, quantity);
            if (cell != null) {
                cells.put(belief, cell);
            }
        }
        return new BeliefRow(quantity, cells, object.disagree(quantity), lastEvent);
    }

    /// A value, or null where nothing was observed.
    public @Nullable Cell cell(Belief belief) {
        return cells.get(belief);
    }

    /// Whether only one belief holds a value, so that there is nothing to compare.
    public boolean isOfOneBelief() {
        return cells.size() < 2;
    }

    /// Whether the event at the cursor wrote this belief's value.
    public boolean isChanged(Belief belief) {
        Cell cell = cells.get(belief);
        return cell != null && cell.writtenBy() == lastEvent;
    }
}
