package org.panscope.core.uapi;

/// Layout of `drm_panthor_vm_bind`: a list of mapping operations.
///
/// ```
///    0  u32  vm_id
///    4  u32  flags
///    8  obj  ops: array of [VmBindOp]
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class VmBindArgs {
    public static final int VM_ID = 0;
    public static final int FLAGS = 4;
    public static final int OPS = 8;

    /// Bytes of the struct.
    public static final int SIZE = 24;

    /// FLAGS: queue the operations instead of doing them in the ioctl.
    public static final int ASYNC = 1;

    private VmBindArgs() {}
}
