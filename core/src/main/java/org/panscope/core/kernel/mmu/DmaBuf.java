package org.panscope.core.kernel.mmu;

import org.panscope.core.kernel.base.KernelFile;

/// A `dma_buf` of this device: a descriptor that gives another file a handle of the same object.
///
/// kernel: drivers/dma-buf/dma-buf.c, drivers/gpu/drm/drm_prime.c
public final class DmaBuf extends KernelFile {
    private final GemObject object;

    /// Takes a reference of its own.
    DmaBuf(GemObject object) {
        this.object = object.get();
    }

    public GemObject object() {
        return object;
    }

    @Override
    protected void release() {
        object.dmaBufGone();
    }
}
