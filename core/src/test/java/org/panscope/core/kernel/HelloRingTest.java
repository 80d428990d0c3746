package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.isa.CsWords;
import org.panscope.core.kernel.base.RuntimePm;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.GroupClient;
import org.panscope.core.user.GroupRequest;
import org.panscope.core.user.KernelSubmitQueue;
import org.panscope.core.user.MemoryClient;
import org.panscope.core.user.Notify;
import org.panscope.core.user.SyncWish;
import org.panscope.core.user.SyncobjClient;
import org.panscope.core.user.UserBuffer;
import org.panscope.core.user.UserGroup;
import org.panscope.core.user.UserProcess;
import org.panscope.core.user.UserSubmitQueue;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.Ringer;

import java.util.List;

class HelloRingTest {
    private static final long SYNC_VA = 0x10_0000;
    private static final long CODE_VA = 0x20_0000;
    private static final long CORES = 0x50005;

    private final Machine machine = new Machine();
    private final UserProcess process = machine.process("hello-ring");
    private long value = -1;
    private int result = Integer.MIN_VALUE;

    private static long[] addOne() {
        return new long[] {
            CsWords.move48(0, SYNC_VA),
            CsWords.move48(2, 1),
            CsWords.syncAdd64(0, 2, CsWords.SCOPE_SYSTEM, false),
            0,
            0,
            0,
            0,
            0
        };
    }

    private UserBuffer mapped(DrmFile file, int vm, long va) {
        MemoryClient memory = new MemoryClient(file);
        UserBuffer buffer = memory.createBuffer(4096, vm).value();
        assertEquals(0, memory.map(vm, buffer, 0, va, 4096, 0));
        assertTrue(memory.mmap(buffer).isOk());
        return buffer;
    }

    private void userSubmit() {
        DrmFile file = process.open();
        int vm = new MemoryClient(file).createVm(0).value();
        UserBuffer sync = mapped(file, vm, SYNC_VA);
        EventFd eventfd = file.eventfd();
        GroupClient groups = new GroupClient(file);
        UserGroup group =
                groups.create(
                                new GroupRequest(
                                        vm,
                                        1,
                                        true,
                                        CORES,
                                        1,
                                        eventfd,
                                        List.of(new GroupRequest.Queue(0, 65536))))
                        .value();
        UserSubmitQueue queue = new UserSubmitQueue(file, group, 0);
        assertEquals(0, queue.mapRing() | queue.mapIo() | queue.mapDoorbell());
        byte[] batch = UserSubmitQueue.bytesOf(addOne());
        assertEquals(0, queue.submit(batch, Notify.ACTIVE));
        file.readEventfd(eventfd, 20 * Machine.MS);
        assertEquals(0, queue.submit(batch, Notify.RING));
        file.readEventfd(eventfd, 20 * Machine.MS);
        value = sync.mapping().load64(0);
    }

    @Test
    void twoBatchesReachTheSyncObjectOneByKickOneByDoorbell() {
        process.start(0, this::userSubmit);
        machine.sim.run(500 * Machine.MS);
        assertEquals(2, value);
        assertEquals(1, machine.of(KernelEvent.Kick.class).size());
        assertEquals(
                KernelEvent.KickBranch.SCHEDULE,
                machine.of(KernelEvent.Kick.class).getFirst().branch());
        DbRing ring =
                machine.of(DbRing.class).stream()
                        .filter(r -> r.by() == Ringer.USER_PAGE)
                        .findFirst()
                        .orElseThrow();
        assertEquals(DoorbellPage.REAL, ring.page());
        assertEquals(ring.intendedGid(), ring.targetGid());
        assertEquals(0, machine.of(Bind.class).getFirst().slot());
    }

    @Test
    void theEventfdGoesBackToTheInsertThatLedToIt() {
        process.start(0, this::userSubmit);
        machine.sim.run(500 * Machine.MS);
        InsertWrite insert = machine.of(InsertWrite.class).getFirst();
        KernelEvent.Eventfd signal = machine.of(KernelEvent.Eventfd.class).getFirst();
        assertEquals("group:1", signal.owner());
        assertTrue(machine.isCausedBy(signal, insert));
    }

    @Test
    void anIdleDeviceSuspendsAndItsGroupWaitsOnTheIdleList() {
        process.start(0, this::userSubmit);
        machine.sim.run(500 * Machine.MS);
        assertEquals(RuntimePm.State.SUSPENDED, machine.device.pm().state());
        assertEquals(0, machine.device.pm().usage());
        assertEquals(GroupListName.IDLE, machine.of(GroupList.class).getLast().to());
        assertFalse(machine.device.scheduler().pmHasRef());
    }

    @Test
    void aKernelSubmittedJobSignalsItsSyncobj() {
        process.start(
                0,
                () -> {
                    DrmFile file = process.open();
                    int vm = new MemoryClient(file).createVm(0).value();
                    UserBuffer sync = mapped(file, vm, SYNC_VA);
                    UserBuffer code = mapped(file, vm, CODE_VA);
                    code.store(0, UserSubmitQueue.bytesOf(addOne()));
                    UserGroup group =
                            new GroupClient(file)
                                    .create(
                                            new GroupRequest(
                                                    vm,
                                                    1,
                                                    false,
                                                    CORES,
                                                    1,
                                                    null,
                                                    List.of(new GroupRequest.Queue(0, 4096))))
                                    .value();
                    SyncobjClient syncobjs = new SyncobjClient(file);
                    int done = syncobjs.create(false).value();
                    KernelSubmitQueue queue = new KernelSubmitQueue(file, group, 0);
                    SyncWish signal = new SyncWish(done, true, 0);
                    assertEquals(0, queue.submit(CODE_VA, 64, List.of(signal)));
                    result = syncobjs.await(done, 50 * Machine.MS, false);
                    value = sync.mapping().load64(0);
                });
        machine.sim.run(500 * Machine.MS);
        assertEquals(0, result);
        assertEquals(1, value);
        List<FenceKind> signaled =
                machine.of(Fence.class).stream()
                        .filter(f -> f.step() == FenceStep.SIGNALED)
                        .map(Fence::kind)
                        .toList();
        assertEquals(
                List.of(FenceKind.SCHEDULED, FenceKind.QUEUE_DONE, FenceKind.FINISHED), signaled);
    }
}
