package org.panscope.core.kernel.mmu;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/// The `drm_mm` of an address space: the part where the kernel places its own objects. The smallest
/// hole that fits is taken, of equal ones the youngest.
///
/// kernel: drivers/gpu/drm/drm_mm.c (DRM_MM_INSERT_BEST); panthor_mmu.c, panthor_vm_alloc_va
final class KernelVa {
    /// A free range.
    ///
    /// @param stamp when it came into being
    private record Hole(long start, long end, long stamp) {
        long size() {
            return end - start;
        }
    }

    private final long autoEnd;
    private final TreeMap<Long, Long> nodes = new TreeMap<>();
    private final TreeMap<Long, Hole> holes = new TreeMap<>();
    private long stamps;

    /// @param end one past the last address
    KernelVa(long start, long end) {
        // As posted, the last byte of the range is taken for its end.
        autoEnd = end - 1;
        addHole(start, end);
    }

    /// `drm_mm_insert_node_in_range`.
    ///
    /// @param alignment a power of two
    /// @return the address, or null when there is no room
    @Nullable Long insertBest(long sizeBytes, long alignment) {
        Hole best = null;
        for (Hole hole : holes.values()) {
            long start = (hole.start() + alignment - 1) & -alignment;
            boolean fits = Math.min(hole.end(), autoEnd) - start >= sizeBytes;
            if (fits && (best == null || isBetter(hole, best))) {
                best = hole;
            }
        }
        if (best == null) {
            return null;
        }
        long start = (best.start() + alignment - 1) & -alignment;
        take(best, start, start + sizeBytes);
        return start;
    }

    private static boolean isBetter(Hole hole, Hole best) {
        return hole.size() < best.size()
                || (hole.size() == best.size() && hole.stamp() > best.stamp());
    }

    /// `drm_mm_reserve_node`: a range that is known to be free.
    void reserve(long va, long sizeBytes) {
        Map.Entry<Long, Hole> entry = holes.floorEntry(va);
        if (entry != null && va + sizeBytes <= entry.getValue().end()) {
            take(entry.getValue(), va, va + sizeBytes);
        }
    }

    /// `drm_mm_remove_node`, if one begins there.
    void remove(long va) {
        Long size = nodes.remove(va);
        if (size == null) {
            return;
        }
        long start = va;
        long end = va + size;
        Map.Entry<Long, Hole> before = holes.lowerEntry(va);
        if (before != null && before.getValue().end() == start) {
            start = before.getKey();
            holes.remove(start);
        }
        Hole after = holes.remove(end);
        if (after != null) {
            end = after.end();
        }
        addHole(start, end);
    }

    private void take(Hole hole, long start, long end) {
        holes.remove(hole.start());
        nodes.put(start, end - start);
        addHole(hole.start(), start);
        addHole(end, hole.end());
    }

    private void addHole(long start, long end) {
        if (start < end) {
            holes.put(start, new Hole(start, end, stamps++));
        }
    }
}
