package org.panscope.core.uapi;

/// Layout of `drm_panthor_vm_get_state`: whether an address space can be used.
///
/// ```
///    0  u32  vm_id
///    4  u32  state: out: 0 usable, 1 unusable
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class VmGetStateArgs {
    public static final int VM_ID = 0;
    public static final int STATE = 4;

    /// Bytes of the struct.
    public static final int SIZE = 8;

    private VmGetStateArgs() {}
}
