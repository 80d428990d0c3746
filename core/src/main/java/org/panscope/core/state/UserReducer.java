package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.Unit;

import java.util.Arrays;

/// What applications store, load, ring and wait for.
final class UserReducer {
    private UserReducer() {}

    static void apply(StateBuilder state, EventHeader header, UserEvent event) {
        switch (event) {
            case UserEvent.RingWrite write -> ringWrite(state, write);
            case UserEvent.InsertWrite write -> insertWrite(state, write);
            case UserEvent.DbRing ring -> doorbell(state, ring);
            case UserEvent.UserLoad load -> load(state, load);
            case UserEvent.UserWaitBegin wait -> {
                if (header.pid() >= 0) {
                    state.edit(ObjectId.of("thread", header.pid()))
                            .set(Belief.APPLICATION, "wait_kind", wait.kind())
                            .set(Belief.APPLICATION, "waits_for", wait.object())
                            .clear(Belief.APPLICATION, "wait_timeout")
                            .set(Belief.APPLICATION, "wait_timeout", wait.timeoutNs(), Unit.NS);
                }
            }
            case UserEvent.UserWaitEnd wait -> {
                if (header.pid() >= 0) {
                    state.edit(ObjectId.of("thread", header.pid()))
                            .clear(Belief.APPLICATION, "wait_kind", "waits_for", "wait_timeout")
                            .set(Belief.APPLICATION, "wait_result", wait.result(), Unit.ERRNO);
                }
            }
        }
    }

    private static void ringWrite(StateBuilder state, UserEvent.RingWrite write) {
        ObjectEditor queue = Queues.known(state, write.gid(), write.queue());
        byte[] data = write.data();
        long length = data == null ? write.length() : data.length;
        queue.set(believer(write.by()), "written", write.at() + length, Unit.BYTES);
        Integer ringBo = Queues.ringMemory(queue);
        Long size = queue.number(Belief.KERNEL, "ring_size");
        if (ringBo == null || size == null || size <= 0) {
            return;
        }
        if (length < 0 || length > size) {
            state.anomaly(queue.id(), "more bytes stored than the ring has");
            state.forget(ringBo, 0, size);
            return;
        }
        long start = Long.remainderUnsigned(write.at(), size);
        long first = Math.min(length, size - start);
        if (data == null) {
            state.forget(ringBo, start, first);
            state.forget(ringBo, 0, length - first);
        } else {
            state.write(ringBo, start, Arrays.copyOf(data, (int) first));
            state.write(ringBo, 0, Arrays.copyOfRange(data, (int) first, data.length));
        }
    }

    private static void insertWrite(StateBuilder state, UserEvent.InsertWrite write) {
        ObjectEditor queue = Queues.known(state, write.gid(), write.queue());
        queue.set(believer(write.by()), "insert", write.newInsert(), Unit.BYTES);
        Queues.storeUserIo(state, queue, UserIoLayout.INSERT, write.newInsert(), Long.BYTES);
    }

    private static void doorbell(StateBuilder state, UserEvent.DbRing ring) {
        Long gid = ring.intendedGid();
        Integer index = ring.intendedQueue();
        Integer id = ring.doorbellId();
        String page = ring.page().label() + (id == null ? "" : " doorbell " + id);
        if (gid != null && index != null && ring.by() == UserEvent.Ringer.USER_PAGE) {
            Queues.known(state, gid, index)
                    .set(Belief.APPLICATION, "last_ring", page)
                    .clear(Belief.FIRMWARE, "last_ring")
                    .set(Belief.FIRMWARE, "last_ring", heardBy(ring, gid));
        }
        Long target = ring.targetGid();
        if (target != null) {
            state.known(ObjectId.of("group", target))
                    .set(Belief.FIRMWARE, "last_ring_by", ring.by());
        }
    }

    /// What the firmware heard of a ring, or null when nobody saw where the store landed.
    private static @Nullable String heardBy(UserEvent.DbRing ring, long intended) {
        Long target = ring.targetGid();
        if (target == null) {
            return ring.page() == UserEvent.DoorbellPage.UNKNOWN ? null : "not heard";
        }
        return target == intended
                ? ring.page().label() + " doorbell " + ring.doorbellId()
                : "heard by group:" + target;
    }

    private static void load(StateBuilder state, UserEvent.UserLoad load) {
        Long gid = load.gid();
        Integer index = load.queue();
        switch (load.word()) {
            case INSERT, EXTRACT -> {
                if (gid != null && index != null) {
                    String word = load.word() == UserEvent.LoadedWord.INSERT ? "insert" : "extract";
                    Queues.known(state, gid, index)
                            .set(Belief.APPLICATION, word, load.value(), Unit.BYTES);
                }
            }
            case ACTIVE -> {
                if (gid != null && index != null) {
                    Queues.known(state, gid, index)
                            .set(Belief.APPLICATION, "active", load.value() != 0);
                }
            }
            case SYNC_OBJECT -> {
                Long va = load.va();
                Integer named = load.vmId();
                Long vm =
                        named != null
                                ? Long.valueOf(named)
                                : gid == null ? null : Queues.vmOf(state, gid);
                if (va != null && vm != null) {
                    SyncObjects.seen(state, vm, va)
                            .set(Belief.APPLICATION, "value", load.value(), Unit.COUNT);
                } else if (va != null) {
                    String suffix = "@0x" + Long.toHexString(va);
                    for (ObjectEditor sync : state.all("sync", "")) {
                        if (sync.id().key().endsWith(suffix)) {
                            sync.set(Belief.APPLICATION, "value", load.value(), Unit.COUNT);
                        }
                    }
                }
            }
            case LATEST_FLUSH ->
                    state.edit(Devices.GPU)
                            .set(Belief.APPLICATION, "latest_flush", load.value(), Unit.COUNT);
        }
    }

    private static Belief believer(UserEvent.Writer writer) {
        return writer == UserEvent.Writer.USER ? Belief.APPLICATION : Belief.KERNEL;
    }
}
