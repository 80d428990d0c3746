package org.panscope.core.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.core.timeline.TraceScript.bars;
import static org.panscope.core.timeline.TraceScript.instants;
import static org.panscope.core.timeline.TraceScript.steps;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.Endpoint;
import org.panscope.trace.event.FirmwareEvent.EndpointKind;
import org.panscope.trace.event.FirmwareEvent.EndpointStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.FirmwareEvent.HeapStep;
import org.panscope.trace.event.FirmwareEvent.TilerHeap;
import org.panscope.trace.event.MemoryEvent.BoDestroy;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.GroupState;
import org.panscope.trace.event.SchedEvent.GroupStateName;

import java.util.List;

/// Who has the endpoints and who waits for them, and how full tiler heaps are.
class EndpointRulesTest {
    private static final String SLOT_0 = "slots:csg slots > slot:slot 0";
    private static final String CS_0 = "firmware:firmware > csg:csg 0 > cs:cs 0";
    private static final String CS_1 = "firmware:firmware > csg:csg 1 > cs:cs 2";
    private static final String COMPUTE = "endpoints / compute";

    @Test
    void claimIsAskedThenHeldThenUsedThenGone() {
        Timeline timeline =
                bound().at(10, CS_0, claim(0, 0, EndpointStep.REQUEST, null))
                        .at(20, CS_0, claim(0, 0, EndpointStep.GRANT, 0x5L))
                        .at(30, CS_0, claim(0, 0, EndpointStep.START, 0x5L))
                        .at(35, CS_0, claim(0, 0, EndpointStep.START, 0x5L))
                        .at(40, CS_0, claim(0, 0, EndpointStep.END, null))
                        .at(50, CS_0, claim(0, 0, EndpointStep.DROP, null))
                        .at(60, CS_0, claim(0, 0, EndpointStep.RELEASE, null))
                        .at(70, CS_0, new BoDestroy(1))
                        .build();
        assertEquals(
                List.of(
                        "10-20 app group 1 · queue 0 asked IDENTITY_IDLE",
                        "20-30 app group 1 · queue 0 holds IDENTITY_IDLE",
                        "30-35 app group 1 · queue 0 IDENTITY",
                        "35-40 app group 1 · queue 0, 2 jobs IDENTITY",
                        "40-50 app group 1 · queue 0 IDENTITY",
                        "50-60 app group 1 · queue 0 holds IDENTITY_IDLE"),
                bars(timeline, COMPUTE));
        assertEquals(List.of("20=0", "30=2", "50=0"), steps(timeline, COMPUTE + " / busy cores"));
        assertEquals(
                List.of("20=2", "60=0"), steps(timeline, "csg slots / slot 0 / compute cores"));
        assertEquals(0, timeline.unpaired());
    }

    @Test
    void streamThatBlocksForEndpointsWaitsBesideTheOneThatHasThem() {
        Timeline timeline =
                bound().at(10, CS_0, claim(0, 0, EndpointStep.GRANT, 0xfL))
                        .at(10, CS_0, claim(0, 0, EndpointStep.START, 0xfL))
                        .at(20, CS_1, claim(1, 2, EndpointStep.REQUEST, null))
                        .at(30, CS_1, stream(CsStep.BLOCK, 5))
                        .at(50, CS_0, claim(0, 0, EndpointStep.END, null))
                        .at(50, CS_0, claim(0, 0, EndpointStep.RELEASE, null))
                        .at(55, CS_1, claim(1, 2, EndpointStep.GRANT, 0x3L))
                        .at(55, CS_1, claim(1, 2, EndpointStep.START, 0x3L))
                        .at(55, CS_1, stream(CsStep.UNBLOCK, null))
                        .build();
        List<String> bars = bars(timeline, COMPUTE);
        assertTrue(bars.contains("10-50 app group 1 · queue 0 IDENTITY"), bars.toString());
        assertTrue(bars.contains("20-30 csg 1 · queue 2 asked IDENTITY_IDLE"), bars.toString());
        assertTrue(bars.contains("30-55 csg 1 · queue 2 waits IDENTITY_WAITING"), bars.toString());
        assertTrue(bars.contains("55-… csg 1 · queue 2 IDENTITY"), bars.toString());
        assertEquals(
                List.of("10=0", "10=4", "50=0", "55=2"),
                steps(timeline, COMPUTE + " / busy cores"));
    }

