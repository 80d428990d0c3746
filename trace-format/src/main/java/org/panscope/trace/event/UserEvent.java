package org.panscope.trace.event;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventType;
import org.panscope.trace.schema.Field;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

/// What an application does with memory it has mapped: the ring, the user I/O pages, the doorbell.
public sealed interface UserEvent extends TraceEvent {

    /// Who performed a store.
    enum Writer implements Labelled {
        USER,
        KERNEL
    }

    /// Which page a doorbell store landed on.
    enum DoorbellPage implements Labelled {
        REAL,
        DUMMY,
        UNKNOWN
    }

    /// Which code rang a doorbell.
    enum Ringer implements Labelled {
        USER_PAGE,
        KICK,
        RUN_JOB,
        GLB,
        CSG_REQUEST
    }

    /// What an application looked at.
    enum LoadedWord implements Labelled {
        EXTRACT,
        ACTIVE,
        SYNC_OBJECT,
        LATEST_FLUSH,
        INSERT
    }

    /// How a thread waits.
    enum WaitKind implements Labelled {
        EVENTFD,
        SYNCOBJ,
        SYNC_OBJECT,
        FENCE
    }

    @EventType(
            id = 0x0101,
            layer = Layer.USER,
            doc = "Instruction words were stored into a ring buffer.",
            source = "RFC 20240828172605.19176 section ring BO; panthor_sched.c: queue_run_job")
    record RingWrite(
            @Field(Unit.ID) long gid,
            @Field(Unit.INDEX) int queue,
            @Field(
                            value = Unit.BYTES,
                            doc =
                                    "free-running offset; position in the ring is this modulo its"
                                            + " size")
                    long at,
            @Field(Unit.BYTES) long length,
            @Field(
                            value = Unit.NONE,
                            doc = "the bytes stored; absent when only their range was observed")
                    byte @Nullable [] data,
            @Field(Unit.NONE) Writer by)
            implements UserEvent {}

    @EventType(
            id = 0x0102,
            layer = Layer.USER,
            doc = "The INSERT word of a queue's input page was stored.",
            source = "panthor_fw.h: panthor_fw_ringbuf_input_iface.insert")
    record InsertWrite(
            @Field(Unit.ID) long gid,
            @Field(Unit.INDEX) int queue,
            @Field(value = Unit.BYTES, doc = "value before, where known") @Nullable Long oldInsert,
            @Field(Unit.BYTES) long newInsert,
            @Field(Unit.NONE) Writer by)
            implements UserEvent {}

    @EventType(
            id = 0x0103,
            layer = Layer.USER,
            doc = "A doorbell was rung.",
            source = "panthor_regs.h: CSF_DOORBELL; RFC patch 3/8")
    record DbRing(
            @Field(
                            value = Unit.INDEX,
                            doc = "0 global, slot + 1 for a CSG slot; absent for the dummy page")
                    @Nullable Integer doorbellId,
            @Field(Unit.NONE) DoorbellPage page,
            @Field(Unit.NONE) Ringer by,
            @Field(value = Unit.ID, doc = "group bound to that doorbell when the store landed")
                    @Nullable Long targetGid,
            @Field(value = Unit.ID, doc = "group the writer meant") @Nullable Long intendedGid,
            @Field(value = Unit.INDEX, doc = "queue the writer meant")
                    @Nullable Integer intendedQueue)
            implements UserEvent {}

    @EventType(
            id = 0x0104,
            layer = Layer.USER,
            doc = "An application loaded a word it bases a decision on.",
            source =
                    "panthor_fw.h: panthor_fw_ringbuf_input_iface and"
                            + " panthor_fw_ringbuf_output_iface; RFC section userspace protocol")
    record UserLoad(
            @Field(Unit.NONE) LoadedWord word,
            @Field(Unit.ID) @Nullable Long gid,
            @Field(Unit.INDEX) @Nullable Integer queue,
            @Field(value = Unit.GPU_VA, doc = "address of a sync object") @Nullable Long va,
            @Field(Unit.BYTES) long value,
            @Field(value = Unit.ID, doc = "address space of a sync object, where known")
                    @Nullable Integer vmId)
            implements UserEvent {

        /// A load of which the address space is not known, or needs not be.
        public UserLoad(
                LoadedWord word,
                @Nullable Long gid,
                @Nullable Integer queue,
                @Nullable Long va,
                long value) {
            this(word, gid, queue, va, value, null);
        }
    }

    @EventType(
            id = 0x0105,
            layer = Layer.USER,
            doc = "A thread began to wait.",
            source = "eventfd(2), poll(2), drm_syncobj.c: drm_syncobj_wait_ioctl")
    record UserWaitBegin(
            @Field(Unit.NONE) WaitKind kind,
            @Field(value = Unit.NONE, doc = "object waited for, as an object id") String object,
            @Field(value = Unit.NS, doc = "relative; absent = for ever, or not known")
                    @Nullable Long timeoutNs)
            implements UserEvent {}

    @EventType(
            id = 0x0106,
            layer = Layer.USER,
            doc = "A waiting thread went on.",
            source = "eventfd(2), poll(2), drm_syncobj.c: drm_syncobj_wait_ioctl")
    record UserWaitEnd(
            @Field(Unit.NONE) WaitKind kind,
            @Field(Unit.NONE) String object,
            @Field(value = Unit.COUNT, doc = "counter read from an eventfd, or value seen")
                    @Nullable Long value,
            @Field(Unit.ERRNO) @Nullable Integer result)
            implements UserEvent {}
}
