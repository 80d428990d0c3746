package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.fwif.FwLayout.CsgOutput;
import org.panscope.core.fwif.FwLayout.GlbControl;
import org.panscope.core.hw.Regs;
import org.panscope.core.isa.CsWords;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.IrqStep;
import org.panscope.trace.event.SyncEvent;

import java.util.List;

class StreamExecutionTest {
    private static final long ADD_ONE = CsWords.syncAdd64(92, 94, CsWords.SCOPE_SYSTEM, true);

    @Test
    void firmwareBootsAndDescribesItself() {
        TestHost host = new TestHost();
        host.boot();
        assertEquals(Regs.MCU_STATUS_ENABLED, host.gpu.registers().read32(Regs.MCU_STATUS));
        assertEquals(0x0101_0000, host.glb(GlbControl.VERSION));
        assertEquals(8, host.glb(GlbControl.GROUP_NUM));
        assertEquals(Regs.JOB_INT_GLOBAL_IF, host.jobInterrupts);
    }

    @Test
    void firmwareWithoutPageTablesDies() {
        TestHost host = new TestHost();
        host.host(() -> host.gpu.registers().write32(Regs.MCU_CONTROL, Regs.MCU_CONTROL_AUTO));
        host.run();
        assertEquals(Regs.MCU_STATUS_FATAL, host.gpu.registers().read32(Regs.MCU_STATUS));
    }

    @Test
    void ringRunsAndTheHostIsTold() {
        TestHost host = started(1);
        host.push(0, addOne());
        host.ring();
        host.run();
        assertEquals(1, host.sync.read64(0));
        assertEquals(24, host.extract(0));
        assertEquals(0, host.active(0));
        assertEquals(1, host.jobInterrupts & 1);
        assertEquals(FwBits.CSG_STATUS_STATE_IS_IDLE, host.csgOut(CsgOutput.STATUS_STATE));
        assertEquals(FwBits.CSG_SYNC_UPDATE | FwBits.CSG_IDLE, host.csgEvents());
    }

    @Test
    void eventsComeInTheGoldenOrder() {
        TestHost host = new TestHost();
        host.boot();
        host.startGroup(1);
        host.push(0, addOne());
        host.run();
        List<String> steps =
                host.recorder.entries.stream()
                        .filter(e -> e.seq() > 0)
                        .map(StreamExecutionTest::label)
                        .filter(text -> !text.isEmpty())
                        .toList();
        assertEquals(
                List.of(
                        "scan",
                        "ack CSG0.CS0.ack",
                        "ack CSG0.ack",
                        "START",
                        "ACTIVE true",
                        "FETCH",
                        "instr",
                        "instr",
                        "instr",
                        "sync 0->1",
                        "ack CSG0.ack",
                        "EMPTY",
                        "ACTIVE false",
                        "ack CSG0.ack"),
                steps.stream().filter(s -> !s.equals("ack GLB.doorbell_ack")).toList());
    }

    @Test
    void causesLeadFromTheFetchToTheInterrupt() {
        TestHost host = started(1);
        host.push(0, addOne());
        host.ring();
        host.run();
        CollectingRecorder.Entry sync = host.recorder.ofType(SyncEvent.SyncMem.class).getFirst();
        CollectingRecorder.Entry instruction = host.recorder.causeOf(sync);
        assertEquals(ADD_ONE, ((FirmwareEvent.CsInstr) instruction.event()).word());
        CollectingRecorder.Entry fetch = host.recorder.causeOf(instruction);
        assertEquals(CsStep.FETCH, ((FirmwareEvent.FwCs) fetch.event()).step());
        CollectingRecorder.Entry scan = host.recorder.causeOf(fetch);
        assertEquals(new FirmwareEvent.FwDoorbellScan(1, 1), scan.event());
        CollectingRecorder.Entry raise =
                host.recorder.ofType(FirmwareEvent.Irq.class).stream()
                        .filter(e -> e.seq() > sync.seq())
                        .findFirst()
                        .orElseThrow();
        assertEquals(IrqStep.RAISE, ((FirmwareEvent.Irq) raise.event()).step());
        CollectingRecorder.Entry ack = host.recorder.causeOf(raise);
        assertTrue(ack.event() instanceof FirmwareEvent.FwAck);
        assertEquals(sync, host.recorder.causeOf(ack));
        SyncEvent.SyncMem stored = (SyncEvent.SyncMem) sync.event();
        assertEquals(7, stored.vmId());
        assertEquals(host.sync.id(), stored.bo());
        assertEquals(0, stored.boOffset());
    }

