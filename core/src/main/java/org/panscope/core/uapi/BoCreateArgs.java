package org.panscope.core.uapi;

/// Layout of `drm_panthor_bo_create`: a new buffer object.
///
/// ```
///    0  u64  bo_size: in and out, bytes
///    8  u32  flags
///   12  u32  exclusive_vm_id: 0 = shareable
///   16  u32  handle: out
///   20  u32  pad: must be 0
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class BoCreateArgs {
    public static final int BO_SIZE = 0;
    public static final int FLAGS = 8;
    public static final int EXCLUSIVE_VM_ID = 12;
    public static final int HANDLE = 16;
    public static final int PAD = 20;

    /// Bytes of the struct.
    public static final int SIZE = 24;

    /// FLAGS: will never be mapped by the CPU.
    public static final int NO_MMAP = 1;

    /// FLAGS: CPU mappings are write-back cached (2026).
    public static final int WB_MMAP = 1 << 1;

    private BoCreateArgs() {}
}
