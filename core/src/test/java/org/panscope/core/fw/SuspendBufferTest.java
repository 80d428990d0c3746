package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsgControl;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.CsWords;

class SuspendBufferTest {
    private static final long JOB_NS = 50_000;

    private static TestHost started() {
        TestHost host = new TestHost();
        host.boot();
        host.startGroup(1);
        host.run();
        return host;
    }

    private static void request(TestHost host, int state) {
        host.host(() -> host.requestState(state));
        host.run();
    }

    @Test
    void jobRunsOnlyWhatWasLeftOfItsTime() {
        TestHost host = started();
        long[] job = {
            CsWords.reqResource(1),
            CsWords.move32(37, 1),
            CsWords.move32(38, 1),
            CsWords.move32(39, 1),
            CsWords.runCompute(1),
        };
        host.push(0, job);
        host.ring();
        host.runFor(JOB_NS / 2);
        assertTrue(host.stream(0).isJobRunning());
        request(host, FwBits.CSG_STATE_SUSPEND);
        host.host(() -> host.requestState(FwBits.CSG_STATE_RESUME));
        while (!host.stream(0).isJobRunning()) {
            host.runFor(100);
        }
        long resumedNs = host.simulation.nowNs();
        while (host.stream(0).isJobRunning()) {
            host.runFor(100);
        }
        long ranNs = host.simulation.nowNs() - resumedNs;
        assertTrue(ranNs > JOB_NS / 4 && ranNs < JOB_NS * 3 / 4, () -> "ranNs=" + ranNs);
    }

    @Test
    void streamThatDiedStaysDeadWhenItsGroupIsResumed() {
        TestHost host = started();
        host.push(0, 0xff00_0000_0000_0000L);
        host.ring();
        host.run();
        assertFalse(host.stream(0).isRunning());
        request(host, FwBits.CSG_STATE_SUSPEND);
        request(host, FwBits.CSG_STATE_RESUME);
        assertFalse(host.stream(0).isRunning());
    }

    @Test
    void streamSuspendedBeforeItsFirstFetchStartsWhenItsGroupIsResumed() {
        TestHost host = new TestHost();
        host.boot();
        host.startGroup(1);
        host.push(0, CsWords.move32(10, 7));
        host.runFor(5_000);
        assertFalse(host.stream(0).isRunning());
        request(host, FwBits.CSG_STATE_SUSPEND);
        assertEquals(0, host.stream(0).register(10));
        request(host, FwBits.CSG_STATE_RESUME);
        assertEquals(7, host.stream(0).register(10));
    }

    @Test
    void contextWithEverythingInItFitsItsShare() {
        TestHost host = started();
        host.code(CsWords.call(90, 89));
        host.push(
                0,
                CsWords.reqResource(15),
                CsWords.setSbEntry(1, 2),
                CsWords.move48(90, TestHost.CODE),
                CsWords.move32(89, 8));
        host.ring();
        host.run();
        StreamCore core = host.stream(0).core();
        while (!core.calls.isFull()) {
            core.calls.push(1, 2, 3);
        }
        EndpointJob job = new EndpointJob(1, JobSize.mainKind(4, 1), 0, 0, 0, 0, 0);
        for (int i = 0; i < Scoreboard.CAPACITY; i++) {
            AsyncOperation operation =
                    new AsyncOperation(i, 1, 2, CsWords.runCompute(1), 3, 4, 5, -1);
            operation.job = job;
            core.scoreboard.add(operation);
        }
        SuspendBuffer.Position position =
                new SuspendBuffer.Position(1, 2, true, 3, false, HandlerCall.Saved.NONE);
        byte[] context = SuspendBuffer.save(core, position, 0);
        assertTrue(context.length <= SuspendBuffer.BYTES_PER_STREAM, () -> "" + context.length);
        assertEquals(position, SuspendBuffer.restore(core, context, -1));
        assertEquals(Scoreboard.CAPACITY, core.scoreboard.pending().size());
        assertNotNull(core.scoreboard.pending().getLast().job);
    }

    @Test
    void hostIsToldHowLargeTheBufferHasToBe() {
        assertEquals(0, bytesBeyondTheStreams(10));
        assertEquals(SuspendBuffer.BYTES_OF_GROUP, bytesBeyondTheStreams(11));
    }

    private static long bytesBeyondTheStreams(long architecture) {
        TestHost host =
                new TestHost(
                        GpuParameters.defaults().with(GpuParameters.GPU_ID, architecture << 28));
        host.boot();
        long streams = host.csg(0, CsgControl.STREAM_NUM);
        return host.csg(0, CsgControl.SUSPEND_SIZE) - streams * SuspendBuffer.BYTES_PER_STREAM;
    }
}
