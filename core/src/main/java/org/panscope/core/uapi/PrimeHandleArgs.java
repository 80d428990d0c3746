package org.panscope.core.uapi;

/// Layout of `drm_prime_handle`: a dma-buf of a buffer object, or the other way round.
///
/// ```
///    0  u32  handle
///    4  u32  flags: of the new descriptor
///    8  s32  fd
/// ```
///
/// include/uapi/drm/drm.h
public final class PrimeHandleArgs {
    public static final int HANDLE = 0;
    public static final int FLAGS = 4;
    public static final int FD = 8;

    /// Bytes of the struct.
    public static final int SIZE = 12;

    /// FLAGS: DRM_RDWR and DRM_CLOEXEC, as open(2) has them on arm64.
    public static final int FLAG_MASK = 0x2 | 0x8_0000;

    private PrimeHandleArgs() {}
}
