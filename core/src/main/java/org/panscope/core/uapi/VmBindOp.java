package org.panscope.core.uapi;

/// Layout of `drm_panthor_vm_bind_op`: one mapping operation.
///
/// ```
///    0  u32  flags: type in bits 31:28
///    4  u32  bo_handle
///    8  u64  bo_offset
///   16  u64  va
///   24  u64  op_size: bytes
///   32  obj  syncs: array of [SyncOp]
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class VmBindOp {
    public static final int FLAGS = 0;
    public static final int BO_HANDLE = 4;
    public static final int BO_OFFSET = 8;
    public static final int VA = 16;
    public static final int OP_SIZE = 24;
    public static final int SYNCS = 32;

    /// Bytes of the struct.
    public static final int SIZE = 48;

    /// Smallest array stride accepted: up to the last mandatory member.
    public static final int MIN_SIZE = 48;

    /// FLAGS: the GPU may not write.
    public static final int MAP_READONLY = 1;

    /// FLAGS: the GPU may not execute shaders from it.
    public static final int MAP_NOEXEC = 1 << 1;

    /// FLAGS: not cached by the GPU.
    public static final int MAP_UNCACHED = 1 << 2;

    /// FLAGS: bits of the type.
    public static final int TYPE_MASK = 0xf << 28;

    /// FLAGS: map.
    public static final int TYPE_MAP = 0;

    /// FLAGS: unmap.
    public static final int TYPE_UNMAP = 1 << 28;

    /// FLAGS: only synchronise.
    public static final int TYPE_SYNC_ONLY = 2 << 28;

    private VmBindOp() {}
}
