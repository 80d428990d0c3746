package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.panscope.core.kernel.XgsWorld.A;
import static org.panscope.core.kernel.XgsWorld.B;
import static org.panscope.core.kernel.XgsWorld.C;
import static org.panscope.core.kernel.XgsWorld.add;
import static org.panscope.core.kernel.XgsWorld.set;
import static org.panscope.core.kernel.XgsWorld.waitGt;
import static org.panscope.core.kernel.XgsWorld.waitLe;
import static org.panscope.core.kernel.XgsWorld.withFlags;

import org.junit.jupiter.api.Test;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.XgsOp;
import org.panscope.core.uapi.XgsQueueSubmitArgs;
import org.panscope.core.user.GroupClient;
import org.panscope.core.user.GroupRequest;
import org.panscope.core.user.SyncWish;
import org.panscope.core.user.XgsClient.Operation;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.XgsEvent;

import java.util.Arrays;
import java.util.List;

/// What the header of the series declares and the series does not do, with `fix.xgs_error_state`:
/// an error state of the queue, errors inherited from objects, and barriers. And who sees what of
/// an object's value and error.
class XgsErrorStateTest {
    private final XgsWorld mended = new XgsWorld(XgsWorld.fix("xgsErrorState"));

    private static int submit(XgsWorld.Client client, int queue, int flags, Operation... ops) {
        int out = client.syncobj();
        assertEquals(
                0,
                client.xgs()
                        .submit(
                                queue,
                                flags,
                                Arrays.asList(ops),
                                List.of(new SyncWish(out, true, 0))));
        return out;
    }

    @Test
    void anErrorStaysUntilABarrierClearsIt() {
        mended.run(client -> {
            int queue = client.queue();
            client.await(submit(client, queue, 0, waitLe(C, 0)));
            client.await(submit(client, queue, 0, waitGt(B, 0), add(A, 1)));
            client.await(submit(client, queue, XgsQueueSubmitArgs.ERROR_BARRIER_POST, add(A, 1)));
            client.await(submit(client, queue, 0, add(A, 1)));
            client.await(submit(client, queue, 0, waitLe(C, 0)));
            client.await(submit(client, queue, XgsQueueSubmitArgs.ERROR_BARRIER_PRE, add(A, 1)));
        });
        assertEquals(
                List.of(Errno.EINVAL, Errno.EINVAL, Errno.EINVAL, 0, Errno.EINVAL, 0),
                List.of(
                        mended.finished(0),
                        mended.finished(1),
                        mended.finished(2),
                        mended.finished(3),
                        mended.finished(4),
                        mended.finished(5)));
        assertEquals(XgsWorld.A_VALUE + 4, mended.a());
    }

    @Test
    void asPostedNothingOutlivesItsJobAndBarriersDoNothing() {
        XgsWorld posted = new XgsWorld();
        posted.run(client -> {
            int queue = client.queue();
            client.await(submit(client, queue, 0, waitLe(C, 0)));
            client.await(submit(client, queue, 3, add(A, 1)));
        });
        assertEquals(0, posted.finished(1));
        assertEquals(0, posted.aError());
    }

    /// The object gets value 5 and error -EINVAL from a first job; a second waits for that value.
    private static int errorOfWaiterWithFlags(XgsWorld world, int flags) {
        world.run(client -> {
            client.await(submit(client, client.queue(), 0, waitLe(C, 0), set(A, 5)));
            client.await(
                    submit(client, client.queue(), 0, withFlags(waitGt(A, 4), flags), set(B, 1)));
        });
        assertEquals(1, world.b());
        return world.finished(1);
    }

    @Test
    void aWaitInheritsTheErrorOfItsObjectWhenItAsksTo() {
        assertEquals(Errno.EINVAL, errorOfWaiterWithFlags(mended, XgsOp.INHERIT_ERROR_WAIT));
    }

    @Test
    void aWaitThatDoesNotAskInheritsNothing() {
        assertEquals(0, errorOfWaiterWithFlags(mended, 0));
    }

    @Test
    void asPostedNobodyReadsTheErrorOfAnObject() {
        assertEquals(0, errorOfWaiterWithFlags(new XgsWorld(), XgsOp.INHERIT_ERROR_WAIT));
    }

    @Test
    void aSignalThatCannotBeMappedIsAnErrorOnceMended() {
        mended.run(client -> client.await(submit(client, client.queue(), 0, set(C, 4))));
        assertEquals(Errno.EINVAL, mended.finished(0));
    }

    /// I21: no barrier and no order that a waiter could rely on.
    @Test
    void theValueIsVisibleBeforeTheError() {
        XgsWorld world = new XgsWorld();
        world.run(
                client -> client.await(submit(client, client.queue(), 0, waitLe(C, 0), set(A, 4))));
        List<SyncMem> stores =
                world.machine.of(SyncMem.class).stream()
                        .filter(store -> store.writer() == SyncWriter.XGS)
                        .toList();
        assertEquals(2, stores.size());
        assertEquals(4, stores.get(0).newValue());
        assertEquals(null, stores.get(0).newError());
        assertEquals(4, stores.get(1).newValue());
        assertEquals(Errno.EINVAL, stores.get(1).newError());
    }

    /// I22: a store between the addition's load and its store is lost.
    @Test
    void anAdditionLosesWhatSomebodyStoresMeanwhile() {
        XgsWorld world = new XgsWorld();
        world.run(client -> {
            int queue = client.queue();
            client.machine()
                    .processes()
                    .getLast()
                    .start(
                            0,
                            () -> {
                                while (world.machine.of(XgsEvent.XgsOp.class).isEmpty()) {
                                    client.machine().sim.sleep(10);
                                }
                                client.a().store(100);
                            });
            client.await(submit(client, queue, 0, add(A, 1)));
        });
        List<Long> stored =
                world.machine.of(SyncMem.class).stream()
                        .filter(store -> store.va() == A)
                        .map(SyncMem::newValue)
                        .toList();
        assertEquals(List.of(XgsWorld.A_VALUE, 100L, XgsWorld.A_VALUE + 1), stored);
    }

    /// Patch 5/8 turned the order around.
    @Test
    void aDeadGroupsValueIsVisibleBeforeItsErrorToo() {
        XgsWorld world = new XgsWorld();
        world.run(client -> {
            GroupClient groups = new GroupClient(client.file());
            var group =
                    groups.create(
                                    new GroupRequest(
                                            client.vm(),
                                            1,
                                            false,
                                            1,
                                            1,
                                            null,
                                            List.of(new GroupRequest.Queue(1, 4096))))
                            .value();
            assertEquals(0, groups.destroy(group.handle()));
        });
        List<SyncMem> stores =
                world.machine.of(SyncMem.class).stream()
                        .filter(store -> store.writer() == SyncWriter.KERNEL_TERM)
                        .toList();
        assertEquals(2, stores.size());
        assertEquals(null, stores.get(0).newError());
        assertEquals(-1, stores.get(1).newError());
    }
}
