package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsInput;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.fwif.FwLayout.CsgInput;
import org.panscope.core.fwif.FwLayout.CsgOutput;
import org.panscope.core.fwif.FwLayout.GlbInput;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.hw.Regs;
import org.panscope.core.isa.CsWords;
import org.panscope.trace.event.FirmwareEvent;

import java.util.List;

/// A CSG slot and its streams, row by row of the behaviour the driver depends on.
class GroupInterfaceTest {
    private static final int COMPUTE_ONE_CORE = 1;

    // ---- states -------------------------------------------------------------------------------

    @Test
    void startLoadsTheConfigurationAndRunsEveryStreamThatShallRun() {
        TestHost host = booted();
        host.startGroup(2);
        host.setCs(1, CsInput.REQ, FwBits.CS_STATE_STOP);
        host.run();
        assertEquals(FwBits.CSG_STATE_START, host.groupState());
        assertTrue(host.stream(0).isRunning());
        assertFalse(host.stream(1).isRunning());
        assertEquals(FwBits.CS_STATE_START, host.csOut(0, CsOutput.ACK) & FwBits.CS_STATE_MASK);
    }

    @Test
    void suspendRefreshesTheStatusWordsAndSaysWhereTheStreamStands() {
        TestHost host = waiting();
        host.host(() -> host.requestState(FwBits.CSG_STATE_SUSPEND));
        host.run();
        assertEquals(FwBits.CSG_STATE_SUSPEND, host.groupState());
        assertEquals(
                FwBits.BLOCKED_REASON_SYNC_WAIT, host.csOut(0, CsOutput.STATUS_BLOCKED_REASON));
        assertEquals((int) TestHost.SYNC, host.csOut(0, CsOutput.STATUS_WAIT_SYNC_PTR));
        assertEquals((int) TestHost.RING + 16, host.csOut(0, CsOutput.STATUS_CMD_PTR));
        assertEquals(16, host.extract(0));
    }

    @Test
    void statusWordsAreOldUntilTheHostAsksForThem() {
        TestHost host = waiting();
        assertEquals(FwBits.BLOCKED_REASON_SYNC_WAIT, host.stream(0).blockedReason());
        assertEquals(0, host.csOut(0, CsOutput.STATUS_BLOCKED_REASON));
        host.host(() -> host.toggle(FwBits.CSG_STATUS_UPDATE));
        host.run();
        assertEquals(
                FwBits.BLOCKED_REASON_SYNC_WAIT, host.csOut(0, CsOutput.STATUS_BLOCKED_REASON));
        assertEquals(
                host.csgIn(CsgInput.REQ) & FwBits.CSG_STATUS_UPDATE,
                host.csgOut(CsgOutput.ACK) & FwBits.CSG_STATUS_UPDATE);
    }

    @Test
    void resumeGoesOnFromTheContextAndIsAcknowledgedAsResume() {
        TestHost host = waiting();
        host.host(() -> host.requestState(FwBits.CSG_STATE_SUSPEND));
        host.run();
        host.sync.write64(0, 5);
        host.host(() -> host.requestState(FwBits.CSG_STATE_RESUME));
        host.run();
        assertEquals(FwBits.CSG_STATE_RESUME, host.groupState());
        assertEquals(24, host.extract(0));
    }

    @Test
    void resumeWithoutAContextActsAsStart() {
        TestHost host = booted();
        host.startGroup(1);
        host.push(0, CsWords.nop());
        host.run();
        host.host(() -> host.requestState(FwBits.CSG_STATE_TERMINATE));
        host.run();
        host.host(() -> host.requestState(FwBits.CSG_STATE_RESUME));
        host.run();
        assertEquals(FwBits.CSG_STATE_RESUME, host.groupState());
        assertEquals(8, host.extract(0));
        assertTrue(host.stream(0).isRunning());
    }

    @Test
    void stateAboveResumeIsNotAcknowledgedUnlessTheParameterSaysOtherwise() {
        TestHost host = booted();
        host.startGroup(1);
        host.run();
        host.host(() -> host.requestState(5));
        host.run();
        assertEquals(FwBits.CSG_STATE_START, host.groupState());
        assertTrue(host.stream(0).isRunning());
        TestHost echo = booted(GpuParameters.ECHO_UNKNOWN_CSG_STATE, 1);
        echo.startGroup(1);
        echo.run();
        echo.host(() -> echo.requestState(5));
        echo.run();
        assertEquals(5, echo.groupState());
    }

    @Test
    void startOfARunningSlotLeavesItsStreamsAloneUnlessTheParameterSaysOtherwise() {
        assertEquals(1, startsAfterASecondRequest(0));
        assertEquals(2, startsAfterASecondRequest(1));
    }

