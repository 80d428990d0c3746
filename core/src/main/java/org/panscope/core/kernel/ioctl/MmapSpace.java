package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.GroupFactory;
import org.panscope.trace.event.KernelEvent.MappingKind;

import java.util.TreeMap;

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

    /// A buffer object with a fake offset.
    ///
    /// @param bo the object
    /// @param fileId file it was made for
    /// @param kind what it is
    /// @param gid group it belongs to, for rings and user I/O pages
    /// @param queue queue it belongs to
    record Node(
            GemObject bo,
            int fileId,
            MappingKind kind,
            @Nullable Long gid,
            @Nullable Integer queue) {
        /// `drm_vma_node_is_allowed`: whoever has a handle, or the file of the group.
        boolean isAllowed(int file) {
            return kind == MappingKind.BO ? bo.handleIn(file) != null : fileId == file;
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
        return add(new Node(bo, group.fileId(), kind, group.gid(), queue));
    }

    /// Offset of a user's buffer object; the same each time.
    long offsetOf(GemObject bo, int fileId) {
        for (var entry : nodes.entrySet()) {
            if (entry.getValue().bo() == bo) {
                return entry.getKey();
            }
        }
        return add(new Node(bo, fileId, MappingKind.BO, null, null));
    }

    @Nullable Node nodeAt(long offset) {
        return nodes.get(offset);
    }

    private long add(Node node) {
        long offset = next;
        nodes.put(offset, node);
        node.bo().beforeFreeing(() -> nodes.remove(offset));
        next += node.bo().sizeBytes();
        return offset;
    }
}
