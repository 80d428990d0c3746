package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.AddressSpace;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;
import org.panscope.core.state.ReducedState;

import java.util.List;

/// What a state says, asked for by name.
///
/// @param state the state
/// @param nowNs time of the question, in ns; not before the last event
record Known(MachineState state, long nowNs) {
    static final ObjectId DEVICE = new ObjectId("device", "gpu");

    boolean has(ObjectId id) {
        return state.object(id) != null;
    }

    @Nullable Cell cell(ObjectId id, Belief belief, String quantity) {
        ObjectState object = state.object(id);
        return object == null ? null : object.get(belief, quantity);
    }

    /// A number, or null when nobody knows it.
    @Nullable Long number(ObjectId id, Belief belief, String quantity) {
        Cell cell = cell(id, belief, quantity);
        return cell != null && cell.value() instanceof Long number ? number : null;
    }

    /// The number of the first belief that has one.
    @Nullable Long any(ObjectId id, String quantity, Belief... beliefs) {
        for (Belief belief : beliefs) {
            Long number = number(id, belief, quantity);
            if (number != null) {
                return number;
            }
        }
        return null;
    }

    /// The number, or another when nobody knows it.
    long number(ObjectId id, Belief belief, String quantity, long otherwise) {
        Long number = number(id, belief, quantity);
        return number == null ? otherwise : number;
    }

    /// A text, empty when nobody knows it.
    String text(ObjectId id, Belief belief, String quantity) {
        Cell cell = cell(id, belief, quantity);
        return cell == null ? "" : cell.value().toString();
    }

    boolean isTrue(ObjectId id, Belief belief, String quantity) {
        Cell cell = cell(id, belief, quantity);
        return cell != null && cell.value().equals(true);
    }

    /// The event that set a value, or [Link#NO_EVENT].
    long event(ObjectId id, Belief belief, String quantity) {
        Cell cell = cell(id, belief, quantity);
        return cell == null ? Link.NO_EVENT : cell.writtenBy();
    }

    /// An object a text names, or null when it names none.
    @Nullable ObjectId named(ObjectId id, Belief belief, String quantity) {
        String text = text(id, belief, quantity);
        return text.indexOf(':') > 0 && !text.endsWith(":") ? ObjectId.parse(text) : null;
    }

    /// A little-endian number in the memory of an address space, or null when not all of its bytes
    /// are known.
    @Nullable Long memory(long vm, long va, int bytes) {
        AddressSpace.Place place =
                state instanceof ReducedState reduced
                        ? reduced.addressSpace((int) vm).resolve(va)
                        : null;
        if (place == null) {
            return null;
        }
        boolean[] isKnown = new boolean[bytes];
        byte[] read = state.memory().read(place.bo(), place.offset(), bytes, isKnown);
        long number = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            if (!isKnown[i]) {
                return null;
            }
            number = (number << 8) | (read[i] & 0xff);
        }
        return number;
    }

    /// The buffer object behind an address, or null.
    @Nullable ObjectId bo(long vm, long va) {
        AddressSpace.Place place =
                state instanceof ReducedState reduced
                        ? reduced.addressSpace((int) vm).resolve(va)
                        : null;
        return place == null ? null : ObjectId.of("bo", place.bo());
    }

    List<ObjectState> ofKind(String kind) {
        return state instanceof ReducedState reduced ? reduced.ofKind(kind) : List.of();
    }

    /// The queues of a group.
    List<ObjectId> queuesOf(ObjectId group) {
        return ofKind("queue").stream()
                .map(ObjectState::id)
                .filter(id -> id.key().startsWith(group.key() + "."))
                .toList();
    }

    /// The group of a queue.
    static ObjectId groupOf(ObjectId queue) {
        int dot = queue.key().indexOf('.');
        return new ObjectId("group", dot < 0 ? queue.key() : queue.key().substring(0, dot));
    }

    /// The index of a queue in its group.
    static int indexOf(ObjectId queue) {
        int dot = queue.key().indexOf('.');
        try {
            return dot < 0 ? 0 : Integer.parseInt(queue.key().substring(dot + 1));
        } catch (NumberFormatException e) {
            return 0; // no name the trace made
        }
    }
}