    private static long startsAfterASecondRequest(int restart) {
        TestHost host = booted(GpuParameters.RESTART_RUNNING_CSG, restart);
        host.startGroup(1);
        host.run();
        host.setCsg(CsgInput.SUSPEND_BUF, 0);
        host.host(() -> host.requestState(FwBits.CSG_STATE_RESUME));
        host.run();
        assertEquals(FwBits.CSG_STATE_RESUME, host.groupState());
        return host.recorder.ofType(FirmwareEvent.FwCs.class).stream()
                .map(entry -> ((FirmwareEvent.FwCs) entry.event()).step())
                .filter(FirmwareEvent.CsStep.START::equals)
                .count();
    }

    @Test
    void endpointsCountFromStartOrEndpointConfigOn() {
        TestHost host = booted();
        host.startGroup(1);
        host.run();
        host.setCsg(CsgInput.ALLOW_FRAGMENT, 5);
        host.setCsg(CsgInput.ENDPOINT_REQ, 0xf000_0000 | (4 << 8));
        assertFalse(host.mcu.endpoints().allows(0, 2));
        host.host(() -> host.toggle(FwBits.CSG_ENDPOINT_CONFIG));
        host.run();
        assertTrue(host.mcu.endpoints().allows(0, 2));
        assertEquals(0xf000_0000 | (4 << 8), host.csgOut(CsgOutput.STATUS_ENDPOINT_REQ));
        assertEquals(0xf000_0000 | (2 << 8), host.csgOut(CsgOutput.STATUS_ENDPOINT_CURRENT));
    }

    @Test
    void endpointRequestIsTheWideOneFromVersion4On() {
        TestHost host = booted(GpuParameters.VERSION, 0x0400_0000);
        host.startGroup(1);
        host.setCsg(CsgInput.ENDPOINT_REQ, 2);
        host.setCsg(CsgInput.ENDPOINT_REQ2, COMPUTE_ONE_CORE);
        host.run();
        assertEquals(COMPUTE_ONE_CORE, host.csgOut(CsgOutput.STATUS_ENDPOINT_REQ));
    }

    // ---- events -------------------------------------------------------------------------------

    @Test
    void syncUpdatesAreOneEventUntilItIsAcknowledged() {
        TestHost host = booted();
        host.startGroup(1);
        host.push(0, signal());
        host.push(0, signal());
        host.run();
        assertEquals(1, toggles(host, FwBits.CSG_SYNC_UPDATE));
        host.acknowledgeEvents();
        host.push(0, signal());
        host.ring();
        host.run();
        assertEquals(2, toggles(host, FwBits.CSG_SYNC_UPDATE));
    }

    @Test
    void idleIsToldOnceEachTimeTheGroupRunsDry() {
        TestHost host = booted();
        host.startGroup(2);
        host.run();
        assertEquals(1, toggles(host, FwBits.CSG_IDLE));
        assertEquals(FwBits.CSG_STATUS_STATE_IS_IDLE, host.csgOut(CsgOutput.STATUS_STATE));
        host.ring();
        host.run();
        assertEquals(1, toggles(host, FwBits.CSG_IDLE));
        host.acknowledgeEvents();
        host.push(1, CsWords.nop());
        host.ring();
        host.run();
        assertEquals(2, toggles(host, FwBits.CSG_IDLE));
    }

    @Test
    void emptyRingCountsAsIdleOnlyIfConfigured() {
        TestHost host = booted();
        host.startGroup(1);
        host.setCs(0, CsInput.REQ, FwBits.CS_STATE_START);
        host.run();
        assertEquals(0, toggles(host, FwBits.CSG_IDLE));
        host.setCs(0, CsInput.REQ, FwBits.CS_STATE_START | FwBits.CS_IDLE_EMPTY);
        host.host(() -> host.ringStream(0));
        host.run();
        assertEquals(1, toggles(host, FwBits.CSG_IDLE));
    }

    @Test
    void syncWaitCountsAsIdleOnlyIfConfigured() {
        TestHost host = booted();
        host.startGroup(1);
        host.setCs(0, CsInput.REQ, FwBits.CS_STATE_START | FwBits.CS_IDLE_EMPTY);
        host.push(0, waitForSync());
        host.run();
        assertEquals(0, toggles(host, FwBits.CSG_IDLE));
        host.setCs(0, CsInput.REQ, FwBits.CS_STATE_START | FwBits.CS_IDLE_SYNC_WAIT);
        host.host(() -> host.ringStream(0));
        host.run();
        assertEquals(1, toggles(host, FwBits.CSG_IDLE));
    }

