package org.panscope.core.state;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a GPU address space shows where: disjoint ranges of GPU virtual addresses, each backed by
/// part of a buffer object. Immutable. Addresses are unsigned.
///
/// @param mappings by the start address with its top bit flipped, which sorts unsigned numbers
public record AddressSpace(Map<Long, Mapping> mappings) {
    static final AddressSpace EMPTY = new AddressSpace(PersistentMap.empty());

    /// One range.
    ///
    /// @param va first GPU virtual address
    /// @param sizeBytes length of the range
    /// @param bo buffer object behind it, or null when it was not observed
    /// @param boOffset offset of the first byte in that object; 0 without one
    /// @param flags `DRM_PANTHOR_VM_BIND_OP_MAP_*`, or null when they were not observed
    public record Mapping(
            long va, long sizeBytes, @Nullable Integer bo, long boOffset, @Nullable Long flags) {
        private long last() {
            return va + (sizeBytes - 1);
        }
    }

    /// A byte of a buffer object.
    public record Place(int bo, long offset) {}

    /// What lies behind an address, or null when nothing known does.
    public @Nullable Place resolve(long va) {
        Map.Entry<Long, Mapping> entry = tree().floor(key(va));
        if (entry == null) {
            return null;
        }
        Mapping mapping = entry.getValue();
        Integer bo = mapping.bo();
        if (bo == null || Long.compareUnsigned(va, mapping.last()) > 0) {
            return null;
        }
        return new Place(bo, mapping.boOffset() + (va - mapping.va()));
    }

    AddressSpace map(Mapping mapping) {
        if (mapping.sizeBytes() == 0) {
            return this;
        }
        Mapping clipped = clip(mapping);
        return new AddressSpace(
                unmap(clipped.va(), clipped.sizeBytes()).tree().with(key(clipped.va()), clipped));
    }

    /// Without a range; mappings that stick out at its ends are cut.
    AddressSpace unmap(long va, long sizeBytes) {
        if (sizeBytes == 0) {
            return this;
        }
        Mapping gone = clip(new Mapping(va, sizeBytes, null, 0, null));
        PersistentMap<Long, Mapping> left = tree();
        for (Mapping mapping : overlapping(gone)) {
            left = left.without(key(mapping.va()));
            if (Long.compareUnsigned(mapping.va(), gone.va()) < 0) {
                Mapping head =
                        new Mapping(
                                mapping.va(),
                                gone.va() - mapping.va(),
                                mapping.bo(),
                                mapping.boOffset(),
                                mapping.flags());
                left = left.with(key(head.va()), head);
            }
            if (Long.compareUnsigned(mapping.last(), gone.last()) > 0) {
                long start = gone.last() + 1;
                Mapping tail =
                        new Mapping(
                                start,
                                mapping.last() - gone.last(),
                                mapping.bo(),
                                mapping.boOffset() + (start - mapping.va()),
                                mapping.flags());
                left = left.with(key(start), tail);
            }
        }
        return new AddressSpace(left);
    }

    private List<Mapping> overlapping(Mapping range) {
        List<Mapping> found = new ArrayList<>();
        Map.Entry<Long, Mapping> before = tree().floor(key(range.va()));
        long from = before == null ? key(range.va()) : before.getKey();
        for (Mapping mapping : tree().tailMap(from).values()) {
            if (Long.compareUnsigned(mapping.va(), range.last()) > 0) {
                break;
            }
            if (Long.compareUnsigned(mapping.last(), range.va()) >= 0) {
                found.add(mapping);
            }
        }
        return found;
    }

    private PersistentMap<Long, Mapping> tree() {
        return (PersistentMap<Long, Mapping>) mappings;
    }

    private static Mapping clip(Mapping mapping) {
        return Long.compareUnsigned(mapping.last(), mapping.va()) >= 0
                ? mapping
                : new Mapping(
                        mapping.va(),
                        -mapping.va(),
                        mapping.bo(),
                        mapping.boOffset(),
                        mapping.flags());
    }

    private static long key(long va) {
        return va ^ Long.MIN_VALUE;
    }
}
