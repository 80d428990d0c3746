package org.panscope.core.kernel.drm;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.trace.event.FenceEvent.FenceKind;

/// A `dma_fence` that signals only once somebody wants it to: its `enable_signaling` begins what
/// ends with the signal.
///
/// drivers/gpu/drm/amd/amdgpu/amdgpu_eviction_fence.c: amdgpu_eviction_fence_enable_signaling
public final class DmaFenceOnDemand extends DmaFence {
    private final Runnable begin;

    /// @param begin run once, when the first callback is added; must not block
    public DmaFenceOnDemand(
            KernelContext kernel,
            FenceKind kind,
            String driver,
            String timeline,
            long context,
            long seqno,
            Runnable begin) {
        super(kernel, kind, driver, timeline, context, seqno, null);
        this.begin = begin;
    }

    @Override
    boolean hasEnableSignaling() {
        return true;
    }

    @Override
    boolean enableSignalingByOps() {
        begin.run();
        return true;
    }
}
