package org.panscope.core.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.core.timeline.TraceScript.bars;
import static org.panscope.core.timeline.TraceScript.instants;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.core.isa.Assembler;
import org.panscope.core.isa.Isa;
import org.panscope.trace.event.FirmwareEvent.CsInstr;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.Endpoint;
import org.panscope.trace.event.FirmwareEvent.EndpointKind;
import org.panscope.trace.event.FirmwareEvent.EndpointStep;
import org.panscope.trace.event.FirmwareEvent.Fault;
import org.panscope.trace.event.FirmwareEvent.FaultKind;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.FirmwareEvent.HeapStep;
import org.panscope.trace.event.FirmwareEvent.TilerHeap;
import org.panscope.trace.event.MemoryEvent.BoDestroy;
import org.panscope.trace.event.SchedEvent.GroupStateName;
import org.panscope.trace.event.SchedEvent.Unbind;

import java.util.List;

/// What the row of a command stream says of every way it can go on or stand still.
class StreamRulesTest {
    private static final String CS = "firmware:firmware > csg:csg 0 > cs:cs 0";
    private static final String ROW = "firmware / csg 0 / cs 0";

    @Test
    void scoreboardWaitNamesTheSlotsOfTheInstructionThatWaits() {
        Timeline timeline =
                new TraceScript()
                        .at(10, CS, instruction("WAIT #18"))
                        .at(10, CS, block(1))
                        .at(20, CS, step(CsStep.UNBLOCK))
                        .build();
        assertEquals(
                List.of("10-20 blocked: scoreboard #18 WAITING", "20-… executing RUNNING"),
                bars(timeline, ROW));
    }

    @Test
    void syncWaitNamesConditionAndValue() {
        Timeline timeline =
                new TraceScript()
                        .at(10, CS, sync(5L, true))
                        .at(20, CS, sync(7L, false))
                        .at(30, CS, sync(null, null))
                        .build();
        assertEquals(
                List.of(
                        "10-20 blocked: sync wait > 5 WAITING",
                        "20-30 blocked: sync wait ≤ 7 WAITING",
                        "30-… blocked: sync wait WAITING"),
                bars(timeline, ROW));
    }

    @Test
    void everyOtherReasonIsAWordAndAnUnknownOneANumber() {
        Timeline timeline =
                new TraceScript()
                        .at(10, CS, block(2))
                        .at(20, CS, block(4))
                        .at(30, CS, block(6))
                        .at(40, CS, block(9))
                        .build();
        assertEquals(
                List.of(
                        "10-20 blocked: progress WAITING",
                        "20-30 blocked: deferred WAITING",
                        "30-40 blocked: flush WAITING",
                        "40-… blocked: reason 9 WAITING"),
                bars(timeline, ROW));
    }

    @Test
    void resourceWaitNamesTheEndpointsAskedForAndNotGranted() {
        Timeline timeline =
                new TraceScript()
                        .at(10, CS, claim(EndpointKind.FRAGMENT, EndpointStep.REQUEST))
                        .at(10, CS, claim(EndpointKind.TILER, EndpointStep.REQUEST))
                        .at(12, CS, claim(EndpointKind.TILER, EndpointStep.GRANT))
                        .at(20, CS, block(5))
                        .build();
        assertEquals(List.of("20-… blocked: resource fragment WAITING"), bars(timeline, ROW));
    }

    @Test
    void instructionsAreNamedByTheirText() {
        Timeline timeline =
                new TraceScript()
                        .at(10, CS, instruction("MOVE32 r70, #0x10"))
                        .at(12, CS, instruction("ADD_IMMEDIATE32 r70, r70, #-1"))
                        .at(14, CS, instruction("MOVE32 r70, #0x10"))
                        .build();
        assertEquals(
                List.of(
                        "10 MOVE32 r70, #0x10 TICK ACTIVITY",
                        "12 ADD_IMMEDIATE32 r70, r70, #-1 TICK ACTIVITY",
                        "14 MOVE32 r70, #0x10 TICK ACTIVITY"),
                instants(timeline, ROW));
        Instants instants = TraceScript.row(timeline, ROW).instants();
        assertEquals(instants.label(0), instants.label(2));
    }

