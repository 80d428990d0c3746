package org.panscope.core.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.panscope.core.timeline.TraceScript.bars;
import static org.panscope.core.timeline.TraceScript.instants;

import org.junit.jupiter.api.Test;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwAck;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.FirmwareEvent.FwReq;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.GroupState;
import org.panscope.trace.event.SchedEvent.GroupStateName;
import org.panscope.trace.event.SchedEvent.Unbind;

import java.util.List;

/// Which group sits on a slot, and what the slot does with it.
class SlotRulesTest {
    private static final String GROUP = "process:app > group:group 1";
    private static final String SLOT = "slots:csg slots > slot:slot 0";
    private static final String CSG = "firmware:firmware > csg:csg 0";
    private static final String CS = CSG + " > cs:cs 0";
    private static final String ROW = "csg slots / slot 0";

    @Test
    void slotGoesFromBoundToStartingToActiveToSuspendedToEmpty() {
        Timeline timeline =
                bound().at(10, CSG, req(0x0, 0x1))
                        .at(20, CSG, ack(0x0, 0x1))
                        .at(50, CSG, req(0x1, 0x2))
                        .at(60, CSG, ack(0x1, 0x2))
                        .at(70, SLOT, new Unbind(3, 0, GroupStateName.SUSPENDED, 0))
                        .build();
        assertEquals(
                List.of(
                        "5-10 app group 1 IDENTITY",
                        "10-20 app group 1 · starting IDENTITY_WAITING",
                        "20-50 app group 1 · active IDENTITY",
                        "50-60 app group 1 · suspending IDENTITY_WAITING",
                        "60-70 app group 1 · suspended IDENTITY_IDLE"),
                bars(timeline, ROW));
        assertEquals(
                List.of("70 unbind app group 1: SUSPENDED DIAMOND IDENTITY"),
                instants(timeline, ROW));
    }

    @Test
    void resumeAndTerminateAreNamed() {
        Timeline timeline =
                bound().at(10, CSG, req(0x2, 0x3))
                        .at(20, CSG, ack(0x2, 0x3))
                        .at(30, CSG, req(0x3, 0x0))
                        .at(40, CSG, ack(0x3, 0x0))
                        .build();
        assertEquals(
                List.of(
                        "5-10 app group 1 IDENTITY",
                        "10-20 app group 1 · resuming IDENTITY_WAITING",
                        "20-30 app group 1 · active IDENTITY",
                        "30-40 app group 1 · terminating IDENTITY_WAITING",
                        "40-… app group 1 · terminated IDENTITY_IDLE"),
                bars(timeline, ROW));
    }

    @Test
    void groupIsIdleFromTheFirmwaresReportUntilAStreamGoesOn() {
        Timeline timeline =
                bound().at(10, CSG, ack(0x0, 0x1))
                        .at(20, CSG, ack(0x1, 0x2000_0001))
                        .at(30, CS, step(CsStep.FETCH))
                        .build();
        assertEquals(
                List.of(
                        "5-10 app group 1 IDENTITY",
                        "10-20 app group 1 · active IDENTITY",
                        "20-30 app group 1 · idle IDENTITY_IDLE",
                        "30-… app group 1 · active IDENTITY"),
                bars(timeline, ROW));
    }

    @Test
    void newInsertDoesNotWakeAGroupWhoseStreamIsBlocked() {
        Timeline timeline =
                bound().at(10, CSG, ack(0x0, 0x1))
                        .at(15, CS, step(CsStep.BLOCK))
                        .at(20, CSG, ack(0x1, 0x2000_0001))
                        .at(30, CS, step(CsStep.FETCH))
                        .at(40, CS, step(CsStep.UNBLOCK))
                        .build();
        assertEquals(
                List.of(
                        "5-10 app group 1 IDENTITY",
                        "10-20 app group 1 · active IDENTITY",
                        "20-40 app group 1 · idle IDENTITY_IDLE",
                        "40-… app group 1 · active IDENTITY"),
                bars(timeline, ROW));
    }

    @Test
    void kernelsWordCountsWhereTheFirmwaresIsNotRecorded() {
        Timeline timeline =
                bound().at(
                                10,
                                GROUP,
                                new GroupState(3, GroupStateName.CREATED, GroupStateName.ACTIVE, 1))
                        .build();
        assertEquals(
                List.of("5-10 app group 1 IDENTITY", "10-… app group 1 · active IDENTITY"),
                bars(timeline, ROW));
    }

    private static TraceScript bound() {
        return new TraceScript()
                .at(0, GROUP, new GroupState(3, GroupStateName.CREATED, GroupStateName.CREATED, 0))
                .at(5, SLOT, new Bind(3, 0, 1, 1, 0));
    }

    private static FwReq req(long before, long after) {
        return new FwReq("CSG0", "req", before, after);
    }

    private static FwAck ack(long before, long after) {
        return new FwAck("CSG0", "ack", before, after);
    }

    private static FwCs step(CsStep step) {
        return new FwCs(0, 0, step, null, null, null, null, null, null, null, null, null);
    }
}
