package org.panscope.core.uapi;

/// Layout of `drm_panthor_vm_destroy`: ends an address space.
///
/// ```
///    0  u32  id
///    4  u32  pad: must be 0
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class VmDestroyArgs {
    public static final int ID = 0;
    public static final int PAD = 4;

    /// Bytes of the struct.
    public static final int SIZE = 8;

    private VmDestroyArgs() {}
}
