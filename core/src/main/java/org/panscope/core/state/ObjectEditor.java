package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.Labelled;
import org.panscope.trace.schema.Unit;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One object while an event is applied to it. A value that the event does not carry (null) leaves
/// what was believed before.
final class ObjectEditor {
    /// Quantities of one object in one belief; `truncated` is one of them when there are more.
    static final int MAX_QUANTITIES = 2048;

    private final ObjectId id;
    private Map<Belief, SortedMap<String, Cell>> before;
    private final Map<Belief, SortedMap<String, Cell>> changed = new EnumMap<>(Belief.class);
    private long seq;

    ObjectEditor(ObjectState state) {
        id = state.id();
        before = state.beliefs();
    }

    /// Values set from now on are written by this event.
    ObjectEditor by(long eventSeq) {
        seq = eventSeq;
        return this;
    }

    ObjectId id() {
        return id;
    }

    /// Sets a value: a number, `Boolean`, `String` or label.
    ObjectEditor set(Belief belief, String quantity, @Nullable Object value, Unit unit) {
        if (value != null) {
            Object plain =
                    switch (value) {
                        case Integer number -> number.longValue();
                        case Labelled constant -> constant.label();
                        default -> value;
                    };
            put(belief, quantity, new Cell(plain, unit, seq));
        }
        return this;
    }

    /// Sets a flag, a text or a label.
    ObjectEditor set(Belief belief, String quantity, @Nullable Object value) {
        return set(belief, quantity, value, Unit.NONE);
    }

    /// Sets a value unless it is believed already; the event that first said so stays its writer.
    ObjectEditor note(Belief belief, String quantity, Object value) {
        Cell cell = get(belief, quantity);
        return cell != null && cell.value().equals(value) ? this : set(belief, quantity, value);
    }

    void put(Belief belief, String quantity, Cell cell) {
        SortedMap<String, Cell> cells = writable(belief);
        if (cells.size() < MAX_QUANTITIES || cells.containsKey(quantity)) {
            cells.put(quantity, cell);
        } else {
            cells.put("truncated", new Cell(true, Unit.NONE, seq));
        }
    }

    ObjectEditor clear(Belief belief, String... quantities) {
        for (String quantity : quantities) {
            if (get(belief, quantity) != null) {
                writable(belief).remove(quantity);
            }
        }
        return this;
    }

    @Nullable Cell get(Belief belief, String quantity) {
        SortedMap<String, Cell> cells = cells(belief);
        return cells == null ? null : cells.get(quantity);
    }

    /// The quantities of a believer whose names begin so.
    List<String> quantities(Belief belief, String prefix) {
        SortedMap<String, Cell> cells = cells(belief);
        return cells == null
                ? List.of()
                : cells.tailMap(prefix).keySet().stream()
                        .takeWhile(name -> name.startsWith(prefix))
                        .toList();
    }

    /// Names of what is believed, in order.
    List<String> quantities(Belief belief) {
        SortedMap<String, Cell> cells = cells(belief);
        return cells == null ? List.of() : List.copyOf(cells.keySet());
    }

    /// The number believed, or null when there is none.
    @Nullable Long number(Belief belief, String quantity) {
        Cell cell = get(belief, quantity);
        return cell != null && cell.value() instanceof Long number ? number : null;
    }

    /// The text believed, empty when there is none.
    String text(Belief belief, String quantity) {
        Cell cell = get(belief, quantity);
        return cell != null && cell.value() instanceof String text ? text : "";
    }

    boolean isTrue(Belief belief, String quantity) {
        Cell cell = get(belief, quantity);
        return cell != null && cell.value().equals(true);
    }

    /// What is known by now. What is set later is written into a copy.
    ObjectState state() {
        Map<Belief, SortedMap<String, Cell>> result = new EnumMap<>(Belief.class);
        result.putAll(before);
        changed.forEach((belief, cells) -> {
            if (cells.isEmpty()) {
                result.remove(belief);
            } else {
                result.put(belief, Collections.unmodifiableSortedMap(cells));
            }
        });
        changed.clear();
        before = Collections.unmodifiableMap(result);
        return new ObjectState(id, before);
    }

    private @Nullable SortedMap<String, Cell> cells(Belief belief) {
        SortedMap<String, Cell> cells = changed.get(belief);
        return cells == null ? before.get(belief) : cells;
    }

    private SortedMap<String, Cell> writable(Belief belief) {
        return changed.computeIfAbsent(
                belief,
                missing -> {
                    SortedMap<String, Cell> cells = before.get(missing);
                    return cells == null ? new TreeMap<>() : new TreeMap<>(cells);
                });
    }
}
