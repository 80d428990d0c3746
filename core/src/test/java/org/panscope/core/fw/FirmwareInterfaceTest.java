package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsControl;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.fwif.FwLayout.CsgOutput;
import org.panscope.core.fwif.FwLayout.GlbControl;
import org.panscope.core.fwif.FwLayout.GlbInput;
import org.panscope.core.hw.Regs;
import org.panscope.core.isa.CsWords;
import org.panscope.trace.event.FirmwareEvent;

import java.util.Map;
import java.util.TreeMap;

class FirmwareInterfaceTest {
    @Test
    void pingIsAnsweredWithAnInterrupt() {
        TestHost host = booted();
        request(host, FwBits.GLB_PING);
        host.run();
        assertEquals(FwBits.GLB_PING, ack(host));
        assertEquals(Regs.JOB_INT_GLOBAL_IF, host.jobInterrupts);
    }

    @Test
    void haltStopsTheMicrocontrollerAndAutoStartsItAgain() {
        TestHost host = booted();
        request(host, FwBits.GLB_HALT);
        host.run();
        assertEquals(Regs.MCU_STATUS_HALT, host.gpu.registers().read32(Regs.MCU_STATUS));
        request(host, 0);
        host.run();
        assertEquals(0, host.jobInterrupts);
        host.host(() -> host.gpu.registers().write32(Regs.MCU_CONTROL, Regs.MCU_CONTROL_AUTO));
        host.run();
        assertEquals(Regs.MCU_STATUS_ENABLED, host.gpu.registers().read32(Regs.MCU_STATUS));
        assertEquals(Regs.JOB_INT_GLOBAL_IF, host.jobInterrupts);
    }

    @Test
    void softResetDropsEverythingAndReportsCompletion() {
        TestHost host = booted();
        host.startGroup(1);
        host.run();
        host.host(() -> host.gpu.registers().write32(Regs.GPU_CMD, 0x101));
        host.run();
        assertEquals(1 << 8, host.gpu.registers().read32(Regs.GPU_INT_RAWSTAT) & (1 << 8));
        assertEquals(Regs.MCU_STATUS_DISABLED, host.gpu.registers().read32(Regs.MCU_STATUS));
        assertFalse(host.stream(0).isRunning());
        assertFalse(host.gpu.mmu().isEnabled(1));
    }

    @Test
    void idleGpuIsReportedOnceAfterTheIdleTimer() {
        TestHost host = booted();
        host.setShared(host.glb(GlbControl.INPUT_VA) + GlbInput.IDLE_TIMER, 19);
        request(host, FwBits.GLB_IDLE_EN);
        host.run();
        host.startGroup(1);
        host.run();
        assertEquals(FwBits.GLB_IDLE, ack(host) & FwBits.GLB_IDLE);
        long raised =
                host.recorder.ofType(FirmwareEvent.FwAck.class).stream()
                        .map(e -> (FirmwareEvent.FwAck) e.event())
                        .filter(a -> ((a.oldValue() ^ a.newValue()) & FwBits.GLB_IDLE) != 0)
                        .count();
        assertEquals(1, raised);
    }

    @Test
    void terminatedGroupWritesNoSyncObject() {
        TestHost host = booted();
        host.startGroup(1);
        host.run();
        host.push(
                0,
                CsWords.reqResource(1),
                CsWords.move48(38, 1L << 32 | 1),
                CsWords.move32(37, 1),
                CsWords.runCompute(1),
                CsWords.waitSlots(1),
                CsWords.move48(92, TestHost.SYNC),
                CsWords.move48(94, 1),
                CsWords.syncAdd64(92, 94, CsWords.SCOPE_SYSTEM, true));
        host.ring();
        host.runFor(10_000);
        host.host(() -> host.requestState(FwBits.CSG_STATE_TERMINATE));
        host.run();
        assertEquals(0, host.csgOut(CsgOutput.ACK) & FwBits.CSG_STATE_MASK);
        assertEquals(0, host.sync.read64(0));
        assertEquals(0, host.active(0));
    }

    @Test
    void jobWithoutEndRaisesTheProgressTimer() {
        TestHost host = booted();
        host.setGlobal(GlbInput.PROGRESS_TIMER, 10);
        request(host, FwBits.GLB_CFG_PROGRESS_TIMER);
        host.run();
        host.startGroup(1);
        host.run();
        // The wait is never satisfied: the job was not requested, so it never starts.
        host.push(
                0, CsWords.move48(38, 1L << 32 | 1), CsWords.move32(37, 1), CsWords.runCompute(1));
        host.ring();
        host.run();
        assertEquals(FwBits.BLOCKED_REASON_RESOURCE, host.stream(0).blockedReason());
        int event = host.csgOut(CsgOutput.ACK) & FwBits.CSG_PROGRESS_TIMER_EVENT;
        assertEquals(FwBits.CSG_PROGRESS_TIMER_EVENT, event);
    }

    @Test
    void endpointsTheGroupMayNotUseAreFatal() {
        TestHost host = booted();
        host.startGroup(1);
        host.run();
        host.push(0, CsWords.reqResource(2));
        host.ring();
        host.run();
        assertEquals(ExceptionType.CS_ENDPOINT_FAULT, host.csOut(0, CsOutput.FATAL) & 0xff);
    }

    @Test
    void controlBlocksDescribeRegistersAndScoreboards() {
        TestHost host = booted();
        long features = host.cs(7, 7, CsControl.FEATURES);
        assertEquals(95, features & 0xff);
        assertEquals(8, (features >> 8) & 0xff);
    }

    @Test
    void projectionEqualsWhatTheEventsTold() {
        TestHost host = booted();
        host.startGroup(2);
        host.push(0, CsWords.move32(1, 1), 0xff00_0000_0000_0000L);
        host.push(1, CsWords.move32(1, 1));
        host.run();
        host.host(() -> host.toggle(FwBits.CSG_STATUS_UPDATE));
        host.run();
        assertEquals(toldWords(host), liveWords(host));
    }

    private static Map<String, Long> toldWords(TestHost host) {
        Map<String, Long> words = new TreeMap<>();
        for (CollectingRecorder.Entry entry : host.recorder.entries) {
            switch (entry.event()) {
                case FirmwareEvent.FwAck ack ->
                        words.put(ack.block() + "." + ack.word(), ack.newValue());
                case FirmwareEvent.FwWrite write ->
                        words.put(write.block() + "." + write.word(), write.value());
                default -> {
                    // Says nothing about words.
                }
            }
        }
        return words;
    }

    private static Map<String, Long> liveWords(TestHost host) {
        Map<String, Long> words = new TreeMap<>();
        host.mcu.project(
                new ProjectionSink() {
                    @Override
                    public void word(String block, String name, long value) {
                        words.put(block + "." + name, value);
                    }

                    @Override
                    public void stream(int csg, int cs, CommandStream stream) {
                        assertEquals(host.extract(cs), stream.extract());
                        assertEquals(host.active(cs) != 0, stream.isActive());
                    }
                });
        return words;
    }

    private static TestHost booted() {
        TestHost host = new TestHost();
        host.boot();
        host.jobInterrupts = 0;
        return host;
    }

    private static void request(TestHost host, int req) {
        host.requestGlobal(req);
    }

    private static int ack(TestHost host) {
        return host.globalAck();
    }
}
