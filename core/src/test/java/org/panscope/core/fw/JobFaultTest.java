package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.hw.Regs;
import org.panscope.core.isa.Assembler;
import org.panscope.core.isa.Isa;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.EndpointStep;

import java.util.List;

/// Jobs that fail, and what they take.
class JobFaultTest {
    private static final String JOB = "RUN_COMPUTE.x_axis.srt0.spd0.tsd0.fau0 #1";
    private static final String ONE_WORKGROUP = "MOVE32 r37, #0x1";
    private static final String UNMAPPED = "0x70000000";

    private final Assembler assembler = new Assembler(Isa.v10());

    @Test
    void unmappedShaderProgramIsATranslationFaultOfTheJob() {
        TestHost host = compute("MOVE48 d16, #" + UNMAPPED);
        assertFault(host, 0xc1, 0x7000_0000);
        assertEquals(2, host.gpu.registers().read32(Regs.MMU_INT_RAWSTAT) & 2);
        assertTrue(host.stream(0).isRunning(), "a job's fault does not end the stream");
    }

    @Test
    void misalignedShaderProgramIsInvalidData() {
        assertFault(compute("MOVE48 d16, #0x600010"), ExceptionType.DATA_INVALID_FAULT, 0x60_0010);
    }

    @Test
    void addressAboveTheAddressSpaceIsOutOfRange() {
        TestHost host = compute("MOVE32 r17, #0x10000");
        assertEquals(ExceptionType.ADDR_RANGE_FAULT, host.csOut(0, CsOutput.FAULT) & 0xff);
    }

    @Test
    void mappedDescriptorsDoNotFault() {
        TestHost host = compute("MOVE48 d16, #0x600020", "MOVE48 d0, #0x600004");
        assertEquals(0, host.csOut(0, CsOutput.FAULT));
    }

    @Test
    void nullDescriptorsFaultOnlyWhenTheChecksAreStrict() {
        assertEquals(0, compute().csOut(0, CsOutput.FAULT));
        TestHost strict =
                compute(
                        GpuParameters.defaults().with(GpuParameters.JOB_DESCRIPTOR_CHECKS, 2),
                        "NOP");
        assertFault(strict, 0xc3, 0);
        TestHost off =
                compute(
                        GpuParameters.defaults().with(GpuParameters.JOB_DESCRIPTOR_CHECKS, 0),
                        "MOVE48 d16, #" + UNMAPPED);
        assertEquals(0, off.csOut(0, CsOutput.FAULT));
    }

    @Test
    void emptyBoundingBoxIsATileRangeFault() {
        TestHost host = started(GpuParameters.defaults());
        push(
                host,
                "MOVE32 r42, #0x20",
                "MOVE32 r43, #0x10",
                "REQ_RESOURCE.fragment",
                "RUN_FRAGMENT.tile_order=zorder",
                "WAIT #1");
        assertFault(host, ExceptionType.TILE_RANGE_FAULT, 0x10_0000_0020L);
    }

    @Test
    void framebufferPointerNeedsItsTypeBit() {
        TestHost host = started(GpuParameters.defaults());
        push(
                host,
                "MOVE48 d40, #0x600000",
                "REQ_RESOURCE.fragment",
                "RUN_FRAGMENT.tile_order=zorder",
                "WAIT #1");
        assertFault(host, ExceptionType.DATA_INVALID_FAULT, 0x60_0000);
    }

    @Test
    void failedJobDropsLaterOnesUntilTheBarrier() {
        TestHost host = started(GpuParameters.defaults());
        push(
                host,
                "MOVE48 d38, #0x100000001",
                ONE_WORKGROUP,
                "REQ_RESOURCE.compute",
                "MOVE48 d16, #0x600010",
                JOB,
                "WAIT #1",
                "MOVE48 d16, #0x600020",
                JOB,
                JOB,
                "WAIT #1",
                "ERROR_BARRIER",
                JOB,
                "WAIT #1");
        assertEquals(2, count(host, EndpointStep.START));
    }

    @Test
    void timeOfAJobGrowsWithItsWorkgroups() {
        long few = duration("MOVE32 r37, #0x10");
        assertEquals(50_000, few);
        assertEquals(1_000 * 0x400, duration("MOVE32 r37, #0x400"));
    }

