package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.drm.DrmSyncobj;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.SyncobjState;
import org.panscope.trace.event.FenceEvent.SyncobjStep;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Timelines: dma_fence_chain and what a drm_syncobj makes of it.
class FenceChainTest {
    private static final DrmSyncobj.Handle HANDLE = new DrmSyncobj.Handle(1, 1);

    private final DrmBench bench = new DrmBench();
    private final DrmSyncobj syncobj = new DrmSyncobj(bench.kernel);
    private final List<DmaFence> fences = new ArrayList<>();

    FenceChainTest() {
        bench.does(() -> syncobj.handleAdded(HANDLE, SyncobjStep.CREATE));
    }

    /// Adds points, each with a fence of its own.
    private void points(long... points) {
        bench.does(() -> {
            for (long point : points) {
                DmaFence fence = bench.fence();
                fences.add(fence);
                syncobj.addPoint(fence, point, HANDLE);
            }
        });
    }

    private void signal(int index) {
        bench.does(() -> fences.get(index).signal());
    }

    private DmaFence head() {
        return Objects.requireNonNull(syncobj.fence());
    }

    private DrmSyncobj.Found find(long point) {
        DrmSyncobj.Found[] found = new DrmSyncobj.Found[1];
        bench.does(() -> found[0] = syncobj.findFence(point));
        return found[0];
    }

    private long query(boolean lastSubmitted) {
        long[] point = new long[1];
        bench.does(() -> point[0] = syncobj.query(lastSubmitted));
        return point[0];
    }

    @Test
    void laterPointsShareAContext() {
        points(3, 5);
        assertEquals(FenceKind.CHAIN, head().kind());
        assertEquals("dma_fence_chain", head().driver());
        assertEquals("unbound", head().timeline());
        assertEquals(5, head().seqno());
        DmaFence before = Objects.requireNonNull(head().prev());
        assertEquals(3, before.seqno());
        assertEquals(head().context(), before.context());
    }

    @Test
    void anEarlierPointBeginsANewContextAndKeepsTheSeqno() {
        points(5, 3);
        DmaFence before = Objects.requireNonNull(head().prev());
        assertNotEquals(head().context(), before.context());
        assertEquals(5, head().seqno());
        assertEquals(Errno.EINVAL, find(6).errno());
        assertSame(head(), find(3).fence());
    }

    @Test
    void aPointBehindABinaryFenceBeginsAContext() {
        DmaFence[] binary = new DmaFence[1];
        bench.does(() -> {
            binary[0] = bench.fence();
            syncobj.replaceFence(binary[0], SyncobjStep.REPLACE_FENCE, HANDLE);
        });
        points(1);
        assertSame(binary[0], head().prev());
        signal(0);
        bench.does(() -> assertFalse(head().isSignaled()));
        bench.does(() -> binary[0].signal());
        bench.does(() -> assertTrue(head().isSignaled()));
    }

    @Test
    void aPointIsFoundAtTheNodeThatCoversIt() {
        points(2, 4, 8);
        DmaFence eight = head();
        DmaFence four = Objects.requireNonNull(eight.prev());
        assertSame(eight, find(0).fence());
        assertSame(eight, find(8).fence());
        assertSame(eight, find(5).fence());
        assertSame(four, find(4).fence());
        assertSame(four, find(3).fence());
        assertSame(four.prev(), find(1).fence());
        assertEquals(Errno.EINVAL, find(9).errno());
        assertNull(find(9).fence());
    }

    @Test
    void aForgottenPointIsAFenceThatHasSignalled() {
        points(2, 4);
        signal(0);
        DmaFence found = Objects.requireNonNull(find(2).fence());
        assertEquals(FenceKind.STUB, found.kind());
        assertTrue(found.hasSignaledFlag());
    }

    @Test
    void aPointOfABinaryFenceIsNotThere() {
        bench.does(() -> syncobj.assignStub(SyncobjStep.SIGNAL, HANDLE));
        assertEquals(0, find(0).errno());
        assertEquals(Errno.EINVAL, find(1).errno());
    }

