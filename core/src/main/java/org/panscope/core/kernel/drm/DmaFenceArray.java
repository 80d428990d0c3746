package org.panscope.core.kernel.drm;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.event.FenceEvent.FenceKind;

import java.util.ArrayList;
import java.util.List;

/// A `dma_fence_array`: signals when all of its members have, with the first error of theirs.
///
/// kernel: drivers/dma-buf/dma-fence-array.c, dma-fence-unwrap.c
public final class DmaFenceArray extends DmaFence {
    private final List<DmaFence> members;
    private final Actor irqWork = new Actor("irq_work", 0, "irq");
    private int pending;
    private int pendingError;

    /// `dma_fence_array_create`: takes over the references on the members.
    private DmaFenceArray(KernelContext kernel, List<DmaFence> members) {
        super(
                kernel,
                FenceKind.ARRAY,
                "dma_fence_array",
                "unbound",
                kernel.allocateFenceContexts(1),
                1,
                null);
        this.members = List.copyOf(members);
        pending = members.size();
    }

    /// `dma_fence_unwrap_merge` of one fence: what of a chain or array has not signalled, flat.
    ///
    /// @return with a reference: a stub for nothing, the fence itself for one
    static DmaFence unwrap(KernelContext kernel, DmaFence fence) {
        List<DmaFence> leaves = new ArrayList<>();
        fence.leaves(leaves);
        List<DmaFence> open = leaves.stream().filter(leaf -> !leaf.isSignaled()).toList();
        if (open.isEmpty()) {
            return stub(kernel);
        }
        open.forEach(DmaFence::get);
        return open.size() == 1 ? open.getFirst() : new DmaFenceArray(kernel, open);
    }

    @Override
    boolean hasEnableSignaling() {
        return true;
    }

    @Override
    boolean enableSignalingByOps() {
        for (DmaFence member : members) {
            get();
            if (!member.addCallback(this::memberSignaled)) {
                noteError(member);
                put();
                pending--;
                if (pending == 0) {
                    takeError();
                    return false;
                }
            }
        }
        return true;
    }

    private void memberSignaled(DmaFence member) {
        noteError(member);
        pending--;
        if (pending == 0) {
            kernel().sim().schedule(irqWork, 0, Simulation.NORMAL, this::allSignaled);
        } else {
            put();
        }
    }

    private void allSignaled() {
        if (!hasSignaledFlag()) {
            takeError();
            signal();
        }
        put();
    }

    private void noteError(DmaFence member) {
        if (pendingError == 0) {
            pendingError = member.error();
        }
    }

    private void takeError() {
        if (pendingError != 0) {
            setError(pendingError);
        }
    }

    @Override
    boolean isSignaledByOps() {
        boolean all = members.stream().allMatch(DmaFence::isSignaled);
        if (all && !hasSignaledFlag()) {
            members.forEach(this::noteError);
            takeError();
        }
        return all;
    }

    @Override
    boolean wouldBeSignaled() {
        return hasSignaledFlag() || members.stream().allMatch(DmaFence::wouldBeSignaled);
    }

    @Override
    void leaves(List<DmaFence> into) {
        members.forEach(member -> member.leaves(into));
    }

    @Override
    void release() {
        members.forEach(DmaFence::put);
    }
}
