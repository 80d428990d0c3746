package org.panscope.core.uapi;

/// Layout of `drm_panthor_mmu_info`: what the MMU can map.
///
/// ```
///    0  u64  page_size_bitmap
/// ```
///
/// include/uapi/drm/panthor_drm.h
public final class MmuInfo {
    public static final int PAGE_SIZE_BITMAP = 0;

    /// Bytes of the struct.
    public static final int SIZE = 8;

    /// Smallest size accepted: up to the last mandatory member.
    public static final int MIN_SIZE = 8;

    private MmuInfo() {}
}