    @Test
    void anEmptySyncobjHasNoFence() {
        assertEquals(Errno.EINVAL, find(0).errno());
        assertEquals(SyncobjState.EMPTY, syncobj.state());
    }

    @Test
    void aNodeIsSignalledWhenAllBeforeItAre() {
        points(1, 2, 3);
        signal(2);
        signal(1);
        bench.does(() -> assertFalse(head().isSignaled()));
        signal(0);
        bench.does(() -> assertTrue(head().isSignaled()));
    }

    @Test
    void whoeverWaitsForANodeIsToldWhenAllBeforeItHaveSignalled() {
        points(1, 2, 3);
        List<DmaFence> told = new ArrayList<>();
        DmaFence three = head();
        bench.does(() -> assertTrue(three.addCallback(told::add)));
        signal(1);
        signal(0);
        assertEquals(List.of(), told);
        signal(2);
        assertEquals(List.of(three), told);
    }

    @Test
    void walkingDropsLinksThatHaveSignalled() {
        points(1, 2);
        signal(0);
        DmaFence two = head();
        assertNotNull(two.prev());
        points(3);
        assertSame(two, head().prev());
        assertNull(Objects.requireNonNull(find(1).fence()).prev());
        signal(1);
        assertEquals(2, query(false));
        assertNull(head().prev());
    }

    @Test
    void queryTellsTheLastPointThatHasSignalled() {
        points(2, 4, 8);
        assertEquals(0, query(false));
        assertEquals(8, query(true));
        signal(1);
        assertEquals(0, query(false));
        assertEquals(0L, syncobj.signaledPoint());
        signal(0);
        assertEquals(4, query(false));
        assertEquals(4L, syncobj.signaledPoint());
        signal(2);
        assertEquals(8, query(false));
    }

    @Test
    void queryOfUnorderedPointsAnswersZero() {
        points(5, 3);
        signal(0);
        assertEquals(0, query(false));
        signal(1);
        assertEquals(5, query(false));
    }

    @Test
    void aBinarySyncobjGoesFromPendingToSignalled() {
        bench.does(() -> {
            fences.add(bench.fence());
            syncobj.replaceFence(fences.getFirst(), SyncobjStep.REPLACE_FENCE, HANDLE);
        });
        assertEquals(SyncobjState.BINARY_PENDING, syncobj.state());
        signal(0);
        assertEquals(SyncobjState.BINARY_SIGNALED, syncobj.state());
        points(1);
        assertEquals(SyncobjState.TIMELINE, syncobj.state());
        bench.does(() -> syncobj.replaceFence(null, SyncobjStep.RESET, HANDLE));
        assertEquals(SyncobjState.EMPTY, syncobj.state());
    }

    @Test
    void transferringATimelineMergesWhatHasNotSignalled() {
        points(1, 2);
        DrmSyncobj target = new DrmSyncobj(bench.kernel);
        DrmSyncobj.Handle handle = new DrmSyncobj.Handle(1, 2);
        bench.does(() -> {
            target.handleAdded(handle, SyncobjStep.CREATE);
            target.addUnwrapped(head(), 7, handle);
        });
        DmaFence point = Objects.requireNonNull(target.fence());
        assertEquals(7, point.seqno());
        assertTrue(
                bench.kernel.alive(DmaFence.class).stream()
                        .anyMatch(f ->
                                f.objectId().equals(point.wraps()) && f.kind() == FenceKind.ARRAY));
        bench.does(() -> {
            fences.get(0).setError(Errno.EIO);
            fences.get(0).signal();
            assertFalse(point.isSignaled());
            fences.get(1).signal();
            assertTrue(point.isSignaled());
        });
    }

    @Test
    void everyFenceIsGivenBackInTheEnd() {
        points(1, 2, 3);
        bench.does(() -> {
            fences.forEach(DmaFence::signal);
            fences.forEach(DmaFence::put);
            syncobj.handleRemoved(HANDLE);
            syncobj.put();
        });
        assertEquals(List.of(), bench.kernel.alive(DmaFence.class));
    }
}
