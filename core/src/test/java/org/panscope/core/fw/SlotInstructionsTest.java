package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsControl;
import org.panscope.core.fwif.FwLayout.CsInput;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.fwif.FwLayout.CsgOutput;
import org.panscope.core.hw.CsParameters;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.hw.Regs;
import org.panscope.core.isa.Assembler;
import org.panscope.core.isa.Isa;
import org.panscope.core.mem.BufferObject;
import org.panscope.trace.event.FirmwareEvent;

import java.util.Arrays;

/// Instructions whose effect reaches beyond their stream: to other streams, the host, the MMU.
class SlotInstructionsTest {
    private static final long LATE = 0x7000_0000L;
    private static final String ADD = "SYNC_ADD64.system [d2], d4, #0, #0";

    @Test
    void progressWaitIsSatisfiedByAnotherQueue() {
        TestHost host = started(new TestHost());
        host.push(0, words("MOVE48 d6, #0x1")[0], 0x1800_0600_0000_0001L);
        host.push(0, words("MOVE32 r10, #0x1"));
        host.ring();
        host.run();
        assertEquals(FwBits.BLOCKED_REASON_PROGRESS_WAIT, host.stream(0).blockedReason());
        host.push(1, words("WAIT #0")[0] | 1L << 32);
        host.ring();
        host.run();
        assertEquals(1, host.stream(0).register(10));
    }

    @Test
    void groupScopeTellsTheGroupAndNotTheHost() {
        TestHost host = started(new TestHost());
        host.push(0, words("MOVE48 d2, #0x400000", "SYNC_WAIT64gt.inherit d2, d6"));
        host.ring();
        host.run();
        host.acknowledgeEvents();
        host.push(
                1, words("MOVE48 d2, #0x400000", "MOVE48 d4, #0x1", ADD.replace("system", "csg")));
        host.ring();
        host.run();
        assertEquals(0, host.stream(0).blockedReason());
        assertEquals(0, host.csgEvents() & FwBits.CSG_SYNC_UPDATE);
    }

    @Test
    void protectedRegionIsAskedOfTheHost() {
        TestHost host =
                started(new TestHost(GpuParameters.defaults().with(CsParameters.PROT_REGION, 1)));
        host.push(0, words("PROT_REGION #8"));
        host.ring();
        host.run();
        assertEquals(FwBits.CS_PROTM_PENDING, host.csAckEvents(0) & FwBits.CS_PROTM_PENDING);
        host.host(() -> host.toggle(FwBits.CSG_STATUS_UPDATE));
        host.run();
        assertEquals(FwBits.STATUS_WAIT_PROTM, host.csOut(0, CsOutput.STATUS_WAIT));
        assertTrue(host.stream(0).isRunning());
        assertEquals(0, host.csgOut(CsgOutput.STATUS_STATE));
    }

    @Test
    void tracePointsFillTheInstrumentationBuffer() {
        TestHost host = new TestHost();
        host.boot();
        long in = host.cs(0, 0, CsControl.INPUT_VA);
        host.setShared(in + CsInput.INSTRBUF_SIZE, 16);
        host.setShared(in + CsInput.INSTRBUF_BASE, (int) TestHost.DATA + 64);
        host.setShared(in + CsInput.INSTRBUF_OFFSET_PTR, (int) TestHost.DATA);
        host.startGroup(1);
        host.push(
                0,
                words(
                        "MOVE32 r4, #0x11",
                        "MOVE32 r5, #0x22",
                        "MOVE32 r6, #0x33",
                        "TRACE_POINT r4:r6, #0, #0",
                        "TRACE_POINT r5:r6, #0, #0"));
        host.run();
        assertEquals(20, host.data.read64(0));
        assertEquals(0x33, host.data.read32(64));
        assertEquals(0x22, host.data.read32(68));
        assertEquals(0x33, host.data.read32(72));
        assertEquals(0x22, host.data.read32(76));
    }

    @Test
    void accessThatFaultedIsMadeAgainWhenTheHostMapsThePage() {
        TestHost host = started(new TestHost());
        host.push(
                0,
                words("MOVE48 d2, #0x70000000", "LOAD_MULTIPLE r2:r3, [d2]", "MOVE32 r10, #0x1"));
        host.ring();
        host.run();
        assertEquals(0, host.stream(0).register(10));
        BufferObject late = mapLate(host);
        late.write32(0, 5);
        host.run();
        assertEquals(5, host.stream(0).register(2));
        assertEquals(1, host.stream(0).register(10));
        assertEquals(3, instructions(host));
    }

    @Test
    void fetchThatFaultedIsToldWhenItSucceeds() {
        TestHost host = started(new TestHost());
        host.push(0, words("MOVE48 d2, #0x70000000", "MOVE32 r4, #0x10", "CALL d2, r4", "NOP"));
        host.ring();
        host.run();
        assertEquals(3, instructions(host));
        assertEquals(LATE, host.gpu.registers().read64(Regs.as(1, Regs.AS_FAULTADDRESS)));
        mapLate(host).write64(0, words("MOVE32 r10, #0x1")[0]);
        host.run();
        assertEquals(1, host.stream(0).register(10));
        assertEquals(6, instructions(host));
    }

    @Test
    void deferredStoreThatFaultedIsMadeAgain() {
        TestHost host = started(new TestHost());
        host.push(
                0,
                words(
                        "MOVE48 d2, #0x70000000",
                        "MOVE48 d4, #0x1",
                        "MOVE48 d6, #0x600000",
                        "LOAD_MULTIPLE r8, [d6]",
                        "SYNC_ADD64.system [d2], d4, #1, #3",
                        "NOP",
                        "WAIT #8",
                        "MOVE32 r10, #0x1"));
        host.ring();
        host.run();
        assertEquals(0, host.stream(0).register(10));
        BufferObject late = mapLate(host);
        host.run();
        assertEquals(1, late.read64(0));
        assertEquals(1, host.stream(0).register(10));
        assertEquals(8, instructions(host));
    }

    @Test
    void architectureOfTheGpuDecidesWhatAnInstructionIs() {
        long[] program = {0x1304_0405_0000_000fL};
        TestHost v10 = started(new TestHost());
        v10.push(0, program);
        v10.ring();
        v10.run();
        assertFalse(v10.stream(0).isRunning());
        TestHost v11 =
                started(
                        new TestHost(
                                GpuParameters.defaults().with(GpuParameters.GPU_ID, 11L << 28)));
        v11.push(0, program);
        v11.ring();
        v11.run();
        assertEquals(-1, v11.stream(0).register(4));
    }

    private static TestHost started(TestHost host) {
        host.boot();
        host.startGroup(2);
        host.run();
        host.acknowledgeEvents();
        return host;
    }

    private static BufferObject mapLate(TestHost host) {
        BufferObject late = new BufferObject(99, "late", host.memory, 4096);
        host.groupTable.map(LATE, late);
        host.host(() -> {
            host.gpu.registers().write32(Regs.MMU_INT_CLEAR, -1);
            host.enable(1, host.groupTable.root());
        });
        return late;
    }

    private static long instructions(TestHost host) {
        return host.recorder.ofType(FirmwareEvent.CsInstr.class).size();
    }

    private static long[] words(String... lines) {
        Assembler assembler = new Assembler(Isa.v10());
        return Arrays.stream(lines).mapToLong(assembler::word).toArray();
    }
}
