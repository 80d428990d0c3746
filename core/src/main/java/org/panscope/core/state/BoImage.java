package org.panscope.core.state;

/// The bytes of one buffer object. Pages nobody wrote are not kept.
///
/// @param sizeBytes -1 when its creation was not observed
/// @param createdBy sequence number of the event that created it zeroed, or -1
/// @param pages by page index
record BoImage(long sizeBytes, long createdBy, PersistentMap<Long, Page> pages) {
    static final BoImage UNKNOWN = new BoImage(-1, -1, PersistentMap.empty());

    /// Whether bytes that no page holds are known to be zero.
    boolean isZeroed() {
        return createdBy >= 0;
    }

    BoImage with(long pageIndex, Page page) {
        return new BoImage(sizeBytes, createdBy, pages.with(pageIndex, page));
    }
}
