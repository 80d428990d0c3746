package org.panscope.core.kernel.drm;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.FenceEvent.FenceKind;

import java.util.List;

/// A `dma_fence_chain`: a point of a timeline. It is signalled when its own fence and all those
/// before it are. Whoever walks a chain drops the links that have signalled.
///
/// kernel: drivers/dma-buf/dma-fence-chain.c
public final class DmaFenceChain extends DmaFence {
    /// What a look-up of a point found.
    ///
    /// @param errno 0, or -EINVAL when the point is not there yet
    /// @param fence what to wait for, with a reference; null when the point has signalled and is
    ///   forgotten
    record Found(int errno, @Nullable DmaFence fence) {}

    private final DmaFence fence;
    private final long prevSeqno;
    private final Actor irqWork;
    private final Callback memberSignaled = this::memberSignaled;

    private DmaFenceChain(
            KernelContext kernel,
            @Nullable DmaFence prev,
            DmaFence fence,
            long context,
            long seqno,
            long prevSeqno) {
        super(
                kernel,
                FenceKind.CHAIN,
                "dma_fence_chain",
                "unbound",
                context,
                seqno,
                null,
                fence,
                prev);
        this.fence = fence;
        this.prevSeqno = prevSeqno;
        irqWork = new Actor("irq_work", 0, "irq");
    }

    /// `dma_fence_chain_init`: a new head in front of `prev`. Takes over the references on both
    /// fences.
    static DmaFenceChain init(
            KernelContext kernel, @Nullable DmaFence prev, DmaFence fence, long point) {
        if (prev instanceof DmaFenceChain node) {
            if (Long.compareUnsigned(point, node.seqno()) > 0) {
                return new DmaFenceChain(kernel, prev, fence, node.context(), point, node.seqno());
            }
            long latest = node.seqno();
            return new DmaFenceChain(
                    kernel, prev, fence, kernel.allocateFenceContexts(1), latest, 0);
        }
        return new DmaFenceChain(kernel, prev, fence, kernel.allocateFenceContexts(1), point, 0);
    }

    /// `dma_fence_chain_find_seqno`: takes over the reference on `head`.
    static Found findSeqno(DmaFence head, long point) {
        if (point == 0) {
            return new Found(0, head);
        }
        if (!(head instanceof DmaFenceChain chain)
                || Long.compareUnsigned(chain.seqno(), point) < 0) {
            head.put();
            return new Found(Errno.EINVAL, null);
        }
        DmaFence at = head.get();
        while (at instanceof DmaFenceChain node
                && node.context() == chain.context()
                && Long.compareUnsigned(node.prevSeqno, point) >= 0) {
            at = walk(node);
        }
        head.put();
        return new Found(0, at);
    }

    /// `dma_fence_chain_walk`: the fence before this one that has not signalled, with a reference;
    /// gives the reference on `at` back.
    static @Nullable DmaFence walk(DmaFence at) {
        if (!(at instanceof DmaFenceChain chain)) {
            at.put();
            return null;
        }
        DmaFence before = chain.prev();
        while (before != null) {
            DmaFence replacement = null;
            if (before instanceof DmaFenceChain node) {
                if (!node.fence.isSignaled()) {
                    break;
                }
                replacement = node.prev();
            } else if (!before.isSignaled()) {
                break;
            }
            chain.setPrev(replacement == null ? null : replacement.get());
            before.put();
            before = chain.prev();
        }
        DmaFence result = before == null ? null : before.get();
        at.put();
        return result;
    }

    /// Walks from the head once, so that signalled links are dropped.
    static void collectGarbage(@Nullable DmaFence head) {
        DmaFence at = head == null ? null : head.get();
        while (at != null) {
            at = walk(at);
        }
    }

    /// The fence this point adds.
    DmaFence fence() {
        return fence;
    }

    /// Seqno of the point before it when this one was added; 0 for the first of its context.
    long prevSeqno() {
        return prevSeqno;
    }

    @Override
    boolean hasEnableSignaling() {
        return true;
    }

    @Override
    boolean enableSignalingByOps() {
        get();
        DmaFence at = get();
        while (at != null) {
            DmaFence member = at instanceof DmaFenceChain node ? node.fence : at;
            member.get();
            if (member.addCallback(memberSignaled)) {
                at.put();
                return true;
            }
            member.put();
            at = walk(at);
        }
        put();
        return false;
    }

    /// A fence it waited for has signalled; the next one is looked for in an irq_work.
    private void memberSignaled(DmaFence member) {
        kernel().sim().schedule(irqWork, 0, Simulation.NORMAL, this::rearm);
        member.put();
    }

    private void rearm() {
        if (!enableSignalingByOps()) {
            signal();
        }
        put();
    }

    @Override
    boolean isSignaledByOps() {
        DmaFence at = get();
        while (at != null) {
            DmaFence member = at instanceof DmaFenceChain node ? node.fence : at;
            if (!member.isSignaled()) {
                at.put();
                return false;
            }
            at = walk(at);
        }
        return true;
    }

    @Override
    boolean wouldBeSignaled() {
        if (hasSignaledFlag()) {
            return true;
        }
        for (DmaFence at = this; at != null; at = at.prev()) {
            DmaFence member = at instanceof DmaFenceChain node ? node.fence : at;
            if (!member.wouldBeSignaled()) {
                return false;
            }
        }
        return true;
    }

    @Override
    void leaves(List<DmaFence> into) {
        for (DmaFence at = this; at != null; at = at.prev()) {
            (at instanceof DmaFenceChain node ? node.fence : at).leaves(into);
        }
    }

    @Override
    void release() {
        DmaFence before = prev();
        if (before != null) {
            before.put();
        }
        fence.put();
    }

    /// The last point that has signalled, as DRM_IOCTL_SYNCOBJ_QUERY answers; drops no link.
    long signaledPoint() {
        DmaFenceChain oldest = this;
        DmaFence before = oldest.unsignaledBefore();
        while (before instanceof DmaFenceChain node && node.context() == context()) {
            oldest = node;
            before = oldest.unsignaledBefore();
        }
        return oldest.wouldBeSignaled() ? oldest.seqno() : oldest.prevSeqno;
    }

    private @Nullable DmaFence unsignaledBefore() {
        DmaFence before = prev();
        while (before instanceof DmaFenceChain node && node.fence.wouldBeSignaled()) {
            before = node.prev();
        }
        return before == null || before.wouldBeSignaled() ? null : before;
    }
}
