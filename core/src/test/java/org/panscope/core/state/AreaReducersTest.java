package org.panscope.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.event.FenceEvent;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.SyncEvent;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.event.XgsEvent;
import org.panscope.trace.io.EventHeader;

/// Groups, slots, interfaces, sync objects, fences, jobs: what the area reducers make of events.
class AreaReducersTest {
    private static final ObjectId GPU = ObjectId.parse("device:gpu");

    @Test
    void schedulerListsKeepTheirOrder() {
        StateScript trace = Events.withQueue();
        trace.add(Events.move(GroupListName.NONE, GroupListName.RUNNABLE))
                .add(listed(4, GroupListName.NONE, GroupListName.RUNNABLE, null, null))
                .add(listed(5, GroupListName.NONE, GroupListName.RUNNABLE, 0, null));
        assertEquals(
                "group:5 group:3 group:4",
                value(trace.end(), "device:gpu", Belief.KERNEL, "runnable_1"));
        trace.add(Events.move(GroupListName.RUNNABLE, GroupListName.NONE));
        assertEquals(
                "group:5 group:4", value(trace.end(), "device:gpu", Belief.KERNEL, "runnable_1"));
        assertEquals("none", value(trace.end(), "group:3", Belief.KERNEL, "list"));
    }

    @Test
    void aGroupAddedTwiceStandsOnBothLists() {
        StateScript trace = new StateScript();
        trace.add(listed(3, GroupListName.NONE, GroupListName.IDLE, 0, false))
                .add(listed(3, GroupListName.IDLE, GroupListName.RUNNABLE, 0, true));
        assertEquals("group:3", value(trace.end(), "device:gpu", Belief.KERNEL, "idle_1"));
        assertEquals("group:3", value(trace.end(), "device:gpu", Belief.KERNEL, "runnable_1"));
        assertEquals("runnable", value(trace.end(), "group:3", Belief.KERNEL, "list"));
    }

    @Test
    void aMoveFromAListTheGroupIsNotOnIsAnAnomaly() {
        StateScript trace = Events.withQueue();
        trace.add(Events.move(GroupListName.NONE, GroupListName.IDLE));
        assertEquals(0, trace.end().anomalyCount());
        trace.add(Events.move(GroupListName.RUNNABLE, GroupListName.NONE));
        assertEquals(1, trace.end().anomalyCount());
    }

    @Test
    void bindAndUnbindAreSeenFromBothSides() {
        StateScript trace = Events.withQueue().add(Events.bind(2));
        assertEquals(Events.GID, value(trace.end(), "slot:2", Belief.KERNEL, "group"));
        assertEquals(2L, value(trace.end(), "group:3", Belief.KERNEL, "slot"));
        assertEquals(3L, value(trace.end(), "queue:3.0", Belief.KERNEL, "doorbell_id"));
        assertEquals(1L, value(trace.end(), "as:1", Belief.KERNEL, "vm"));
        trace.add(Events.unbind(2));
        assertNull(value(trace.end(), "slot:2", Belief.KERNEL, "group"));
        assertEquals(-1L, value(trace.end(), "group:3", Belief.KERNEL, "slot"));
    }

    @Test
    void masksOfAGroupAreFlagsOfItsQueues() {
        StateScript trace =
                Events.withQueue().add(new SchedEvent.GroupMasks(Events.GID, 1, 0, 0, false));
        assertEquals(true, value(trace.end(), "queue:3.0", Belief.KERNEL, "idle"));
        assertEquals(false, value(trace.end(), "queue:3.0", Belief.KERNEL, "blocked"));
        assertEquals(1L, value(trace.end(), "group:3", Belief.KERNEL, "idle_queues"));
    }

    @Test
    void requestAndAcknowledgeDifferWhilePending() {
        StateScript trace = Events.withQueue().add(Events.bind(0));
        trace.add(new FirmwareEvent.FwAck("CSG0", "ack", 1, 0))
                .add(new FirmwareEvent.FwReq("CSG0", "req", 0, 1));
        assertEquals(1L, value(trace.end(), "iface:CSG0", Belief.MEMORY, "pending"));
        assertEquals("START", value(trace.end(), "slot:0", Belief.KERNEL, "csg_state"));
        assertTrue(object(trace.end(), "slot:0").disagree("csg_state"));
        trace.add(new FirmwareEvent.FwAck("CSG0", "ack", 0, 1));
        assertEquals(0L, value(trace.end(), "iface:CSG0", Belief.MEMORY, "pending"));
        assertFalse(object(trace.end(), "slot:0").disagree("csg_state"));
        assertEquals("ACTIVE", value(trace.end(), "group:3", Belief.FIRMWARE, "state"));
    }

