package org.panscope.core.kernel.mmu;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DmaResv;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.MemoryEvent.Reclaim;
import org.panscope.trace.event.MemoryEvent.ReclaimStep;

/// Direct reclaim: who makes a buffer object when memory is short first takes pages away from
/// others, oldest first, and for that waits for every fence that stands for a use of them. Neither
/// the series nor its base has a shrinker; this is the one the reviewers asked about, with
/// `param.memory_limit_bytes` as the memory there is.
///
/// ASSUMPTION: kernel.shrinker.
///
/// kernel: drivers/gpu/drm/drm_gem.c, drm_gem_lru_scan; panthor_gem.c of 2026
public final class GemShrinker {
    private final KernelContext kernel;

    public GemShrinker(KernelContext kernel) {
        this.kernel = kernel;
    }

    /// Makes sure that so much more fits.
    ///
    /// @return 0, or -ENOMEM when there is not enough even without all others
    public int makeRoom(long sizeBytes) {
        long limit = kernel.driver().limits().memoryLimitBytes();
        if (limit == 0 || residentBytes() + sizeBytes <= limit) {
            return 0;
        }
        tell(ReclaimStep.BEGIN, sizeBytes, null, null);
        for (GemObject bo : kernel.alive(GemObject.class)) {
            if (bo.isReclaimable() && residentBytes() + sizeBytes > limit) {
                reclaim(bo);
            }
        }
        tell(ReclaimStep.END, sizeBytes, null, null);
        return residentBytes() + sizeBytes <= limit ? 0 : Errno.ENOMEM;
    }

    private long residentBytes() {
        return kernel.alive(GemObject.class).stream()
                .filter(GemObject::isReclaimable)
                .mapToLong(GemObject::sizeBytes)
                .sum();
    }

    /// The reservation stays locked while its fences are waited for, so that no use is added.
    private void reclaim(GemObject bo) {
        bo.get();
        DmaResv resv = bo.resv();
        resv.lock().lock();
        for (DmaResv.Entry entry : resv.entries()) {
            DmaFence fence = entry.fence();
            if (!fence.isSignaled()) {
                tell(ReclaimStep.WAIT_FENCE, bo.sizeBytes(), bo, fence);
                fence.await(kernel.sim());
            }
        }
        bo.evict();
        resv.lock().unlock();
        bo.put();
    }

    private void tell(
            ReclaimStep step, long sizeBytes, @Nullable GemObject bo, @Nullable DmaFence fence) {
        kernel.sim()
                .emit(
                        kernel.memoryTrack(),
                        new Reclaim(
                                step,
                                sizeBytes,
                                bo == null ? null : (Integer) bo.id(),
                                fence == null ? null : fence.objectId()));
    }
}