    @Test
    void kernelJobCallsTheUserStream() {
        TestHost host = started(1);
        host.code(CsWords.move32(10, 0x77), CsWords.move32(11, 0x88));
        host.push(
                0,
                CsWords.move32(94, 1),
                CsWords.flushCache2(94, 0, 0),
                CsWords.move48(92, TestHost.CODE),
                CsWords.move32(94, 16),
                CsWords.waitSlots(1),
                CsWords.call(92, 94),
                CsWords.move48(92, TestHost.SYNC),
                CsWords.move48(94, 1),
                CsWords.waitSlots(0xff),
                ADD_ONE,
                CsWords.errorBarrier(),
                0,
                0,
                0,
                0,
                0);
        int before = host.gpu.registers().read32(Regs.LATEST_FLUSH_ID);
        host.ring();
        host.run();
        assertEquals(0x77, host.stream(0).register(10));
        assertEquals(0x88, host.stream(0).register(11));
        assertEquals(1, host.sync.read64(0));
        assertEquals(128, host.extract(0));
        assertEquals(before + 1, host.gpu.registers().read32(Regs.LATEST_FLUSH_ID));
        List<Integer> depths =
                host.recorder.ofType(FirmwareEvent.CsInstr.class).stream()
                        .map(e -> ((FirmwareEvent.CsInstr) e.event()).depth())
                        .toList();
        assertEquals(List.of(0, 0, 0, 0, 0, 0, 1, 1, 0), depths.subList(0, 9));
    }

    @Test
    void flushIsSkippedWhenTheGpuHasFlushedSince() {
        TestHost host = started(1);
        host.push(0, CsWords.move32(94, 0), CsWords.flushCache2(94, 0, 0), CsWords.waitSlots(1));
        host.ring();
        host.run();
        int after = host.gpu.registers().read32(Regs.LATEST_FLUSH_ID);
        host.push(
                0,
                CsWords.move32(94, after - 1),
                CsWords.flushCache2(94, 0, 0),
                CsWords.waitSlots(1));
        host.ring();
        host.run();
        assertEquals(after, host.gpu.registers().read32(Regs.LATEST_FLUSH_ID));
    }

    @Test
    void syncWaitBlocksUntilAnotherStreamSignals() {
        TestHost host = started(2);
        host.push(
                0,
                CsWords.move48(92, TestHost.SYNC),
                CsWords.move48(94, 0),
                CsWords.syncWait64(92, 94, CsWords.CONDITION_GT, false),
                CsWords.move32(10, 5));
        host.ring();
        host.run();
        CommandStream waiting = host.stream(0);
        assertEquals(FwBits.BLOCKED_REASON_SYNC_WAIT, waiting.blockedReason());
        assertEquals(TestHost.SYNC, waiting.waitVa());
        assertEquals(16, host.extract(0));
        assertEquals(1, host.active(0));
        assertEquals(FwBits.CSG_STATUS_STATE_IS_IDLE, host.csgOut(CsgOutput.STATUS_STATE));
        assertEquals(0, host.csOut(0, CsOutput.STATUS_BLOCKED_REASON));

        host.host(() -> host.toggle(FwBits.CSG_STATUS_UPDATE));
        host.run();
        assertEquals(3, host.csOut(0, CsOutput.STATUS_BLOCKED_REASON));
        assertEquals(
                FwBits.STATUS_WAIT_SYNC
                        | FwBits.STATUS_WAIT_SYNC_64B
                        | FwBits.STATUS_WAIT_SYNC_COND_GT,
                host.csOut(0, CsOutput.STATUS_WAIT));

        host.push(1, addOne());
        host.ring();
        host.run();
        assertEquals(0, waiting.blockedReason());
        assertEquals(5, waiting.register(10));
        assertEquals(32, host.extract(0));
    }

    @Test
    void storeByTheHostIsSeenOnlyAfterADoorbell() {
        TestHost host = started(1);
        host.push(
                0,
                CsWords.move48(92, TestHost.SYNC),
                CsWords.move48(94, 0),
                CsWords.syncWait64(92, 94, CsWords.CONDITION_GT, false));
        host.ring();
        host.run();
        host.sync.write64(0, 1);
        host.run();
        assertNotEquals(0, host.stream(0).blockedReason());
        host.host(() -> host.gpu.registers().write32(Regs.doorbell(0), 1));
        host.run();
        assertEquals(0, host.stream(0).blockedReason());
    }

    @Test
    void eighthNestedCallOverflowsTheStack() {
        TestHost host = started(1);
        host.code(CsWords.call(92, 94));
        host.push(
                0, CsWords.move48(92, TestHost.CODE), CsWords.move32(94, 8), CsWords.call(92, 94));
        host.ring();
        host.run();
        assertEquals(ExceptionType.CS_CALL_STACK_OVERFLOW, host.csOut(0, CsOutput.FATAL) & 0xff);
        long calls =
                host.recorder.ofType(FirmwareEvent.CsInstr.class).stream()
                        .filter(e -> ((FirmwareEvent.CsInstr) e.event()).depth() > 0)
                        .count();
        assertEquals(7, calls);
    }