    @Test
    void syncObjectIsReadFromTheBytesBehindItsAddress() {
        StateScript trace = Events.withQueue().add(Events.bo(9, 4096));
        trace.add(new MemoryEvent.VmMap(1, 0x10_0000, 4096, 9, 0L, 0L))
                .add(sync(SyncEvent.SyncWriter.GPU, 5, null));
        assertEquals(5L, value(trace.end(), "sync:1@0x100040", Belief.MEMORY, "value"));
        assertEquals(5L, value(trace.end(), "sync:1@0x100040", Belief.FIRMWARE, "value"));
        assertEquals(0L, value(trace.end(), "sync:1@0x100040", Belief.MEMORY, "error"));
        trace.add(new MemoryEvent.MemWrite(9, 0x40, new byte[] {9}, MemoryEvent.MemoryWriter.USER));
        assertEquals(9L, value(trace.end(), "sync:1@0x100040", Belief.MEMORY, "value"));
        assertTrue(object(trace.end(), "sync:1@0x100040").disagree("value"));
        trace.add(new MemoryEvent.VmUnmap(1, 0x10_0000, 4096));
        assertNull(value(trace.end(), "sync:1@0x100040", Belief.MEMORY, "value"));
    }

    @Test
    void syncObjectWithoutKnownBytesStillHasAValue() {
        StateScript trace = Events.withQueue().add(sync(SyncEvent.SyncWriter.XGS, 3, 0xffff_ffea));
        assertEquals(3L, value(trace.end(), "sync:1@0x100040", Belief.MEMORY, "value"));
        assertEquals(3L, value(trace.end(), "sync:1@0x100040", Belief.KERNEL, "value"));
        assertEquals(0xffff_ffeaL, value(trace.end(), "sync:1@0x100040", Belief.MEMORY, "error"));
    }

    @Test
    void anUnmappedMiddleLeavesBothEnds() {
        StateScript trace = Events.withQueue().add(Events.bo(9, 0x4000));
        trace.add(new MemoryEvent.VmMap(1, 0x10_0000, 0x4000, 9, 0L, 0L))
                .add(new MemoryEvent.VmUnmap(1, 0x10_1000, 0x1000));
        AddressSpace space = trace.end().addressSpace(1);
        assertEquals(new AddressSpace.Place(9, 0xfff), space.resolve(0x10_0fff));
        assertNull(space.resolve(0x10_1000));
        assertEquals(new AddressSpace.Place(9, 0x2000), space.resolve(0x10_2000));
        assertNull(space.resolve(0x10_4000));
        assertEquals(
                "0x2000 bo:9+0x2000 flags 0x0",
                value(trace.end(), "vm:1", Belief.KERNEL, "map_0x102000"));
        assertEquals(0, trace.end().anomalyCount());
    }

    @Test
    void aFenceLivesFromInitToDestroy() {
        StateScript trace = StateScript.of(fence(FenceStep.INIT, 1));
        assertEquals(false, value(trace.end(), "fence:24:1", Belief.KERNEL, "signaled"));
        trace.add(fence(FenceStep.SIGNALED, 1));
        assertEquals(true, value(trace.end(), "fence:24:1", Belief.KERNEL, "signaled"));
        trace.add(fence(FenceStep.DESTROY, 1));
        assertNull(trace.end().object(ObjectId.fence(24, 1)));
    }

    @Test
    void signalledFencesThatAreNeverFreedDoNotPileUp() {
        StateScript trace = new StateScript();
        for (int seqno = 1; seqno <= 1000; seqno++) {
            trace.add(fence(FenceStep.INIT, seqno)).add(fence(FenceStep.SIGNALED, seqno));
        }
        trace.add(fence(FenceStep.INIT, 1001));
        assertEquals(StateBuilder.MAX_RETIRED + 1, trace.end().ofKind("fence").size());
        assertEquals(ObjectId.fence(24, 1001), trace.end().ofKind("fence").getLast().id());
    }

    @Test
    void jobsInFlightAreListedOnTheirQueue() {
        StateScript trace = Events.withQueue();
        trace.add(job(JobStep.CREATED)).add(job(JobStep.PUSHED));
        assertEquals("job:5", value(trace.end(), "queue:3.0", Belief.KERNEL, "jobs_queued"));
        trace.add(job(JobStep.RUN)).add(job(JobStep.WRITTEN));
        assertEquals("", value(trace.end(), "queue:3.0", Belief.KERNEL, "jobs_queued"));
        assertEquals("job:5", value(trace.end(), "queue:3.0", Belief.KERNEL, "jobs_in_flight"));
        trace.add(job(JobStep.DONE)).add(job(JobStep.FREED));
        assertEquals("", value(trace.end(), "queue:3.0", Belief.KERNEL, "jobs_in_flight"));
        assertNull(trace.end().object(ObjectId.of("job", 5)));
    }