    @Test
    void jobWithoutWorkgroupsDoesNothing() {
        TestHost host = started(GpuParameters.defaults());
        push(host, "REQ_RESOURCE.compute", JOB, "WAIT #1", "MOVE32 r70, #0x5");
        assertEquals(5, host.stream(0).register(70));
        assertEquals(0, count(host, EndpointStep.START));
    }

    @Test
    void jobOfATerminatedGroupIsReported() {
        TestHost host = started(GpuParameters.defaults());
        begin(host);
        host.host(() -> host.requestState(FwBits.CSG_STATE_TERMINATE));
        host.run();
        assertFault(host, ExceptionType.CS_RES_TERM, TestHost.RING + 24);
        assertEquals(1, count(host, EndpointStep.DROP));
    }

    @Test
    void jobThatDoesNotStopInTimeIsEvicted() {
        TestHost host =
                started(
                        GpuParameters.defaults()
                                .with(GpuParameters.JOB_STOP_NS, 2_000_000)
                                .with(GpuParameters.EVICTION_TIMEOUT_NS, 1_000_000));
        begin(host);
        host.host(() -> host.requestState(FwBits.CSG_STATE_SUSPEND));
        host.run();
        assertFault(host, ExceptionType.CSF_RES_EVICTION_TIMEOUT, TestHost.RING + 24);
        assertEquals(0, host.csOut(0, CsOutput.STATUS_SCOREBOARDS) & 0xfe);
        host.host(() -> host.requestState(FwBits.CSG_STATE_RESUME));
        host.run();
        assertEquals(0, host.stream(0).scoreboards(), "nothing is left to wait for");
    }

    private long duration(String size) {
        TestHost host = started(GpuParameters.defaults());
        push(host, "MOVE48 d38, #0x100000001", size, "REQ_RESOURCE.compute", JOB, "WAIT #1");
        return time(host, EndpointStep.END) - time(host, EndpointStep.START);
    }

    private static long time(TestHost host, EndpointStep step) {
        return host.recorder.ofType(FirmwareEvent.Endpoint.class).stream()
                .filter(e -> ((FirmwareEvent.Endpoint) e.event()).step() == step)
                .findFirst()
                .orElseThrow()
                .header()
                .timeNs();
    }

    private static long count(TestHost host, EndpointStep step) {
        return host.recorder.ofType(FirmwareEvent.Endpoint.class).stream()
                .filter(e -> ((FirmwareEvent.Endpoint) e.event()).step() == step)
                .count();
    }

    private void begin(TestHost host) {
        push(host, "MOVE48 d38, #0x100000001", ONE_WORKGROUP, "REQ_RESOURCE.compute");
        host.push(0, assembler.word(JOB));
        host.ring();
        host.runFor(10_000);
        assertEquals(1, host.stream(0).scoreboards());
    }

    private TestHost compute(String... registers) {
        return compute(GpuParameters.defaults(), registers);
    }

    private TestHost compute(GpuParameters parameters, String... registers) {
        TestHost host = started(parameters);
        push(host, registers);
        push(
                host,
                "MOVE48 d38, #0x100000001",
                ONE_WORKGROUP,
                "REQ_RESOURCE.compute",
                JOB,
                "WAIT #1");
        return host;
    }

    private void push(TestHost host, String... lines) {
        for (String line : List.of(lines)) {
            host.push(0, assembler.word(line));
        }
        host.ring();
        host.run();
    }

    private static TestHost started(GpuParameters parameters) {
        TestHost host = new TestHost(parameters);
        host.boot();
        host.allowGraphics();
        host.startGroup(1);
        host.run();
        return host;
    }

    private static void assertFault(TestHost host, int exception, long info) {
        assertEquals(exception, host.csOut(0, CsOutput.FAULT) & 0xff);
        assertEquals((int) info, host.csOut(0, CsOutput.FAULT_INFO));
        assertEquals((int) (info >>> 32), host.csOut(0, CsOutput.FAULT_INFO + 4));
        assertEquals(FwBits.CS_FAULT, host.csAckEvents(0) & FwBits.CS_FAULT);
    }
}
