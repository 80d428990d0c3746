package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.Unit;

import java.util.List;

/// Sync objects: a value and, right behind it, an error word in memory that the GPU can reach.
///
/// ```
/// 32-bit  0  u32 value   4  u32 error
/// 64-bit  0  u64 value   8  u32 error   12  padding
/// ```
///
/// kernel: panthor_sched.c, panthor_syncobj_32b and panthor_syncobj_64b
final class SyncObjects {
    private static final String[] PLACE = {"bo", "bo_offset", "value", "error"};

    private SyncObjects() {}

    /// The words of a sync object whose place is known.
    static List<WatchedWord> words(ObjectState sync) {
        Long bo = StateIndex.number(sync, Belief.MEMORY, "bo");
        Long offset = StateIndex.number(sync, Belief.MEMORY, "bo_offset");
        Long width = StateIndex.number(sync, Belief.MEMORY, "width");
        if (bo == null || offset == null || width == null) {
            return List.of();
        }
        int valueBytes = width.intValue();
        return List.of(
                new WatchedWord(bo.intValue(), offset, sync.id(), "value", valueBytes, Unit.COUNT),
                new WatchedWord(
                        bo.intValue(),
                        offset + valueBytes,
                        sync.id(),
                        "error",
                        Integer.BYTES,
                        Unit.HEX));
    }

    /// A sync object that is used; its place is looked up in the address space.
    ///
    /// @param width of the value in bytes
    static ObjectEditor at(StateBuilder state, long vmId, long va, int width) {
        ObjectEditor sync = state.edit(ObjectId.sync(vmId, va));
        Long known = sync.number(Belief.MEMORY, "width");
        if (known == null || known != width) {
            sync.set(Belief.MEMORY, "width", (long) width, Unit.BYTES);
            place(state, sync, state.space((int) vmId).resolve(va));
        }
        return sync;
    }

    /// A sync object somebody looks at without saying how wide it is.
    static ObjectEditor seen(StateBuilder state, long vmId, long va) {
        return state.edit(ObjectId.sync(vmId, va));
    }

    /// Says where the object lies, or that nobody knows.
    static void place(StateBuilder state, ObjectEditor sync, AddressSpace.@Nullable Place place) {
        if (sync.get(Belief.MEMORY, "bo") != null) {
            state.unwatch(sync.id());
        }
        sync.clear(Belief.MEMORY, PLACE);
        if (place != null) {
            sync.set(Belief.MEMORY, "bo", place.bo(), Unit.ID);
            sync.set(Belief.MEMORY, "bo_offset", place.offset(), Unit.BYTES);
            state.watch(words(sync.state()));
        }
    }

    /// The address space changed: everything in it may lie elsewhere now.
    static void placeAgain(StateBuilder state, int vmId) {
        AddressSpace space = state.space(vmId);
        for (ObjectEditor sync : state.all("sync", vmId + "@")) {
            AddressSpace.Place place = space.resolve(va(sync.id()));
            Long bo = sync.number(Belief.MEMORY, "bo");
            Long offset = sync.number(Belief.MEMORY, "bo_offset");
            boolean same =
                    place == null
                            ? bo == null
                            : bo != null
                                    && bo == place.bo()
                                    && offset != null
                                    && offset == place.offset();
            if (!same && sync.get(Belief.MEMORY, "width") != null) {
                place(state, sync, place);
            }
        }
    }

    private static long va(ObjectId sync) {
        int at = sync.key().indexOf("@0x");
        return Long.parseUnsignedLong(sync.key().substring(at + 3), 16);
    }
}
