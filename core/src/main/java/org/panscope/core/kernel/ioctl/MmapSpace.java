package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.GroupFactory;
import org.panscope.trace.event.KernelEvent.MappingKind;

import java.util.TreeMap;
import java.util.TreeSet;

/// The file offsets of the device node that mmap(2) knows: fake offsets of buffer objects, the
/// flush id page, the doorbell pages.
///
/// ```
/// 1 << 32 ...                 buffer objects, one after the other
/// 1 << 56                     LATEST_FLUSH_ID page
/// (1 << 56) + (1 << 42)       doorbell of group handle 1; 64 KiB from handle to handle
/// ```
///
/// kernel: drm_vma_manager.c; panthor_device.h; RFC patch 3/8
public final class MmapSpace implements GroupFactory.Mmappable {
    public static final long FLUSH_ID = 1L << 56;

    /// Where files map registers that chose the offset of 32-bit processes.
    public static final long FLUSH_ID_32BIT = 1L << 43;

    public static final long DOORBELLS = FLUSH_ID + (1L << 42);
    public static final long DOORBELL_STRIDE = 0x10000;
    public static final int MAX_GROUPS = 128;
    public static final long DOORBELLS_END = DOORBELLS + MAX_GROUPS * DOORBELL_STRIDE;

    private static final long FIRST_FAKE_OFFSET = 1L << 32;

    /// A buffer object with a fake offset, a `drm_vma_offset_node`.
    static final class Node {
        private final GemObject bo;
        private final MappingKind kind;
        private final @Nullable Long gid;
        private final @Nullable Integer queue;
        private final TreeSet<Integer> allowed = new TreeSet<>();

        /// @param kind what the object is
        /// @param gid group it belongs to, for rings and user I/O pages
        /// @param queue queue it belongs to
        Node(GemObject bo, MappingKind kind, @Nullable Long gid, @Nullable Integer queue) {
            this.bo = bo;
            this.kind = kind;
            this.gid = gid;
            this.queue = queue;
        }

        GemObject bo() {
            return bo;
        }

        MappingKind kind() {
            return kind;
        }

        @Nullable Long gid() {
            return gid;
        }

        @Nullable Integer queue() {
            return queue;
        }

        /// `drm_vma_node_allow`.
        Node allow(int fileId) {
            allowed.add(fileId);
            return this;
        }

        /// `drm_vma_node_revoke`.
        void revoke(int fileId) {
            allowed.remove(fileId);
        }

        /// `drm_vma_node_is_allowed`: whoever has a handle, or the file of the group.
        boolean isAllowed(int fileId) {
            return kind == MappingKind.BO ? bo.handleIn(fileId) != null : allowed.contains(fileId);
        }
    }

    private final TreeMap<Long, Node> nodes = new TreeMap<>();
    private long next = FIRST_FAKE_OFFSET;

    /// Offset of the doorbell page of a group handle.
    public static long doorbellOffset(int handle) {
        return DOORBELLS + (handle - 1) * DOORBELL_STRIDE;
    }

    static boolean isDoorbell(long offset) {
        return offset >= DOORBELLS && offset < DOORBELLS_END;
    }

    static int doorbellHandle(long offset) {
        return (int) ((offset - DOORBELLS) / DOORBELL_STRIDE) + 1;
    }

    @Override
    public long offsetFor(GemObject bo, Group group, int queue, boolean ring) {
        MappingKind kind = ring ? MappingKind.RING : MappingKind.USER_IO;
        return add(new Node(bo, kind, group.gid(), queue).allow(group.fileId()));
    }

    @Override
    public void revoke(GemObject bo, Group group) {
        Node node = nodeOf(bo);
        if (node != null) {
            node.revoke(group.fileId());
        }
    }

    /// Offset of a user's buffer object; the same each time.
    long offsetOf(GemObject bo, int fileId) {
        for (var entry : nodes.entrySet()) {
            if (entry.getValue().bo() == bo) {
                entry.getValue().allow(fileId);
                return entry.getKey();
            }
        }
        return add(new Node(bo, MappingKind.BO, null, null).allow(fileId));
    }

    /// The object at an offset; null when there is none or it was freed, which takes its offset
    /// away.
    @Nullable Node nodeAt(long offset) {
        Node node = nodes.get(offset);
        if (node != null && node.bo().isFreed()) {
            nodes.remove(offset);
            return null;
        }
        return node;
    }

    private @Nullable Node nodeOf(GemObject bo) {
        for (Node node : nodes.values()) {
            if (node.bo() == bo) {
                return node;
            }
        }
        return null;
    }

    private long add(Node node) {
        long offset = next;
        nodes.put(offset, node);
        node.bo().beforeFreeing(() -> nodes.remove(offset));
        next += node.bo().sizeBytes();
        return offset;
    }
}
