package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.Opcodes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Context of a suspended stream as bytes in the group's suspend buffer. The format is the
/// firmware's own business; ours keeps everything that a stream can tell: a stream that was resumed
/// goes on as if no time had passed, on whatever slot.
///
/// kernel: panthor_sched.c: csg_slot_prog_locked hands the buffer over
final class SuspendBuffer {
    /// Room for one stream.
    static final int BYTES_PER_STREAM = 8192;

    /// Room for what the streams of a group share; it lies behind the streams.
    static final int BYTES_OF_GROUP = 256;

    private static final int ISSUED = 1;
    private static final int OUT_OF_MEMORY = 2;
    private static final int HANDLER_INTERRUPTED = 4;

    private static final int NONE = 0;
    private static final int RUNNING = 0x4353_5342;
    private static final int DEAD = 0x4353_5358;

    private SuspendBuffer() {}

    /// CSG_CONTROL.suspend_size of a group.
    static int size(Isa isa, int streams) {
        return streams * BYTES_PER_STREAM + (hasSharedSlots(isa) ? BYTES_OF_GROUP : 0);
    }

    /// Whether the streams of a group share slots, which v10 has not.
    static boolean hasSharedSlots(Isa isa) {
        return isa.form(Opcodes.SHARED_SB_INC) != null;
    }

    /// What the streams share: their common slots.
    static byte[] ofGroup(int[] sharedSlots) {
        byte[] bytes = new byte[BYTES_OF_GROUP];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(sharedSlots);
        return bytes;
    }

    static void restoreGroup(int[] sharedSlots, byte[] bytes) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(sharedSlots);
    }

    /// Where a stream stood, beside the state of its core.
    ///
    /// @param extract as published
    /// @param pc address of the instruction it executed last, or was about to
    /// @param issued whether the current instruction has been issued and is to be tried again
    /// @param stepLeftNs time left until the current instruction executes
    /// @param outOfMemory whether jobs waited for tiler memory, and somebody was asked for it
    /// @param handler the handler call it was in; of no interest outside of one
    record Position(
            long extract,
            long pc,
            boolean issued,
            long stepLeftNs,
            boolean outOfMemory,
            HandlerCall.Saved handler) {
        int flags() {
            return (issued ? ISSUED : 0)
                    | (outOfMemory ? OUT_OF_MEMORY : 0)
                    | (handler.again() ? HANDLER_INTERRUPTED : 0);
        }
    }

    /// The context of a stream that does not run.
    ///
    /// @param dead whether a fatal report ended it; otherwise it was not started yet
    static byte[] without(boolean dead) {
        byte[] bytes = new byte[Integer.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(dead ? DEAD : NONE);
        return bytes;
    }

    static boolean isDead(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt() == DEAD;
    }

    /// The context of a running stream.
    ///
    /// @param nowNs for the time left of operations that run
    static byte[] save(StreamCore core, Position position, long nowNs) {
        ByteBuffer out = allocate(BYTES_PER_STREAM);
        out.putInt(RUNNING).putInt(position.flags());
        out.putLong(position.extract()).putLong(position.pc()).putLong(position.stepLeftNs());
        out.putLong(position.handler().heapVa());
        out.putLong(core.ip).putLong(core.start).putLong(core.end);
        out.putInt(core.endpointSlot).putInt(core.otherSlot).putInt(core.deferredSlot);
        out.putInt(core.streamMask).putInt(core.waitMask);
        out.putInt(core.errorState).putInt(core.resources);
        out.putLong(core.handlerVa).putInt(core.handlerBytes);
        out.putLong(core.heapVa).putLong(core.progress);
        out.putInt(core.registerCount());
        for (int i = 0; i < core.registerCount(); i++) {
            out.putInt(core.register(i));
        }
        out.putInt(core.tilerContexts.size());
        core.tilerContexts.forEach(out::putLong);
        out.putInt(core.calls.handlerBase()).putInt(core.calls.depth());
        for (int i = 0; i < core.calls.depth(); i++) {
            out.putLong(core.calls.pointer(i)).putLong(core.calls.start(i));
            out.putLong(core.calls.end(i));
        }
        out.putInt(core.scoreboard.pending().size());
        for (AsyncOperation operation : core.scoreboard.pending()) {
            save(out, operation, nowNs);
        }
        byte[] used = new byte[out.position()];
        out.flip().get(used);
        return used;
    }

    private static void save(ByteBuffer out, AsyncOperation operation, long nowNs) {
        long leftNs =
                operation.timer == null ? operation.remainingNs : operation.timer.timeNs() - nowNs;
        out.putLong(operation.number).putInt(operation.slot).putInt(operation.waitMask);
        out.putLong(operation.word).putLong(operation.address).putLong(operation.data);
        out.putLong(leftNs);
        JobContext.save(out, operation);
    }

    /// Puts a saved context back.
    ///
    /// @param cause what the operations that were pending now follow from
    /// @return null when the bytes are not the context of a running stream
    static @Nullable Position restore(StreamCore core, byte[] bytes, long cause) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        core.reset();
        if (in.getInt() != RUNNING) {
            return null;
        }
        int flags = in.getInt();
        Position position =
                new Position(
                        in.getLong(),
                        in.getLong(),
                        (flags & ISSUED) != 0,
                        in.getLong(),
                        (flags & OUT_OF_MEMORY) != 0,
                        new HandlerCall.Saved((flags & HANDLER_INTERRUPTED) != 0, in.getLong()));
        core.ip = in.getLong();
        core.start = in.getLong();
        core.end = in.getLong();
        core.endpointSlot = in.getInt();
        core.otherSlot = in.getInt();
        core.deferredSlot = in.getInt();
        core.streamMask = in.getInt();
        core.waitMask = in.getInt();
        core.errorState = in.getInt();
        core.resources = in.getInt();
        core.handlerVa = in.getLong();
        core.handlerBytes = in.getInt();
        core.heapVa = in.getLong();
        core.progress = in.getLong();
        if (in.getInt() != core.registerCount()) {
            return null;
        }
        for (int i = 0; i < core.registerCount(); i++) {
            core.setRegister(i, in.getInt());
        }
        int contexts = in.getInt();
        for (int i = 0; i < Math.min(contexts, TilerMemory.MOST_CONTEXTS); i++) {
            core.tilerContexts.add(in.getLong());
        }
        int handlerBase = in.getInt();
        int depth = in.getInt();
        if (depth < 0 || depth > core.calls.capacity()) {
            return null;
        }
        for (int i = 0; i < depth; i++) {
            core.calls.push(in.getLong(), in.getLong(), in.getLong());
        }
        core.calls.restoreHandler(Math.clamp(handlerBase, 0, depth));
        core.inHandler = core.calls.handlerBase() != 0;
        int operations = in.getInt();
        if (operations < 0 || operations > Scoreboard.CAPACITY) {
            return null;
        }
        for (int i = 0; i < operations; i++) {
            core.scoreboard.add(operation(in, cause));
        }
        return position;
    }

    private static AsyncOperation operation(ByteBuffer in, long cause) {
        long number = in.getLong();
        int slot = in.getInt();
        int waitMask = in.getInt();
        AsyncOperation operation =
                new AsyncOperation(
                        number,
                        slot,
                        waitMask,
                        in.getLong(),
                        in.getLong(),
                        in.getLong(),
                        in.getLong(),
                        cause);
        JobContext.restore(in, operation);
        return operation;
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
