package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/// The four beliefs about an object side by side, one row for each quantity.
public final class Beliefs {
    private Beliefs() {}

    /// A quantity as everybody believes it.
    ///
    /// @param quantity its name
    /// @param cells who holds which value; those who hold none are absent
    /// @param disagree whether two of them hold different values
    /// @param changed whether a value is not what it was in the state before
    public record Row(String quantity, Map<Belief, Cell> cells, boolean disagree, boolean changed) {
        public Row {
            Map<Belief, Cell> copy = new EnumMap<>(Belief.class);
            copy.putAll(cells);
            cells = Collections.unmodifiableMap(copy);
        }

        /// The value one believer holds, or null.
        public @Nullable Cell cell(Belief belief) {
            return cells.get(belief);
        }

        /// That value as text, empty when there is none.
        public String text(Belief belief) {
            Cell cell = cells.get(belief);
            return cell == null ? "" : ValueText.of(cell);
        }
    }

    /// Rows of one object, by name; none when nothing was heard of it.
    ///
    /// @param before the state to compare with, usually one event earlier, or null
    public static List<Row> rows(MachineState state, @Nullable MachineState before, ObjectId id) {
        return rows(state.object(id), before == null ? null : before.object(id), before != null);
    }

    /// Objects that are not as they were, came or went, in order.
    public static List<ObjectId> changed(MachineState state, MachineState before) {
        SortedSet<ObjectId> ids = new TreeSet<>(state.objects().keySet());
        ids.addAll(before.objects().keySet());
        List<ObjectId> changed = new ArrayList<>();
        for (ObjectId id : ids) {
            if (!Objects.equals(state.object(id), before.object(id))) {
                changed.add(id);
            }
        }
        return changed;
    }

    /// Objects about which somebody is wrong, in order.
    public static List<ObjectId> disagreeing(MachineState state) {
        List<ObjectId> found = new ArrayList<>();
        for (ObjectState object : state.objects().values()) {
            if (object.quantities().stream().anyMatch(object::disagree)) {
                found.add(object.id());
            }
        }
        return found;
    }

    private static List<Row> rows(
            @Nullable ObjectState now, @Nullable ObjectState before, boolean compare) {
        SortedSet<String> quantities = new TreeSet<>();
        if (now != null) {
            quantities.addAll(now.quantities());
        }
        if (before != null) {
            quantities.addAll(before.quantities());
        }
        List<Row> rows = new ArrayList<>();
        for (String quantity : quantities) {
            Map<Belief, Cell> cells = new EnumMap<>(Belief.class);
            boolean changed = false;
            for (Belief belief : Belief.values()) {
                Cell cell = now == null ? null : now.get(belief, quantity);
                Cell old = before == null ? null : before.get(belief, quantity);
                if (cell != null) {
                    cells.put(belief, cell);
                }
                changed |= compare && !sameValue(cell, old);
            }
            boolean disagree = now != null && now.disagree(quantity);
            if (!cells.isEmpty() || changed) {
                rows.add(new Row(quantity, cells, disagree, changed));
            }
        }
        return rows;
    }

    private static boolean sameValue(@Nullable Cell cell, @Nullable Cell old) {
        if (cell == null) {
            return old == null;
        }
        return old != null && cell.sameValue(old);
    }
}
