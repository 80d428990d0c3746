package org.panscope.core.state;

import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.KernelEvent.CreateStep;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.ListNode;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.event.UserEvent.Writer;

/// Events as tests need them: one user-submit group with one queue, ring in bo:1, pages in bo:2.
final class Events {
    static final long GID = 3;
    static final int RING_BO = 1;
    static final int IO_BO = 2;
    static final long RING_SIZE = 4096;
    static final long RING_VA = 0x7fff_0000_0000L;
    static final long DOORBELL_OFFSET = 0x0100_0400_0000_0000L;
    static final ObjectId QUEUE = ObjectId.queue(GID, 0);
    static final ObjectId GROUP = ObjectId.of("group", GID);

    private Events() {}

    /// A trace in which the group and its queue have been created.
    static StateScript withQueue() {
        return StateScript.of(
                new KernelEvent.FileOpen(1, 11, "app"),
                new MemoryEvent.VmCreate(1, 1, 1, 1L << 47),
                bo(RING_BO, RING_SIZE),
                bo(IO_BO, 0x2000),
                create(CreateStep.ALLOC),
                new KernelEvent.QueueCreated(
                        GID,
                        0,
                        1,
                        RING_VA,
                        RING_SIZE,
                        RING_BO,
                        IO_BO,
                        0x1000L,
                        0x2000L,
                        24L,
                        null,
                        0x100L,
                        0x200L,
                        DOORBELL_OFFSET),
                create(CreateStep.LINKED));
    }

    static MemoryEvent.BoCreate bo(int id, long size) {
        return new MemoryEvent.BoCreate(id, null, null, size, "test");
    }

    static KernelEvent.GroupCreateStep create(CreateStep step) {
        return new KernelEvent.GroupCreateStep(GID, 1, step, 1, 1, true, 1, 1, false);
    }

    static UserEvent.RingWrite ring(long at, byte[] data) {
        return new UserEvent.RingWrite(GID, 0, at, data.length, data, Writer.USER);
    }

    static UserEvent.InsertWrite insert(long value) {
        return new UserEvent.InsertWrite(GID, 0, null, value, Writer.USER);
    }

    static SchedEvent.Bind bind(int slot) {
        return new SchedEvent.Bind(GID, slot, 1, slot + 1, 0);
    }

    static SchedEvent.Unbind unbind(int slot) {
        return new SchedEvent.Unbind(GID, slot, SchedEvent.GroupStateName.SUSPENDED, 0);
    }

    static SchedEvent.GroupList move(GroupListName from, GroupListName to) {
        return new SchedEvent.GroupList(GID, ListNode.RUN_NODE, from, to, 1, -1, "test");
    }

    static FirmwareEvent.FwCs fetch(int slot, long insert) {
        return new FirmwareEvent.FwCs(
                slot, 0, CsStep.FETCH, insert, null, null, null, null, null, null, null, null);
    }

    static FirmwareEvent.FwCs extract(int slot, long extract) {
        return new FirmwareEvent.FwCs(
                slot, 0, CsStep.EXTRACT, null, extract, null, null, null, null, null, null, null);
    }

    static FirmwareEvent.FwCs active(int slot, boolean active) {
        return new FirmwareEvent.FwCs(
                slot, 0, CsStep.ACTIVE, null, null, active, null, null, null, null, null, null);
    }

    static FirmwareEvent.FwCs block(int slot, long va, long ref) {
        return new FirmwareEvent.FwCs(
                slot, 0, CsStep.BLOCK, null, null, null, RING_VA, 3, va, ref, true, true);
    }
}