    @Test
    void threadsShowWhatTheyAreIn() {
        EventHeader header = new EventHeader(10, 0, -1, false, -1, 1000, "app", "ioctl", "sched");
        StateScript trace = Events.withQueue();
        trace.add(header, new KernelEvent.IoctlEnter(0xc0, "GROUP_KICK", "drm", 1, new byte[0]));
        assertEquals("GROUP_KICK", value(trace.end(), "thread:1000", Belief.KERNEL, "ioctl"));
        assertEquals("sched", value(trace.end(), "thread:1000", Belief.KERNEL, "locks"));
        trace.add(header, new KernelEvent.IoctlExit(0xc0, "GROUP_KICK", 1, new byte[0], -22));
        assertNull(value(trace.end(), "thread:1000", Belief.KERNEL, "ioctl"));
        trace.add(
                header, new UserEvent.UserWaitBegin(UserEvent.WaitKind.EVENTFD, "eventfd:2", null));
        assertEquals(
                "eventfd:2", value(trace.end(), "thread:1000", Belief.APPLICATION, "waits_for"));
    }

    @Test
    void deviceKnowsPowerAndTick() {
        StateScript trace = new StateScript();
        trace.add(pm(SchedEvent.PmStep.RESUME_END))
                .add(new SchedEvent.Tick(SchedEvent.TickPhase.END, true, null, null, 1, 0, null));
        assertEquals("active", value(trace.end(), "device:gpu", Belief.KERNEL, "pm_state"));
        assertEquals("never", value(trace.end(), "device:gpu", Belief.KERNEL, "resched_target"));
        assertEquals(0, trace.end().anomalyCount());
        assertEquals(GPU, trace.end().objects().firstKey());
    }

    @Test
    void xgsJobsShowTheirOperations() {
        StateScript trace =
                StateScript.of(
                        new XgsEvent.XgsJob(
                                1, 2, XgsEvent.XgsJobStep.CREATED, 1, 1, 0, null, null, 0, null),
                        new XgsEvent.XgsOp(
                                2,
                                0,
                                XgsEvent.XgsOpKind.SIGNAL_ADD,
                                XgsEvent.XgsFormat.U64,
                                0x40,
                                1,
                                4L,
                                5L,
                                0,
                                0,
                                false));
        assertEquals(
                "signal_add u64 0x40 1: now 5",
                value(trace.end(), "xgs-job:2", Belief.KERNEL, "op_0"));
        trace.add(
                new XgsEvent.XgsJob(
                        1, 2, XgsEvent.XgsJobStep.FREED, 1, 0, 0, null, null, null, null));
        assertNull(trace.end().object(ObjectId.of("xgs-job", 2)));
    }

    private static SchedEvent.Pm pm(SchedEvent.PmStep step) {
        return new SchedEvent.Pm(step, SchedEvent.PmOwner.SCHEDULER, 1, 0, 0);
    }

    private static SchedEvent.GroupList listed(
            long gid,
            GroupListName from,
            GroupListName to,
            @Nullable Integer position,
            @Nullable Boolean doubleLinked) {
        return new SchedEvent.GroupList(
                gid, SchedEvent.ListNode.RUN_NODE, from, to, 1, -1, "test", position, doubleLinked);
    }

    private static SyncEvent.SyncMem sync(
            SyncEvent.SyncWriter writer, long value, @Nullable Integer error) {
        return new SyncEvent.SyncMem(
                1, 0x10_0040, 8, 0L, value, null, error, writer, null, null, null, null);
    }

    private static FenceEvent.Fence fence(FenceStep step, long seqno) {
        return new FenceEvent.Fence(
                step,
                FenceKind.FINISHED,
                24,
                seqno,
                "drm_sched",
                "panthor-queue",
                null,
                null,
                null);
    }

    private static SchedEvent.Job job(JobStep step) {
        return new SchedEvent.Job(
                5, Events.GID, 0, step, 0x1000L, 64L, 0L, 128L, 16, "fence:25:1", null, 0);
    }

    private static ObjectState object(ReducedState state, String id) {
        ObjectState object = state.object(ObjectId.parse(id));
        return object == null ? ObjectState.unknown(ObjectId.parse(id)) : object;
    }

    private static @Nullable Object value(
            ReducedState state, String id, Belief belief, String quantity) {
        Cell cell = object(state, id).get(belief, quantity);
        return cell == null ? null : cell.value();
    }
}
