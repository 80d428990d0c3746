package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panscope.core.kernel.XgsWorld.A;
import static org.panscope.core.kernel.XgsWorld.A_VALUE;
import static org.panscope.core.kernel.XgsWorld.B;
import static org.panscope.core.kernel.XgsWorld.B_VALUE;
import static org.panscope.core.kernel.XgsWorld.C;
import static org.panscope.core.kernel.XgsWorld.add;
import static org.panscope.core.kernel.XgsWorld.set;
import static org.panscope.core.kernel.XgsWorld.waitGt;
import static org.panscope.core.kernel.XgsWorld.waitLe;
import static org.panscope.core.kernel.XgsWorld.withFlags;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.panscope.core.kernel.xgs.XgsOperation;
import org.panscope.core.uapi.Errno;
import org.panscope.core.user.SyncWish;
import org.panscope.core.user.XgsClient.Operation;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.XgsEvent.XgsOp;

import java.util.List;
import java.util.stream.Stream;

/// The evaluation examples of the RFC's description, one case for each row, through the driver.
class XgsExamplesTest {
    private static final int AT_ONCE_MS = 1;
    private static final int TIMEOUT_MS = 5000;

    /// A row.
    ///
    /// @param aError error word behind A
    /// @param finished error of the finished fence
    /// @param hasDoneFence whether the job blocked, so that a done fence was made
    /// @param atMs when the finished fence signals, at the latest
    record Row(
            String name,
            List<Operation> ops,
            long a,
            int aError,
            long b,
            int finished,
            boolean hasDoneFence,
            int atMs) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(
                        "WAIT_LE A,3; ADD A,2",
                        List.of(waitLe(A, 3), add(A, 2)),
                        5,
                        0,
                        B_VALUE,
                        0,
                        false,
                        AT_ONCE_MS),
                new Row(
                        "WAIT_GT A,3; SET A,9 and nobody writes A",
                        List.of(waitGt(A, 3), set(A, 9)),
                        A_VALUE,
                        0,
                        B_VALUE,
                        Errno.ETIMEDOUT,
                        true,
                        TIMEOUT_MS),
                new Row(
                        "SET A,1; WAIT_GT B,0; ADD B,1",
                        List.of(set(A, 1), waitGt(B, 0), add(B, 1)),
                        1,
                        0,
                        0,
                        0,
                        false,
                        AT_ONCE_MS),
                new Row(
                        "SET A,1; WAIT_GT A,1; SET B,7",
                        List.of(set(A, 1), waitGt(A, 1), set(B, 7)),
                        1,
                        0,
                        B_VALUE,
                        Errno.ETIMEDOUT,
                        true,
                        TIMEOUT_MS),
                new Row(
                        "WAIT_LE C,0; WAIT_GT A,100; SET A,4",
                        List.of(waitLe(C, 0), waitGt(A, 100), set(A, 4)),
                        4,
                        Errno.EINVAL,
                        B_VALUE,
                        Errno.EINVAL,
                        false,
                        AT_ONCE_MS),
                new Row("SET C,4", List.of(set(C, 4)), A_VALUE, 0, B_VALUE, 0, false, AT_ONCE_MS),
                new Row(
                        "op=7; SET A,6",
                        List.of(new Operation(7, true, A, 0), set(A, 6)),
                        6,
                        Errno.EINVAL,
                        B_VALUE,
                        Errno.EINVAL,
                        false,
                        AT_ONCE_MS),
                new Row(
                        "WAIT_GT A,100 with flags bit 15",
                        List.of(withFlags(waitGt(A, 100), XgsOperation.COMPLETED)),
                        A_VALUE,
                        0,
                        B_VALUE,
                        0,
                        false,
                        AT_ONCE_MS),
                new Row(
                        "WAIT_GT B,0x1_0000_0000",
                        List.of(waitGt(B, 0x1_0000_0000L)),
                        A_VALUE,
                        0,
                        B_VALUE,
                        Errno.ETIMEDOUT,
                        true,
                        TIMEOUT_MS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void example(Row row) {
        XgsWorld world = new XgsWorld();
        long[] submittedNs = new long[1];
        world.run(client -> {
            int queue = client.queue();
            submittedNs[0] = world.machine.sim.nowNs();
            client.await(client.submit(queue, row.ops().toArray(new Operation[0])));
            assertEquals(row.a(), client.a().load());
            assertEquals(row.aError(), client.a().loadError());
            assertEquals(row.b(), client.b().load());
        });
        assertEquals(row.a(), world.a());
        assertEquals(row.aError(), world.aError());
        assertEquals(row.b(), world.b());
        assertEquals(row.finished(), world.finished(0));
        assertEquals(
                row.hasDoneFence() ? 1 : 0,
                world.fences(FenceKind.XGS_DONE, FenceStep.INIT).size());
        long tookMs = (world.finishedNs(0) - submittedNs[0]) / Machine.MS;
        assertTrue(tookMs <= row.atMs() && tookMs >= row.atMs() - 1, "took " + tookMs + " ms");
    }

    /// Second row: done once A is greater than 3 and somebody says so.
    @Test
    void aBlockedJobGoesOnOnceItsValueIsThereAndSyncUpdateSaysSo() {
        XgsWorld world = new XgsWorld();
        world.run(client -> {
            int out = client.submit(client.queue(), waitGt(A, 3), set(A, 9));
            client.sleepMs(1);
            client.a().store(4);
            client.sleepMs(1);
            assertEquals(4, client.a().load(), "nobody polls");
            client.update();
            client.await(out);
            assertEquals(9, client.a().load());
        });
        assertEquals(0, world.finished(0));
        assertEquals(1, world.fences(FenceKind.XGS_DONE, FenceStep.SIGNALED).size());
    }

    /// Fifth row, in a recheck.
    @Test
    void whateverAJobFailsWithInARecheckItsFenceSaysTimedOut() {
        XgsWorld world = new XgsWorld();
        world.run(client -> {
            int out = client.submit(client.queue(), waitGt(A, 3), waitLe(C, 0), set(A, 4));
            client.sleepMs(1);
            client.a().store(5);
            client.update();
            client.await(out);
        });
        assertEquals(4, world.a());
        assertEquals(0xffff_ffea, world.aError());
        assertEquals(Errno.ETIMEDOUT, world.finished(0));
    }

    @Test
    void withErrorStateTheFenceSaysWhatTheJobFailedWith() {
        XgsWorld world = new XgsWorld(XgsWorld.fix("xgsErrorState"));
        world.run(client -> {
            int out = client.submit(client.queue(), waitGt(A, 3), waitLe(C, 0), set(A, 4));
            client.sleepMs(1);
            client.a().store(5);
            client.update();
            client.await(out);
        });
        assertEquals(Errno.EINVAL, world.finished(0));
    }

    /// Ninth row.
    @Test
    void aJobWithoutOperationsFollowsItsInFence() {
        XgsWorld world = new XgsWorld();
        world.run(client -> {
            int queue = client.queue();
            int in = client.submit(queue, waitGt(A, 3));
            int other = client.queue();
            int out = client.syncobj();
            assertEquals(
                    0,
                    client.xgs()
                            .submit(
                                    other,
                                    List.of(),
                                    List.of(
                                            new SyncWish(in, false, 0),
                                            new SyncWish(out, true, 0))));
            client.sleepMs(1);
            assertEquals(
                    Errno.ETIME, client.syncobjs().await(out, Machine.MS, false), "in is not done");
            client.a().store(4);
            client.update();
            client.await(out);
        });
        assertEquals(0, world.finished(0));
        assertEquals(0, world.finished(1));
    }

    @Test
    void aWaitAtAnUnmappedAddressWarns() {
        XgsWorld world = new XgsWorld();
        world.run(client -> client.await(client.submit(client.queue(), waitLe(C, 0))));
        assertEquals(1, world.warns(WarnKind.WARN, "panthor_syncobj_create").size());
    }

    /// The offset of the object is checked by nobody: its error word lies on the guard page.
    @Test
    void anObjectThatReachesBeyondItsBufferIsAnOopsOnlyForTheWordOutside() {
        XgsWorld world = new XgsWorld();
        long last = A + XgsWorld.BO_BYTES - 8;
        world.run(client -> {
            int queue = client.queue();
            client.await(client.submit(queue, set(last, 1)));
            assertEquals(0, world.warns(WarnKind.OOPS, "panthor_syncobj").size());
            client.await(client.submit(queue, waitLe(C, 0), set(last, 2)));
            assertEquals(1, world.warns(WarnKind.OOPS, "panthor_syncobj").size());
            client.await(client.submit(queue, set(last + 4, 2)));
            assertEquals(3, world.warns(WarnKind.OOPS, "panthor_syncobj").size(), "load and store");
        });
    }

    @Test
    void anEventfdCountsEverySignalThatIsDone() {
        XgsWorld world = new XgsWorld();
        long[] count = new long[1];
        world.run(client -> {
            var eventfd = client.file().eventfd();
            client.await(
                    client.submit(
                            client.queue(eventfd), set(A, 1), set(C, 1), add(A, 1), waitGt(A, 1)));
            count[0] = client.file().readEventfd(eventfd, 0);
        });
        assertEquals(2, count[0], "the one that could not be mapped does not count");
    }

    @Test
    void anOperationIsDoneOnceHoweverOftenTheJobIsLookedAt() {
        XgsWorld world = new XgsWorld();
        world.run(client -> {
            int out = client.submit(client.queue(), add(A, 1), waitGt(A, 10), add(A, 1));
            client.sleepMs(1);
            client.update();
            client.update();
            client.a().store(20);
            client.update();
            client.await(out);
        });
        assertEquals(21, world.a());
        List<XgsOp> first =
                world.machine.of(XgsOp.class).stream().filter(op -> op.index() == 0).toList();
        assertEquals(List.of(false, true, true, true), first.stream().map(XgsOp::skipped).toList());
    }
}
