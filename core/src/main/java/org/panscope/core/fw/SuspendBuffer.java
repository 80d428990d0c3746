package org.panscope.core.fw;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Context of a suspended stream as bytes in the group's suspend buffer. The format is the
/// firmware's own business; ours keeps registers, call stack, pending operations and position.
final class SuspendBuffer {
    /// Room for one stream.
    static final int BYTES_PER_STREAM = 8192;

    private static final int MAGIC = 0x4353_5342;

    private SuspendBuffer() {}

    /// The context of a stream.
    ///
    /// @param blocked whether the current instruction has been issued and waits
    /// @param nowNs for the time left of operations that run
    static byte[] save(StreamCore core, long extract, boolean blocked, long nowNs) {
        ByteBuffer out = ByteBuffer.allocate(BYTES_PER_STREAM).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(blocked ? 1 : 0).putLong(extract);
        out.putLong(core.ip).putLong(core.start).putLong(core.end);
        out.putInt(core.endpointSlot).putInt(core.otherSlot);
        out.putInt(core.errorState).putInt(core.resources);
        out.putLong(core.heapVa).putLong(core.progress);
        out.putInt(core.registerCount());
        for (int i = 0; i < core.registerCount(); i++) {
            out.putInt(core.register(i));
        }
        out.putInt(core.calls.depth());
        for (int i = 0; i < core.calls.depth(); i++) {
            out.putLong(core.calls.pointer(i)).putLong(core.calls.start(i));
            out.putLong(core.calls.end(i));
        }
        out.putInt(core.scoreboard.pending().size());
        for (AsyncOperation operation : core.scoreboard.pending()) {
            long leftNs =
                    operation.timer == null
                            ? operation.remainingNs
                            : Math.max(1, operation.timer.timeNs() - nowNs);
            out.putInt(operation.slot).putInt(operation.waitMask);
            out.putLong(operation.number).putLong(operation.word);
            out.putLong(operation.address).putLong(operation.data).putLong(leftNs);
            JobContext.save(out, operation.job);
        }
        byte[] used = new byte[out.position()];
        out.flip().get(used);
        return used;
    }

    /// What [#restore] found beside the state it put into the core.
    record Position(long extract, boolean blocked) {}

    /// Puts a saved context back.
    ///
    /// @param cause what the operations that were pending now follow from
    /// @return null when the bytes are not a context
    static @org.jspecify.annotations.Nullable Position restore(
            StreamCore core, byte[] bytes, long cause) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        core.reset();
        if (in.getInt() != MAGIC) {
            return null;
        }
        boolean blocked = in.getInt() != 0;
        long extract = in.getLong();
        core.ip = in.getLong();
        core.start = in.getLong();
        core.end = in.getLong();
        core.endpointSlot = in.getInt();
        core.otherSlot = in.getInt();
        core.errorState = in.getInt();
        core.resources = in.getInt();
        core.heapVa = in.getLong();
        core.progress = in.getLong();
        if (in.getInt() != core.registerCount()) {
            return null;
        }
        for (int i = 0; i < core.registerCount(); i++) {
            core.setRegister(i, in.getInt());
        }
        int depth = in.getInt();
        if (depth < 0 || depth > core.calls.capacity()) {
            return null;
        }
        for (int i = 0; i < depth; i++) {
            core.calls.push(in.getLong(), in.getLong(), in.getLong());
        }
        int operations = in.getInt();
        if (operations < 0 || operations > Scoreboard.CAPACITY) {
            return null;
        }
        for (int i = 0; i < operations; i++) {
            int slot = in.getInt();
            int waitMask = in.getInt();
            AsyncOperation operation =
                    new AsyncOperation(
                            in.getLong(),
                            slot,
                            waitMask,
                            in.getLong(),
                            in.getLong(),
                            in.getLong(),
                            in.getLong(),
                            cause);
            operation.job = JobContext.restore(in, operation.word);
            core.scoreboard.add(operation);
        }
        return new Position(extract, blocked);
    }
}
