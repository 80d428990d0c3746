package org.panscope.core.uapi;

/// Layout of `drm_panthor_vm_create`: a new GPU address space.
///
/// ```
///    0  u32  flags: must be 0
///    4  u32  id: out
///    8  u64  user_va_range: in and out, bytes from 0
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class VmCreateArgs {
    public static final int FLAGS = 0;
    public static final int ID = 4;
    public static final int USER_VA_RANGE = 8;

    /// Bytes of the struct.
    public static final int SIZE = 16;

    private VmCreateArgs() {}
}