    @Test
    void extractEventIsALevelThatTheHostTakesBack() {
        TestHost host = booted();
        host.startGroup(1);
        host.setCs(0, CsInput.REQ, host.csIn(0, CsInput.REQ) | FwBits.CS_EXTRACT_EVENT);
        host.run();
        assertEquals(0, host.csOut(0, CsOutput.ACK) & FwBits.CS_EXTRACT_EVENT);
        host.push(0, CsWords.nop(), CsWords.nop());
        host.ring();
        host.run();
        assertEquals(
                FwBits.CS_EXTRACT_EVENT, host.csOut(0, CsOutput.ACK) & FwBits.CS_EXTRACT_EVENT);
        assertEquals(1, host.csgOut(CsgOutput.CS_IRQ_REQ));
        host.setCs(0, CsInput.REQ, host.csIn(0, CsInput.REQ) & ~FwBits.CS_EXTRACT_EVENT);
        host.host(() -> host.ringStream(0));
        host.run();
        assertEquals(0, host.csOut(0, CsOutput.ACK) & FwBits.CS_EXTRACT_EVENT);
    }

    @Test
    void maskedStreamEventRaisesNoInterrupt() {
        TestHost host = booted();
        host.startGroup(1);
        host.setCs(0, CsInput.ACK_IRQ_MASK, 0);
        host.setCsg(CsgInput.ACK_IRQ_MASK, 0);
        host.run();
        host.jobInterrupts = 0;
        host.host(() -> host.stream(0).injectFatal(0x41, 3, 0x1234));
        host.run();
        assertEquals(0, host.jobInterrupts);
        assertEquals(FwBits.CS_FATAL, host.csAckEvents(0) & FwBits.CS_FATAL);
        assertEquals(0x341, host.csOut(0, CsOutput.FATAL));
        assertFalse(host.stream(0).isRunning());
    }

    @Test
    void faultWordsKeepTheFirstReportUntilItIsAcknowledged() {
        TestHost host = booted();
        host.startGroup(1);
        host.run();
        host.host(() -> host.stream(0).injectFault(0x58, 0, 1));
        host.host(() -> host.stream(0).injectFault(0x5a, 0, 2));
        assertEquals(0x58, host.csOut(0, CsOutput.FAULT));
        host.setCs(0, CsInput.REQ, host.csIn(0, CsInput.REQ) ^ FwBits.CS_FAULT);
        host.host(() -> host.stream(0).injectFault(0x5a, 0, 2));
        assertEquals(0x5a, host.csOut(0, CsOutput.FAULT));
        assertTrue(host.stream(0).isRunning());
    }

    @Test
    void progressTimerIsSilentWhileItIsZero() {
        TestHost host = booted();
        host.startGroup(1);
        host.push(0, waitForSync());
        host.setCs(0, CsInput.REQ, FwBits.CS_STATE_START);
        host.runFor(10_000_000_000L);
        assertEquals(0, toggles(host, FwBits.CSG_PROGRESS_TIMER_EVENT));
        TestHost timed = booted();
        timed.setGlobal(GlbInput.PROGRESS_TIMER, 1000);
        timed.requestGlobal(FwBits.GLB_CFG_PROGRESS_TIMER);
        timed.run();
        timed.startGroup(1);
        timed.push(0, waitForSync());
        timed.setCs(0, CsInput.REQ, FwBits.CS_STATE_START);
        timed.runFor(10_000_000_000L);
        assertEquals(1, toggles(timed, FwBits.CSG_PROGRESS_TIMER_EVENT));
    }

    @Test
    void progressTimerThatIsSetLaterCountsForAGroupThatIsBusy() {
        TestHost host = booted();
        host.startGroup(1);
        host.push(0, waitForSync());
        host.setCs(0, CsInput.REQ, FwBits.CS_STATE_START);
        host.run();
        host.setGlobal(GlbInput.PROGRESS_TIMER, 1000);
        host.requestGlobal(FwBits.GLB_CFG_PROGRESS_TIMER);
        host.run();
        assertEquals(1, toggles(host, FwBits.CSG_PROGRESS_TIMER_EVENT));
    }

    // ---- streams ------------------------------------------------------------------------------

    @Test
    void streamStopsAndStartsByItself() {
        TestHost host = booted();
        host.startGroup(2);
        host.run();
        host.setCs(0, CsInput.REQ, FwBits.CS_IDLE_EMPTY);
        host.host(() -> host.ringStream(0));
        host.run();
        assertFalse(host.stream(0).isRunning());
        assertTrue(host.stream(1).isRunning());
        assertEquals(FwBits.CS_STATE_STOP, host.csOut(0, CsOutput.ACK) & FwBits.CS_STATE_MASK);
        host.setCs(0, CsInput.REQ, FwBits.CS_STATE_START | FwBits.CS_IDLE_EMPTY);
        host.host(() -> host.ringStream(0));
        host.run();
        assertTrue(host.stream(0).isRunning());
        assertEquals(1, host.csgOut(CsgOutput.DOORBELL_ACK) ^ 1);
    }

