package org.panscope.core.kernel.drm;

import org.panscope.core.kernel.base.KernelFile;

/// A `sync_file`: a descriptor of one fence, whatever becomes of the syncobj it was taken from.
///
/// kernel: drivers/dma-buf/sync_file.c
public final class SyncFile extends KernelFile {
    private final DmaFence fence;

    /// `sync_file_create`: takes a reference of its own.
    public SyncFile(DmaFence fence) {
        this.fence = fence.get();
    }

    public DmaFence fence() {
        return fence;
    }

    @Override
    protected void release() {
        fence.put();
    }
}
