package org.panscope.core.kernel.mmu;

/// A `drm_gpuva`: a range of a GPU address space that shows part of a buffer object.
///
/// @param va GPU address
/// @param sizeBytes of the range
/// @param bo what it shows
/// @param boOffset first byte shown
/// @param flags `DRM_PANTHOR_VM_BIND_OP_MAP_*`
public record VmMapping(long va, long sizeBytes, GemObject bo, long boOffset, int flags) {

    public long end() {
        return va + sizeBytes;
    }

    /// The part from `from` to `to`.
    VmMapping part(long from, long to) {
        return new VmMapping(from, to - from, bo, boOffset + (from - va), flags);
    }
}