    @Test
    void doorbellIndexIsReadAgainWhenTheStreamIsRung() {
        TestHost host = booted();
        host.startGroup(1);
        host.run();
        host.setCs(0, CsInput.CONFIG, 9 << 8);
        host.push(0, CsWords.nop());
        host.host(() -> host.gpu.registers().write32(Regs.doorbell(9), 1));
        host.run();
        assertEquals(0, host.extract(0));
        host.host(() -> host.ringStream(0));
        host.run();
        assertEquals(8, host.extract(0));
        host.push(0, CsWords.nop());
        host.host(() -> host.gpu.registers().write32(Regs.doorbell(9), 1));
        host.run();
        assertEquals(16, host.extract(0));
    }

    // ---- the MMU underneath -------------------------------------------------------------------

    @Test
    void lockedRegionHoldsTheStreamUntilUnlock() {
        assertEquals(List.of(0L, 8L), extractsAroundUnlock(1));
        assertEquals(List.of(8L, 8L), extractsAroundUnlock(0));
    }

    private static List<Long> extractsAroundUnlock(int stalls) {
        TestHost host = booted(GpuParameters.LOCK_STALLS, stalls);
        host.startGroup(1);
        host.run();
        host.host(() -> {
            host.gpu.registers().write64(Regs.as(1, Regs.AS_LOCKADDR), TestHost.RING | 14);
            host.gpu.registers().write32(Regs.as(1, Regs.AS_COMMAND), Regs.AS_COMMAND_LOCK);
        });
        host.push(0, CsWords.nop());
        host.ring();
        host.run();
        long locked = host.extract(0);
        host.host(() ->
                host.gpu.registers().write32(Regs.as(1, Regs.AS_COMMAND), Regs.AS_COMMAND_UNLOCK));
        host.run();
        return List.of(locked, host.extract(0));
    }

    @Test
    void pageFaultIsToldByTheMmuFirstAndByTheStreamOnceItsSpaceIsDisabled() {
        TestHost host = booted();
        host.startGroup(2);
        for (int queue = 0; queue < 2; queue++) {
            host.push(queue, CsWords.move48(92, 0x7000_0000), CsWords.loadMultiple(10, 1, 92, 0));
        }
        host.run();
        assertEquals(2, host.gpu.registers().read32(Regs.MMU_INT_RAWSTAT) & 0xffff);
        assertEquals(0, host.csOut(0, CsOutput.FATAL) | host.csOut(1, CsOutput.FATAL));
        assertEquals(
                1,
                host.recorder.ofType(FirmwareEvent.Fault.class).size(),
                "the second fault finds the first one pending");
        host.disableGroupSpace();
        host.run();
        assertEquals(ExceptionType.CS_BUS_FAULT, host.csOut(0, CsOutput.FATAL) & 0xff);
        assertEquals(ExceptionType.CS_BUS_FAULT, host.csOut(1, CsOutput.FATAL) & 0xff);
    }

    // ---- helpers ------------------------------------------------------------------------------

    /// A group whose stream waits for a sync object to pass 3.
    private static TestHost waiting() {
        TestHost host = booted();
        host.startGroup(1);
        host.push(0, waitForSync());
        host.run();
        assertNotEquals(0, host.stream(0).blockedReason());
        return host;
    }

    private static long[] waitForSync() {
        return new long[] {
            CsWords.move48(92, TestHost.SYNC),
            CsWords.move48(94, 3),
            CsWords.syncWait64(92, 94, CsWords.CONDITION_GT, false)
        };
    }

    private static long[] signal() {
        return new long[] {
            CsWords.move48(92, TestHost.SYNC),
            CsWords.move48(94, 1),
            CsWords.syncAdd64(92, 94, CsWords.SCOPE_SYSTEM, true)
        };
    }

    private static long toggles(TestHost host, int bit) {
        return host.recorder.ofType(FirmwareEvent.FwAck.class).stream()
                .map(entry -> (FirmwareEvent.FwAck) entry.event())
                .filter(ack -> ack.block().equals("CSG0") && ack.word().equals("ack"))
                .filter(ack -> (((int) ack.oldValue() ^ (int) ack.newValue()) & bit) != 0)
                .count();
    }

    private static TestHost booted() {
        return booted(GpuParameters.VERSION, 0x0101_0000);
    }

    private static TestHost booted(String parameter, long value) {
        TestHost host = new TestHost(GpuParameters.defaults().with(parameter, value));
        host.boot();
        host.jobInterrupts = 0;
        return host;
    }
}