    @Test
    void manyDifferentInstructionsKeepTheirOwnText() {
        TraceScript script = new TraceScript();
        for (int i = 0; i < 1_000; i++) {
            script.at(i, CS, instruction("MOVE32 r" + i % 90 + ", #0x" + i / 90));
        }
        Timeline timeline = script.build();
        Instants instants = TraceScript.row(timeline, ROW).instants();
        for (int i = 0; i < 1_000; i++) {
            assertEquals("MOVE32 r" + i % 90 + ", #0x" + i / 90, timeline.label(instants.label(i)));
        }
    }

    @Test
    void faultIsACrossAndTheErrorStateLastsToTheBarrier() {
        Timeline timeline =
                new TraceScript()
                        .at(0, CS, step(CsStep.UNBLOCK))
                        .at(10, CS, fault(FaultKind.CS_FAULT, 0x4b))
                        .at(20, CS, instruction("ERROR_BARRIER"))
                        .at(30, CS, block(2))
                        .build();
        assertEquals(
                List.of(
                        "0-30 executing RUNNING",
                        "30-… blocked: progress WAITING",
                        "10-20 error state: CS_FAULT: CS_INHERIT_FAULT ERROR"),
                bars(timeline, ROW));
        assertTrue(instants(timeline, ROW).contains("10 CS_FAULT: CS_INHERIT_FAULT CROSS ERROR"));
    }

    @Test
    void fatalEndsTheStreamUntilTheGroupLeaves() {
        Timeline timeline =
                new TraceScript()
                        .at(0, CS, step(CsStep.UNBLOCK))
                        .at(10, CS, fault(FaultKind.CS_FATAL, 0x49))
                        .at(10, CS, step(CsStep.STOP))
                        .at(20, CS, step(CsStep.FETCH))
                        .at(40, CS, new Unbind(3, 0, GroupStateName.TERMINATED, 0))
                        .at(50, CS, new BoDestroy(1))
                        .build();
        assertEquals(
                List.of("0-10 executing RUNNING", "10-40 CS_FATAL: CS_INSTR_INVALID ERROR"),
                bars(timeline, ROW));
    }

    @Test
    void handlerForATilerWithoutMemoryStandsBelowTheState() {
        Timeline timeline =
                new TraceScript()
                        .at(0, CS, step(CsStep.UNBLOCK))
                        .at(10, CS, heap(HeapStep.HANDLER_ENTER))
                        .at(30, CS, heap(HeapStep.HANDLER_EXIT))
                        .at(40, CS, step(CsStep.EMPTY))
                        .build();
        assertEquals(
                List.of(
                        "0-40 executing RUNNING",
                        "40-… idle IDLE",
                        "10-30 exception handler: tiler OOM ACTIVITY"),
                bars(timeline, ROW));
        assertEquals(0, timeline.unpaired());
    }

    @Test
    void faultOfAnAddressSpaceStandsOnItsRow() {
        Timeline timeline =
                new TraceScript()
                        .at(
                                5,
                                "hardware:hardware > mmu:mmu",
                                new Fault(FaultKind.MMU_FAULT, null, null, 2, 0xc3, 0, 0x1000))
                        .build();
        assertEquals(
                List.of("5 MMU_FAULT: TRANSLATION_FAULT_3 CROSS ERROR"),
                instants(timeline, "hardware / AS 2"));
    }

    private static CsInstr instruction(String text) {
        return new CsInstr(0, 0, 0x1000, new Assembler(Isa.v10()).word(text), 0);
    }

    private static FwCs step(CsStep step) {
        return new FwCs(0, 0, step, null, null, null, null, null, null, null, null, null);
    }

    private static FwCs block(int reason) {
        return new FwCs(0, 0, CsStep.BLOCK, null, null, null, null, reason, null, null, null, null);
    }

    private static FwCs sync(@Nullable Long value, @Nullable Boolean greater) {
        return new FwCs(
                0, 0, CsStep.BLOCK, null, null, null, null, 3, 0x2000L, value, greater, true);
    }

    private static Endpoint claim(EndpointKind kind, EndpointStep step) {
        return new Endpoint(kind, step, 0, 0, null, null);
    }

    private static Fault fault(FaultKind kind, int exception) {
        return new Fault(kind, 0, 0, 1, exception, 0, 0);
    }

    private static TilerHeap heap(HeapStep step) {
        return new TilerHeap(0x7000, step, 0, 0, 1, 0, 0, null, null);
    }
}
