package org.panscope.core.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.event.FirmwareEvent.HeapStep;
import org.panscope.trace.event.FirmwareEvent.TilerHeap;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Driver and firmware meet where the tiler runs out of memory; the invariant is checked at every
/// event.
class TilerOomSamplesTest {
    private static final Set<HeapStep> COUNTS =
            EnumSet.of(HeapStep.VT_START, HeapStep.VT_END, HeapStep.FRAG_END);

    @Test
    void kernelGrowsTheHeapUntilTheDrawHasEnough() {
        List<TilerHeap> steps = Runs.sample("tiler-oom.json").of(TilerHeap.class);
        assertEquals(
                List.of(
                        HeapStep.TAKE_CHUNK,
                        HeapStep.OUT_OF_MEMORY,
                        HeapStep.GROWN,
                        HeapStep.TAKE_CHUNK,
                        HeapStep.OUT_OF_MEMORY,
                        HeapStep.GROWN,
                        HeapStep.TAKE_CHUNK,
                        HeapStep.FREE_CHUNKS,
                        HeapStep.TAKE_CHUNK,
                        HeapStep.TAKE_CHUNK,
                        HeapStep.TAKE_CHUNK,
                        HeapStep.FREE_CHUNKS),
                memory(steps, null));
        List<Long> taken =
                steps.stream()
                        .filter(heap -> heap.step() == HeapStep.TAKE_CHUNK)
                        .map(TilerHeap::chunk)
                        .toList();
        assertEquals(taken.subList(0, 3), taken.subList(3, 6), "frame 2 uses the same chunks");
        TilerHeap last = steps.getLast();
        assertEquals(List.of(2, 2, 2), List.of(last.vtStart(), last.vtEnd(), last.fragEnd()));
    }

    @Test
    void refusedHeapFailsTheDrawOrLetsTheHandlerFreeChunks() {
        EventLog log = Runs.sample("tiler-oom-refused.json");
        List<TilerHeap> steps = log.of(TilerHeap.class);
        List<HeapStep> refusal =
                List.of(
                        HeapStep.TAKE_CHUNK,
                        HeapStep.OUT_OF_MEMORY,
                        HeapStep.GROWN,
                        HeapStep.TAKE_CHUNK,
                        HeapStep.OUT_OF_MEMORY,
                        HeapStep.REFUSED);
        List<Integer> vms =
                steps.stream()
                        .map(TilerHeap::vmId)
                        .map(Objects::requireNonNull)
                        .distinct()
                        .toList();
        assertEquals(1, steps.stream().mapToLong(TilerHeap::heapVa).distinct().count());
        assertEquals(2, vms.size(), "two heaps at one address");
        assertEquals(refusal, memory(steps, vms.getFirst()).subList(0, 6));
        List<HeapStep> patient = memory(steps, vms.getLast());
        assertEquals(refusal, patient.subList(0, 6));
        assertEquals(
                List.of(
                        HeapStep.HANDLER_ENTER,
                        HeapStep.FREE_CHUNKS,
                        HeapStep.HANDLER_EXIT,
                        HeapStep.TAKE_CHUNK,
                        HeapStep.FREE_CHUNKS),
                patient.subList(6, patient.size()));
    }

    private static List<HeapStep> memory(List<TilerHeap> steps, @Nullable Integer vmId) {
        return steps.stream()
                .filter(heap -> vmId == null || vmId.equals(heap.vmId()))
                .map(TilerHeap::step)
                .filter(step -> !COUNTS.contains(step))
                .toList();
    }
}