    @Test
    void undefinedOpcodeEndsTheStream() {
        TestHost host = started(1);
        host.push(0, 0xff00_0000_0000_0000L, CsWords.move32(10, 1));
        host.ring();
        host.run();
        assertEquals(ExceptionType.CS_INSTR_INVALID, host.csOut(0, CsOutput.FATAL) & 0xff);
        assertEquals(FwBits.CS_FATAL, host.csAckEvents(0) & FwBits.CS_FATAL);
        assertEquals(1, host.csgOut(CsgOutput.CS_IRQ_REQ));
        assertEquals(1, host.jobInterrupts & 1);
        assertFalse(host.stream(0).isRunning());
        assertEquals(0, host.stream(0).register(10));
        assertEquals(0, host.active(0));
    }

    @Test
    void unmappedAccessFaultsTheAddressSpaceAndThenKillsTheStream() {
        TestHost host = started(1);
        host.push(0, CsWords.move48(92, 0x7000_0000), CsWords.loadMultiple(10, 1, 92, 0));
        host.ring();
        host.run();
        assertEquals(2, host.gpu.registers().read32(Regs.MMU_INT_RAWSTAT) & 0xffff);
        int status = host.gpu.registers().read32(Regs.as(1, Regs.AS_FAULTSTATUS));
        assertEquals(0x2c1, status);
        assertEquals(0x7000_0000, host.gpu.registers().read64(Regs.as(1, Regs.AS_FAULTADDRESS)));
        assertEquals(0, host.csOut(0, CsOutput.FATAL));
        host.disableGroupSpace();
        host.run();
        assertEquals(ExceptionType.CS_BUS_FAULT, host.csOut(0, CsOutput.FATAL) & 0xff);
    }

    @Test
    void resumedStreamGoesOnWhereItWasSuspended() {
        TestHost host = started(1);
        host.push(
                0,
                CsWords.move48(20, TestHost.SYNC),
                CsWords.move48(92, TestHost.CODE),
                CsWords.move32(94, 8),
                CsWords.call(92, 94),
                CsWords.move32(12, 0x9abc));
        host.code(CsWords.syncWait64(20, 22, CsWords.CONDITION_GT, false));
        host.ring();
        host.run();
        assertEquals(1, host.stream(0).callDepth());

        host.host(() -> host.requestState(FwBits.CSG_STATE_SUSPEND));
        host.run();
        assertEquals(FwBits.CSG_STATE_SUSPEND, host.csgOut(CsgOutput.ACK) & 7);
        assertFalse(host.stream(0).isRunning());
        assertEquals(24, host.extract(0));
        assertEquals(0, host.active(0));
        assertEquals(3, host.csOut(0, CsOutput.STATUS_BLOCKED_REASON));

        host.sync.write64(0, 1);
        host.host(() -> host.requestState(FwBits.CSG_STATE_RESUME));
        host.run();
        assertEquals(FwBits.CSG_STATE_RESUME, host.csgOut(CsgOutput.ACK) & 7);
        assertEquals(0x9abc, host.stream(0).register(12));
        assertEquals(40, host.extract(0));
    }

    @Test
    void suspendedJobKeepsItsSlotAndEndsAfterResume() {
        TestHost host = started(1);
        host.push(
                0,
                CsWords.reqResource(1),
                CsWords.setSbEntry(2, 0),
                CsWords.move48(38, 1L << 32 | 1),
                CsWords.move32(37, 1),
                CsWords.runCompute(1),
                CsWords.waitSlots(4),
                CsWords.move32(10, 1));
        host.ring();
        host.runFor(10_000);
        assertEquals(4, host.stream(0).scoreboards());
        host.host(() -> host.requestState(FwBits.CSG_STATE_SUSPEND));
        host.run();
        assertEquals(4, host.csOut(0, CsOutput.STATUS_SCOREBOARDS));
        assertEquals(0, host.stream(0).register(10));
        host.host(() -> host.requestState(FwBits.CSG_STATE_RESUME));
        host.run();
        assertEquals(1, host.stream(0).register(10));
    }

