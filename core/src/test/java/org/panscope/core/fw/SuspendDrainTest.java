package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.CsWords;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.EndpointStep;

/// Suspensions that let the jobs that run finish.
class SuspendDrainTest {
    private static final long JOB_NS = 50_000;

    /// A host whose first job runs.
    private static TestHost started(GpuParameters parameters) {
        TestHost host = new TestHost(parameters.with(GpuParameters.SUSPEND_WAITS_FOR_JOBS, 1));
        host.boot();
        host.startGroup(1);
        host.run();
        host.push(
                0,
                CsWords.reqResource(1),
                CsWords.move32(37, 1),
                CsWords.move32(38, 1),
                CsWords.move32(39, 1),
                CsWords.runCompute(1));
        host.ring();
        host.runFor(JOB_NS / 2);
        assertTrue(host.stream(0).isJobRunning());
        return host;
    }

    private static void request(TestHost host, int state) {
        host.host(() -> host.requestState(state));
    }

    private static long count(TestHost host, EndpointStep step) {
        return host.recorder.ofType(FirmwareEvent.Endpoint.class).stream()
                .filter(entry -> ((FirmwareEvent.Endpoint) entry.event()).step() == step)
                .count();
    }

    @Test
    void jobThatRunsFinishesAndTheNextOneStartsAfterTheResumption() {
        TestHost host = started(GpuParameters.defaults());
        request(host, FwBits.CSG_STATE_SUSPEND);
        host.runFor(JOB_NS / 4);
        assertEquals(FwBits.CSG_STATE_START, host.groupState(), "the job still runs");
        host.push(0, CsWords.runCompute(1));
        host.ring();
        host.run();
        assertEquals(FwBits.CSG_STATE_SUSPEND, host.groupState());
        assertEquals(1, count(host, EndpointStep.END));
        assertEquals(0, count(host, EndpointStep.DROP));
        assertEquals(1, count(host, EndpointStep.START), "no other job starts");
        request(host, FwBits.CSG_STATE_RESUME);
        host.run();
        assertEquals(2, count(host, EndpointStep.END));
        assertEquals(0, host.stream(0).scoreboards());
    }

    @Test
    void jobThatTakesLongerThanTheTimeoutIsEvicted() {
        TestHost host =
                started(
                        GpuParameters.defaults()
                                .with(GpuParameters.EVICTION_TIMEOUT_NS, JOB_NS / 10));
        request(host, FwBits.CSG_STATE_SUSPEND);
        host.runFor(JOB_NS / 4);
        assertEquals(FwBits.CSG_STATE_SUSPEND, host.groupState());
        assertEquals(ExceptionType.CSF_RES_EVICTION_TIMEOUT, host.csOut(0, CsOutput.FAULT) & 0xff);
    }

    @Test
    void hostThatResumesInsteadGetsItsJobsStartedAgain() {
        TestHost host = started(GpuParameters.defaults());
        request(host, FwBits.CSG_STATE_SUSPEND);
        host.runFor(JOB_NS / 10);
        host.push(0, CsWords.runCompute(1));
        host.ring();
        host.runFor(JOB_NS / 10);
        assertEquals(1, count(host, EndpointStep.START), "no other job starts");
        request(host, FwBits.CSG_STATE_RESUME);
        host.run();
        assertEquals(FwBits.CSG_STATE_RESUME, host.groupState());
        assertTrue(host.mcu.groups().getFirst().isOnSlot());
        assertEquals(2, count(host, EndpointStep.END));
    }

    @Test
    void terminationDoesNotWait() {
        TestHost host = started(GpuParameters.defaults());
        request(host, FwBits.CSG_STATE_SUSPEND);
        host.runFor(JOB_NS / 10);
        request(host, FwBits.CSG_STATE_TERMINATE);
        host.runFor(JOB_NS / 10);
        assertEquals(FwBits.CSG_STATE_TERMINATE, host.groupState());
        assertEquals(1, count(host, EndpointStep.DROP));
        host.run();
        assertEquals(FwBits.CSG_STATE_TERMINATE, host.groupState());
        assertFalse(host.stream(0).isRunning());
    }
}
