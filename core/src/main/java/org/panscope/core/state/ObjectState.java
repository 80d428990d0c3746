package org.panscope.core.state;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Everything believed about one object: quantity by quantity, belief by belief. Immutable. The
/// same quantity has the same name in every belief, so beliefs can be laid side by side.
///
/// @param id the object
/// @param beliefs belief to quantity name (snake case) to value
public record ObjectState(ObjectId id, Map<Belief, SortedMap<String, Cell>> beliefs) {
    /// Identity of what is known of a ring's bytes while nobody saw which buffer object holds them;
    /// negative, as no buffer object's is.
    public static final String RING_MEMORY = "ring_memory";

    /// An object of which nothing is known yet.
    public static ObjectState unknown(ObjectId id) {
        return new ObjectState(id, Map.of());
    }

    /// A value, or null when it was never observed.
    public @Nullable Cell get(Belief belief, String quantity) {
        SortedMap<String, Cell> cells = beliefs.get(belief);
        return cells == null ? null : cells.get(quantity);
    }

    /// Names of all quantities somebody holds a value of. [#RING_MEMORY] is none: nobody believes
    /// it.
    public SortedSet<String> quantities() {
        SortedSet<String> names = new TreeSet<>();
        beliefs.values().forEach(cells -> names.addAll(cells.keySet()));
        names.remove(RING_MEMORY);
        return names;
    }

    /// Whether two beliefs hold different values of a quantity.
    public boolean disagree(String quantity) {
        Cell first = null;
        for (Belief belief : Belief.values()) {
            Cell cell = get(belief, quantity);
            if (cell != null && first != null && !cell.sameValue(first)) {
                return true;
            }
            first = first == null ? cell : first;
        }
        return false;
    }

    /// This state with one value set, or removed when `cell` is null.
    public ObjectState with(Belief belief, String quantity, @Nullable Cell cell) {
        Map<Belief, SortedMap<String, Cell>> changed = new EnumMap<>(Belief.class);
        changed.putAll(beliefs);
        SortedMap<String, Cell> before = changed.get(belief);
        SortedMap<String, Cell> cells = before == null ? new TreeMap<>() : new TreeMap<>(before);
        if (cell == null) {
            cells.remove(quantity);
        } else {
            cells.put(quantity, cell);
        }
        changed.put(belief, cells);
        return new ObjectState(id, changed);
    }
}
