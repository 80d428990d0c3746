package org.panscope.core.kernel.mmu;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.MemoryEvent.BindOp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A `panthor_vm_op_ctx`: an operation on an address space, with everything it can need allocated
/// beforehand, so that doing it allocates nothing.
///
/// kernel: panthor_mmu.c, panthor_vm_prepare_map_op_ctx, panthor_vm_prepare_unmap_op_ctx
public final class VmOp {
    private final BindOp type;
    private final long va;
    private final long sizeBytes;
    private final @Nullable GemObject bo;
    private final long boOffset;
    private final int flags;
    private final Deque<Long> spareTables = new ArrayDeque<>();
    private final List<GemObject> returned = new ArrayList<>();

    VmOp(BindOp type, long va, long sizeBytes, @Nullable GemObject bo, long boOffset, int flags) {
        this.type = type;
        this.va = va;
        this.sizeBytes = sizeBytes;
        this.bo = bo;
        this.boOffset = boOffset;
        this.flags = flags;
    }

    public BindOp type() {
        return type;
    }

    public long va() {
        return va;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /// What is mapped, null for other operations.
    public @Nullable GemObject bo() {
        return bo;
    }

    public long boOffset() {
        return boOffset;
    }

    /// `DRM_PANTHOR_VM_BIND_OP_MAP_*`.
    public int flags() {
        return flags;
    }

    /// Objects of mappings it took away, which hold their references until it is over.
    List<GemObject> returned() {
        return returned;
    }

    /// Frames for page tables.
    Deque<Long> spareTables() {
        return spareTables;
    }
}