    @Test
    void streamKeepsItsLaneWhenTheOtherOneIsGone() {
        Timeline timeline =
                bound().at(10, CS_0, claim(0, 0, EndpointStep.GRANT, 0x1L))
                        .at(20, CS_1, claim(1, 2, EndpointStep.GRANT, 0x4L))
                        .at(30, CS_0, claim(0, 0, EndpointStep.RELEASE, null))
                        .at(40, CS_1, claim(1, 2, EndpointStep.RELEASE, null))
                        .at(50, CS_1, claim(1, 2, EndpointStep.GRANT, 0x4L))
                        .build();
        assertEquals(
                List.of(
                        "10-30 app group 1 · queue 0 holds IDENTITY_IDLE",
                        "20-40 csg 1 · queue 2 holds IDENTITY_IDLE",
                        "50-… csg 1 · queue 2 holds IDENTITY_IDLE"),
                bars(timeline, COMPUTE));
        assertEquals(1, TraceScript.row(timeline, COMPUTE).lanes().getFirst().size());
    }

    @Test
    void traceWithoutEndpointsHasNoSectionForThem() {
        Timeline timeline = bound().at(10, CS_1, stream(CsStep.FETCH, null)).build();
        assertEquals(
                List.of(),
                timeline.roots().stream()
                        .map(TimelineRow::name)
                        .filter(name -> name.equals("endpoints") || name.equals("tiler heaps"))
                        .toList());
    }

    @Test
    void heapCountsPassesAndMarksWhereMemoryRanOut() {
        Timeline timeline =
                new TraceScript()
                        .at(10, CS_0, heap(HeapStep.VT_START, 1, 0))
                        .at(20, CS_0, heap(HeapStep.TAKE_CHUNK, 1, 0))
                        .at(30, CS_0, heap(HeapStep.VT_START, 2, 0))
                        .at(40, CS_0, heap(HeapStep.OUT_OF_MEMORY, 2, 0))
                        .at(50, CS_0, heap(HeapStep.REFUSED, 2, 0))
                        .at(60, CS_0, heap(HeapStep.FRAG_END, 2, 1))
                        .build();
        assertEquals(
                List.of("10=1", "30=2", "60=1"),
                steps(timeline, "tiler heaps / vm 7 0x7000 / passes in flight"));
        List<String> marks = instants(timeline, "tiler heaps / vm 7 0x7000");
        assertTrue(marks.contains("40 out of memory CROSS ERROR"), marks.toString());
        assertTrue(marks.contains("50 growth refused CROSS ERROR"), marks.toString());
    }

    private static TraceScript bound() {
        return new TraceScript()
                .at(
                        0,
                        "process:app > group:group 1",
                        new GroupState(3, GroupStateName.CREATED, GroupStateName.CREATED, 0))
                .at(5, SLOT_0, new Bind(3, 0, 1, 1, 0));
    }

    private static Endpoint claim(int csg, int cs, EndpointStep step, @Nullable Long cores) {
        return new Endpoint(EndpointKind.COMPUTE, step, csg, cs, cores, null);
    }

    private static FwCs stream(CsStep step, @Nullable Integer reason) {
        return new FwCs(1, 2, step, null, null, null, null, reason, null, null, null, null);
    }

    private static TilerHeap heap(HeapStep step, int started, int ended) {
        return new TilerHeap(0x7000, step, 0, 0, started, started, ended, null, 7);
    }
}
