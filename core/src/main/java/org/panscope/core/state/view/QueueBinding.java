package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

import java.util.ArrayList;
import java.util.List;

/// Which queue is where, as the driver has it.
final class QueueBinding {
    private QueueBinding() {}

    /// The queue a command stream interface serves, or null when nothing is bound there.
    static @Nullable ObjectId queueOn(MachineState state, int csg, int cs) {
        Long gid = number(state.object(ObjectId.of("slot", csg)), "group");
        ObjectId queue = gid == null ? null : ObjectId.queue(gid, cs);
        return queue != null && state.object(queue) != null ? queue : null;
    }

    /// Whether a buffer object is the ring of a queue.
    static boolean isRing(MachineState state, int bo) {
        for (ObjectState queue : ofKind(state, "queue")) {
            Long ring = ringMemory(queue);
            if (ring != null && ring == bo) {
                return true;
            }
        }
        return false;
    }

    /// Where the bytes of a queue's ring are kept: its buffer object, or where a capture does not
    /// tell of that, an identity of their own. Null when nothing is known of the ring.
    static @Nullable Long ringMemory(ObjectState queue) {
        Long bo = number(queue, "ring_bo");
        Cell own = queue.get(Belief.MEMORY, ObjectState.RING_MEMORY);
        return bo != null ? bo : own != null && own.value() instanceof Long id ? id : null;
    }

    /// All objects of one kind, without a look at the others: there may be very many fences.
    static List<ObjectState> ofKind(MachineState state, String kind) {
        List<ObjectState> found = new ArrayList<>();
        for (ObjectState object : state.objects().tailMap(new ObjectId(kind, "")).values()) {
            if (!object.id().kind().equals(kind)) {
                break;
            }
            found.add(object);
        }
        return found;
    }

    private static @Nullable Long number(@Nullable ObjectState object, String quantity) {
        Cell cell = object == null ? null : object.get(Belief.KERNEL, quantity);
        return cell != null && cell.value() instanceof Long number ? number : null;
    }
}
