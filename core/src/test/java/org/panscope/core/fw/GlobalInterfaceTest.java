package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout;
import org.panscope.core.fwif.FwLayout.CsgOutput;
import org.panscope.core.fwif.FwLayout.GlbControl;
import org.panscope.core.fwif.FwLayout.GlbInput;
import org.panscope.core.fwif.FwLayout.GlbOutput;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.hw.Regs;
import org.panscope.core.isa.CsWords;

class GlobalInterfaceTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                FwBits.GLB_CFG_PROGRESS_TIMER,
                FwBits.GLB_CFG_ALLOC_EN,
                FwBits.GLB_CFG_POWEROFF_TIMER,
                FwBits.GLB_PERFCNT_EN,
                FwBits.GLB_PERFCNT_SAMPLE,
                FwBits.GLB_COUNTER_EN,
                FwBits.GLB_PING,
                FwBits.GLB_FWCFG_UPDATE,
                FwBits.GLB_IDLE_EN
            })
    void requestIsAcknowledgedBothWays(int bit) {
        TestHost host = booted();
        host.requestGlobal(bit);
        host.run();
        assertEquals(bit, host.globalAck());
        assertEquals(Regs.JOB_INT_GLOBAL_IF, host.jobInterrupts);
        host.requestGlobal(0);
        host.run();
        assertEquals(0, host.globalAck());
    }

    @Test
    void acknowledgeOutsideTheMaskRaisesNoInterrupt() {
        TestHost host = booted();
        host.setGlobal(GlbInput.REQ, FwBits.GLB_PING);
        host.host(() -> host.gpu.registers().write32(Regs.doorbell(0), 1));
        host.run();
        assertEquals(FwBits.GLB_PING, host.globalAck());
        assertEquals(0, host.jobInterrupts);
    }

    @Test
    void progressTimerCountsOnlyOnceItIsRequested() {
        TestHost host = booted();
        host.setGlobal(GlbInput.PROGRESS_TIMER, 1000);
        host.requestGlobal(FwBits.GLB_PING);
        host.run();
        assertEquals(0, host.mcu.progressTimeoutNs());
        host.requestGlobal(FwBits.GLB_CFG_PROGRESS_TIMER);
        host.run();
        assertEquals(1_024_000, host.mcu.progressTimeoutNs());
    }

    @Test
    void enabledCoresCountOnlyOnceTheyAreRequested() {
        TestHost host = booted();
        host.startGroup(1);
        host.run();
        host.setGlobal(GlbInput.CORE_EN_MASK, 0);
        host.requestGlobal(FwBits.GLB_PING);
        host.run();
        assertTrue(host.mcu.endpoints().allows(0, 1));
        host.requestGlobal(FwBits.GLB_CFG_ALLOC_EN);
        host.run();
        assertFalse(host.mcu.endpoints().allows(0, 1));
    }

    @Test
    void protectedModeIsNeverEnteredUnlessTheParameterSaysSo() {
        TestHost host = booted();
        host.requestGlobal(FwBits.GLB_PROTM_ENTER);
        host.run();
        assertEquals(0, host.globalAck());
        TestHost willing = booted(GpuParameters.PROTM_ENTER, 1);
        willing.requestGlobal(FwBits.GLB_PROTM_ENTER);
        willing.run();
        assertEquals(FwBits.GLB_PROTM_ENTER | FwBits.GLB_PROTM_EXIT, willing.globalAck());
    }

    @Test
    void hostThatWantsToKnowIsToldWhenTheLastJobHasLeftAnEndpoint() {
        int all =
                FwBits.GLB_INACTIVE_COMPUTE
                        | FwBits.GLB_INACTIVE_FRAGMENT
                        | FwBits.GLB_INACTIVE_TILER;
        for (int mask : new int[] {0, -1}) {
            TestHost willing = new TestHost();
            willing.boot();
            willing.setGlobal(GlbInput.ACK_IRQ_MASK, mask);
            willing.startGroup(1);
            willing.run();
            willing.push(
                    0,
                    CsWords.reqResource(1),
                    CsWords.move32(37, 1),
                    CsWords.move32(38, 1),
                    CsWords.move32(39, 1),
                    CsWords.runCompute(1));
            willing.ring();
            willing.runFor(25_000);
            assertEquals(0, (willing.globalReq() ^ willing.globalAck()) & all, "the job runs");
            willing.run();
            assertEquals(
                    mask & FwBits.GLB_INACTIVE_COMPUTE,
                    (willing.globalReq() ^ willing.globalAck()) & all);
        }
    }

    @Test
    void warmBootKeepsConfigurationAndWords() {
        TestHost host = booted();
        host.setGlobal(GlbInput.PROGRESS_TIMER, 1000);
        host.requestGlobal(FwBits.GLB_CFG_PROGRESS_TIMER | FwBits.GLB_PING);
        host.run();
        int before = host.globalReq();
        host.requestGlobal(before | FwBits.GLB_HALT);
        host.run();
        assertEquals(Regs.MCU_STATUS_HALT, host.mcuStatus());
        assertEquals(before, host.globalAck());
        host.setGlobal(GlbInput.REQ, before);
        host.startMcu();
        assertEquals(Regs.MCU_STATUS_ENABLED, host.mcuStatus());
        assertEquals(before, host.globalAck());
        assertEquals(1_024_000, host.mcu.progressTimeoutNs());
    }

    @Test
    void bootAfterTheSectionsWereLoadedAgainIsCold() {
        TestHost host = booted();
        host.setGlobal(GlbInput.PROGRESS_TIMER, 1000);
        host.requestGlobal(FwBits.GLB_CFG_PROGRESS_TIMER);
        host.run();
        host.host(() -> host.gpu.registers().write32(Regs.MCU_CONTROL, 0));
        host.run();
        assertEquals(Regs.MCU_STATUS_DISABLED, host.mcuStatus());
        for (long word = 0; word < 0x1_0000; word += 4) {
            host.setShared(FwLayout.SHARED_VA + word, 0);
        }
        host.startMcu();
        assertEquals(0x0101_0000, host.glb(GlbControl.VERSION));
        assertEquals(0, host.mcu.progressTimeoutNs());
    }

    @Test
    void haltThatStaysRequestedDoesNotStopTheFirmwareAgain() {
        TestHost host = booted();
        host.requestGlobal(FwBits.GLB_HALT);
        host.run();
        host.startMcu();
        host.requestGlobal(FwBits.GLB_HALT | FwBits.GLB_PING);
        host.run();
        assertEquals(Regs.MCU_STATUS_ENABLED, host.mcuStatus());
        assertEquals(FwBits.GLB_PING, host.globalAck());
    }

    @Test
    void statesReplaceHaltFromVersion41On() {
        TestHost host = booted(GpuParameters.VERSION, 0x0401_0000);
        host.requestGlobal(FwBits.GLB_STATE_SUSPEND);
        host.run();
        assertEquals(Regs.MCU_STATUS_HALT, host.mcuStatus());
        assertEquals(FwBits.GLB_STATE_SUSPEND, host.globalAck());
        host.setGlobal(GlbInput.REQ, FwBits.GLB_STATE_ACTIVE);
        host.startMcu();
        assertEquals(FwBits.GLB_STATE_ACTIVE, host.globalAck());
        assertEquals(Regs.MCU_STATUS_ENABLED, host.mcuStatus());
    }

    @Test
    void sleepStopsOlderFirmware() {
        TestHost host = booted();
        host.requestGlobal(FwBits.GLB_SLEEP);
        host.run();
        assertEquals(Regs.MCU_STATUS_HALT, host.mcuStatus());
        assertEquals(FwBits.GLB_SLEEP, host.globalAck());
    }

    @Test
    void everySlotIsTerminatedAfterABoot() {
        TestHost host = booted();
        host.startGroup(1);
        host.run();
        host.requestGlobal(FwBits.GLB_HALT);
        host.run();
        host.startMcu();
        assertEquals(FwBits.CSG_STATE_TERMINATE, host.groupState());
        assertFalse(host.stream(0).isRunning());
    }

    @Test
    void crashSaysPanicWhereItCan() {
        TestHost host = booted();
        host.startGroup(1);
        host.run();
        // The suspend buffer leads nowhere.
        host.setCsg(FwLayout.CsgInput.SUSPEND_BUF, 0x0700_0000);
        host.push(0, CsWords.nop());
        host.host(() -> host.requestState(FwBits.CSG_STATE_SUSPEND));
        host.run();
        assertEquals(Regs.MCU_STATUS_FATAL, host.mcuStatus());
        assertEquals(
                FwBits.HALT_STATUS_PANIC,
                host.shared(host.glb(GlbControl.OUTPUT_VA) + GlbOutput.HALT_STATUS));
        assertEquals(1, host.gpu.registers().read32(Regs.MMU_INT_RAWSTAT) & 1);
    }

    @Test
    void doorbellWhileTheFirmwareIsOffIsLostUnlessTheParameterSaysOtherwise() {
        assertEquals(0, pingWhileHalted(0));
        assertEquals(FwBits.GLB_PING, pingWhileHalted(1));
    }

    private static int pingWhileHalted(int remembered) {
        TestHost host = booted(GpuParameters.DOORBELL_REMEMBERED, remembered);
        host.requestGlobal(FwBits.GLB_HALT);
        host.run();
        host.requestGlobal(FwBits.GLB_PING);
        host.run();
        host.startMcu();
        return host.globalAck();
    }

    @Test
    void doorbellOfAnUnusedIndexFindsNobodyAndOneBeyondTheLastIsNoDoorbell() {
        TestHost host = booted();
        int before = host.recorder.entries.size();
        host.host(() -> host.gpu.registers().write32(Regs.doorbell(20), 1));
        host.run();
        assertEquals(before + 1, host.recorder.entries.size());
        host.host(() -> host.gpu.registers().write32(Regs.doorbell(24), 1));
        host.run();
        assertEquals(before + 1, host.recorder.entries.size());
    }

    @Test
    void idleTimerCountsFromWhenIdleEnRises() {
        TestHost host = booted();
        host.setGlobal(GlbInput.IDLE_TIMER, 19);
        host.requestGlobal(FwBits.GLB_IDLE_EN);
        host.run();
        host.setGlobal(GlbInput.IDLE_TIMER, 0x7fff_ffff);
        host.startGroup(1);
        host.runFor(100_000_000);
        assertTrue((host.globalAck() & FwBits.GLB_IDLE) != 0);
        assertEquals(FwBits.CSG_STATUS_STATE_IS_IDLE, host.csgOut(CsgOutput.STATUS_STATE));
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
