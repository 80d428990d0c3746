package org.panscope.core.uapi;

/// Layout of `drm_panthor_obj_array`: an array of structs in user memory.
///
/// ```
///    0  u32  stride: bytes from element to element
///    4  u32  count
///    8  u64  array: user pointer
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class ObjArray {
    public static final int STRIDE = 0;
    public static final int COUNT = 4;
    public static final int ARRAY = 8;

    /// Bytes of the struct.
    public static final int SIZE = 16;

    private ObjArray() {}
}
