package org.panscope.core.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/// The state a [Reducer] came to. Immutable, and cheap to keep: it shares all that did not change
/// with the states before it.
public final class ReducedState implements MachineState {
    /// Nothing has happened yet.
    public static final ReducedState INITIAL =
            new ReducedState(
                    0,
                    0,
                    PersistentMap.empty(),
                    MemoryImage.EMPTY,
                    PersistentMap.empty(),
                    StateIndex.EMPTY,
                    0,
                    List.of());

    private final long position;
    private final long timeNs;
    private final PersistentMap<ObjectId, ObjectState> objects;
    private final MemoryImage memory;
    private final PersistentMap<Integer, AddressSpace> spaces;
    private final StateIndex index;
    private final long anomalyCount;
    private final List<Anomaly> anomalies;

    ReducedState(
            long position,
            long timeNs,
            PersistentMap<ObjectId, ObjectState> objects,
            MemoryImage memory,
            PersistentMap<Integer, AddressSpace> spaces,
            StateIndex index,
            long anomalyCount,
            List<Anomaly> anomalies) {
        this.position = position;
        this.timeNs = timeNs;
        this.objects = objects;
        this.memory = memory;
        this.spaces = spaces;
        this.index = index;
        this.anomalyCount = anomalyCount;
        this.anomalies = List.copyOf(anomalies);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long timeNs() {
        return timeNs;
    }

    @Override
    public SortedMap<ObjectId, ObjectState> objects() {
        return Collections.unmodifiableSortedMap(objects);
    }

    @Override
    public MemoryImage memory() {
        return memory;
    }

    /// The GPU address space of a VM; without mappings when nothing was heard of it.
    public AddressSpace addressSpace(int vmId) {
        AddressSpace space = spaces.find(vmId);
        return space == null ? AddressSpace.EMPTY : space;
    }

    /// How often the trace contradicted itself so far.
    public long anomalyCount() {
        return anomalyCount;
    }

    /// The first of these occasions, at most [StateBuilder#MAX_ANOMALIES].
    public List<Anomaly> anomalies() {
        return anomalies;
    }

    /// All objects of one kind, in order.
    public List<ObjectState> ofKind(String kind) {
        return new ArrayList<>(StateIndex.range(objects, kind, "").values());
    }

    PersistentMap<ObjectId, ObjectState> tree() {
        return objects;
    }

    PersistentMap<Integer, AddressSpace> spaces() {
        return spaces;
    }

    StateIndex index() {
        return index;
    }
}
