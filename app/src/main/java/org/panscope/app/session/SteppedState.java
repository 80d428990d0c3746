package org.panscope.app.session;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Cell;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;
import org.panscope.core.state.StateHistory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// The state at the cursor with what the last event changed in it.
///
/// @param state the state after the event
/// @param before the state the event found, or null before the first
/// @param touched objects with a value the event wrote, in order
public record SteppedState(
        MachineState state, @Nullable MachineState before, List<ObjectId> touched) {
    public SteppedState {
        touched = List.copyOf(touched);
    }

    static SteppedState at(StateHistory history, long position) {
        MachineState state = history.at(position);
        List<ObjectId> touched = new ArrayList<>();
        for (Map.Entry<ObjectId, ObjectState> entry : state.objects().entrySet()) {
            if (isWritten(entry.getValue(), position - 1)) {
                touched.add(entry.getKey());
            }
        }
        MachineState before = position == 0 ? null : history.at(position - 1);
        return new SteppedState(state, before, touched);
    }

    /// The object to look at after this step: `current` if the event changed it, a queue the event
    /// changed or whose group it changed, `current` if it is a queue, the first queue, or, without
    /// any queue, what is at hand.
    Optional<ObjectId> touchedObject(@Nullable ObjectId current) {
        if (current != null && touched.contains(current)) {
            return Optional.of(current);
        }
        Optional<ObjectId> changed = firstQueue(touched).or(() -> queueOfTouchedGroup(current));
        if (changed.isPresent()) {
            return changed;
        }
        List<ObjectId> all = List.copyOf(state.objects().keySet());
        ObjectId known = current != null && state.object(current) != null ? current : null;
        if (known != null && known.kind().equals("queue")) {
            return Optional.of(known);
        }
        return firstQueue(all)
                .or(() -> Optional.ofNullable(known))
                .or(() -> touched.stream().findFirst())
                .or(() -> all.stream().findFirst());
    }

    /// A queue of a group the event changed: the current one if it is, else the group's first.
    private Optional<ObjectId> queueOfTouchedGroup(@Nullable ObjectId current) {
        List<ObjectId> queues =
                state.objects().keySet().stream()
                        .filter(id -> id.kind().equals("queue"))
                        .filter(id -> touched.contains(groupOf(id)))
                        .toList();
        return queues.contains(current)
                ? Optional.ofNullable(current)
                : queues.stream().findFirst();
    }

    private static ObjectId groupOf(ObjectId queue) {
        return new ObjectId("group", queue.key().substring(0, queue.key().indexOf('.')));
    }

    private static Optional<ObjectId> firstQueue(List<ObjectId> ids) {
        return ids.stream().filter(id -> id.kind().equals("queue")).findFirst();
    }

    private static boolean isWritten(ObjectState object, long seq) {
        for (SortedMap<String, Cell> cells : object.beliefs().values()) {
            for (Cell cell : cells.values()) {
                if (cell.writtenBy() == seq) {
                    return true;
                }
            }
        }
        return false;
    }
}