    @Test
    void deferredSignalWaitsForTheJobInItsMask() {
        TestHost host = started(1);
        long signal = ADD_ONE | (4L << 16) | (1L << 48);
        host.push(
                0,
                CsWords.reqResource(1),
                CsWords.setSbEntry(2, 0),
                CsWords.move48(38, 1L << 32 | 1),
                CsWords.move32(37, 1),
                CsWords.move48(92, TestHost.SYNC),
                CsWords.move48(94, 1),
                CsWords.runCompute(1),
                signal,
                CsWords.move48(94, 9));
        host.ring();
        host.runFor(10_000);
        assertEquals(0, host.sync.read64(0));
        assertEquals(72, host.extract(0));
        host.run();
        assertEquals(1, host.sync.read64(0));
    }

    @Test
    void inheritedFaultIsPropagatedAndEndsAtTheBarrier() {
        TestHost host = started(1);
        host.sync.write64(64, 5);
        host.sync.write32(72, 1);
        host.push(
                0,
                CsWords.move48(92, TestHost.SYNC + 64),
                CsWords.move48(94, 1),
                CsWords.syncWait64(92, 94, CsWords.CONDITION_GT, false),
                CsWords.move48(92, TestHost.SYNC),
                ADD_ONE,
                CsWords.errorBarrier(),
                CsWords.move48(92, TestHost.SYNC + 16),
                ADD_ONE);
        host.ring();
        host.run();
        assertEquals(ExceptionType.CS_INHERIT_FAULT, host.csOut(0, CsOutput.FAULT) & 0xff);
        assertEquals(FwBits.CS_FAULT, host.csAckEvents(0) & FwBits.CS_FAULT);
        assertEquals(1, host.sync.read32(8));
        assertEquals(0, host.sync.read32(24));
        assertEquals(1, host.sync.read64(16));
    }

    @Test
    void loadIsPackedAndSkipsRegistersOfHoles() {
        TestHost host = started(1);
        for (int i = 0; i < 4; i++) {
            host.data.write32(i * 4L, 100 + i);
        }
        host.push(0, CsWords.move48(92, TestHost.DATA), CsWords.loadMultiple(33, 0b11011, 92, 0));
        host.ring();
        host.run();
        assertEquals(100, host.stream(0).register(33));
        assertEquals(101, host.stream(0).register(34));
        assertEquals(0, host.stream(0).register(35));
        assertEquals(102, host.stream(0).register(36));
        assertEquals(103, host.stream(0).register(37));
    }

    @Test
    void branchLoopsUntilTheRegisterIsZero() {
        TestHost host = started(1);
        host.code(
                CsWords.move32(10, 5),
                CsWords.addImmediate64(12, 12, 3),
                0x100a_0a00_ffff_ffffL,
                CsWords.branch(1, 10, -3));
        host.push(
                0, CsWords.move48(92, TestHost.CODE), CsWords.move32(94, 32), CsWords.call(92, 94));
        host.ring();
        host.run();
        assertEquals(15, host.stream(0).register(12));
        assertEquals(0, host.stream(0).register(10));
    }

    @Test
    void ringWrapsAround() {
        TestHost host = started(1);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 400; i++) {
                host.push(0, CsWords.addImmediate64(12, 12, 1));
            }
            host.ring();
            host.run();
        }
        assertEquals(1200, host.stream(0).register(12));
        assertEquals(9600, host.extract(0));
    }

    @Test
    void sameRunTwiceGivesTheSameEvents() {
        assertEquals(eventsOfARun(), eventsOfARun());
    }

    private static List<String> eventsOfARun() {
        TestHost host = started(2);
        host.push(0, addOne());
        host.push(1, addOne());
        host.ring();
        host.run();
        return host.recorder.entries.stream().map(Object::toString).toList();
    }

    private static TestHost started(int queues) {
        TestHost host = new TestHost();
        host.boot();
        host.startGroup(queues);
        host.run();
        host.jobInterrupts = 0;
        host.acknowledgeEvents();
        return host;
    }

    private static long[] addOne() {
        return new long[] {CsWords.move48(92, TestHost.SYNC), CsWords.move48(94, 1), ADD_ONE};
    }

    private static String label(CollectingRecorder.Entry entry) {
        return switch (entry.event()) {
            case FirmwareEvent.FwDoorbellScan _ -> "scan";
            case FirmwareEvent.FwAck ack -> "ack " + ack.block() + "." + ack.word();
            case FirmwareEvent.CsInstr _ -> "instr";
            case SyncEvent.SyncMem sync -> "sync " + sync.oldValue() + "->" + sync.newValue();
            case FirmwareEvent.FwCs cs when cs.step() == CsStep.EXTRACT -> "";
            case FirmwareEvent.FwCs cs when cs.step() == CsStep.ACTIVE -> "ACTIVE " + cs.active();
            case FirmwareEvent.FwCs cs -> cs.step().name();
            default -> "";
        };
    }
}
