package org.panscope.core.state;

import org.jspecify.annotations.Nullable;

/// Finds queues and what belongs to them, for the reducers.
final class Queues {
    /// `doorbell_id` of a queue whose group has no slot.
    static final long NO_DOORBELL = 255;

    private Queues() {}

    /// Where the bytes of a queue's ring are kept, or null.
    static @Nullable Integer ringMemory(ObjectEditor queue) {
        Long bo = queue.number(Belief.KERNEL, "ring_bo");
        Long memory = bo == null ? queue.number(Belief.MEMORY, ObjectState.RING_MEMORY) : bo;
        return memory == null ? null : memory.intValue();
    }

    static ObjectEditor known(StateBuilder state, long gid, int queue) {
        return state.known(ObjectId.queue(gid, queue));
    }

    /// All queues of a group.
    static Iterable<ObjectEditor> of(StateBuilder state, long gid) {
        return state.all("queue", gid + ".");
    }

    /// The queue a command stream interface serves, or null when nothing is bound there.
    static @Nullable ObjectEditor boundTo(StateBuilder state, int csg, int cs) {
        Long gid = groupOn(state, csg);
        return gid == null ? null : state.find(ObjectId.queue(gid, cs));
    }

    /// The group on a slot, or null.
    static @Nullable Long groupOn(StateBuilder state, int csg) {
        ObjectEditor slot = state.find(ObjectId.of("slot", csg));
        return slot == null ? null : slot.number(Belief.KERNEL, "group");
    }

    /// The VM of a group, or null.
    static @Nullable Long vmOf(StateBuilder state, long gid) {
        ObjectEditor group = state.find(ObjectId.of("group", gid));
        return group == null ? null : group.number(Belief.KERNEL, "vm");
    }

    /// Stores a word of the user I/O pages, where they are known.
    static void storeUserIo(
            StateBuilder state, ObjectEditor queue, long offset, long value, int widthBytes) {
        Long bo = queue.number(Belief.KERNEL, "io_bo");
        if (bo != null) {
            state.write(bo.intValue(), offset, value, widthBytes);
        }
    }

    /// Sets a bit of a group's mask as a flag of each of its queues.
    static void setFlags(StateBuilder state, long gid, String flag, long mask) {
        for (ObjectEditor queue : of(state, gid)) {
            String key = queue.id().key();
            int index = Integer.parseInt(key.substring(key.indexOf('.') + 1));
            queue.set(Belief.KERNEL, flag, index >= 0 && index < 64 && ((mask >>> index) & 1) != 0);
        }
    }
}
