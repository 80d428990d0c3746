package org.panscope.core.user;

import org.jspecify.annotations.Nullable;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.UserMemory;
import org.panscope.core.uapi.XgsOp;
import org.panscope.core.uapi.XgsQueueCreateArgs;
import org.panscope.core.uapi.XgsQueueDestroyArgs;
import org.panscope.core.uapi.XgsQueueSubmitArgs;

import java.nio.ByteBuffer;
import java.util.List;

/// XGS queues of an open file: sync operations the kernel executes on the client's behalf (RFC
/// 20240828172605.19176, patch 6/8).
public final class XgsClient {
    private static final int NO_EVENTFD = -1;

    private final DrmFile file;

    public XgsClient(DrmFile file) {
        this.file = file;
    }

    /// One operation of a job.
    ///
    /// @param op [XgsOp#WAIT_LE] to [XgsOp#SIGNAL_ADD]
    /// @param wide 64-bit sync object, else 32-bit
    /// @param va where the sync object is
    /// @param value reference or operand
    /// @param flags such as [XgsOp#INHERIT_ERROR_WAIT]
    public record Operation(int op, boolean wide, long va, long value, int flags) {
        public Operation(int op, boolean wide, long va, long value) {
            this(op, wide, va, value, 0);
        }

        /// The struct.
        ByteBuffer struct() {
            ByteBuffer struct = UserMemory.struct(XgsOp.SIZE);
            struct.putLong(XgsOp.ADDR, va);
            struct.putLong(XgsOp.VALUE, value);
            struct.put(XgsOp.OP, (byte) op);
            struct.put(XgsOp.FORMAT, (byte) (wide ? XgsOp.FORMAT_U64 : XgsOp.FORMAT_U32));
            struct.putShort(XgsOp.FLAGS, (short) flags);
            return struct;
        }
    }

    /// XGS_QUEUE_CREATE.
    ///
    /// @param eventfd raised by every SIGNAL the queue executes, or null
    /// @return the handle
    public IoctlResult<Integer> create(int vm, @Nullable EventFd eventfd) {
        return create(vm, eventfd == null ? NO_EVENTFD : eventfd.fd());
    }

    /// XGS_QUEUE_CREATE with any file descriptor.
    ///
    /// @return the handle
    public IoctlResult<Integer> create(int vm, int fd) {
        ByteBuffer args = UserMemory.struct(XgsQueueCreateArgs.SIZE);
        args.putInt(XgsQueueCreateArgs.VM_ID, vm);
        args.putInt(XgsQueueCreateArgs.EVENTFD_SYNC_UPDATE, fd);
        int errno = file.ioctl(Ioctl.XGS_QUEUE_CREATE, args);
        return errno != 0
                ? IoctlResult.error(errno)
                : IoctlResult.ok(args.getInt(XgsQueueCreateArgs.HANDLE));
    }

    /// XGS_QUEUE_DESTROY.
    public int destroy(int handle) {
        ByteBuffer args = UserMemory.struct(XgsQueueDestroyArgs.SIZE);
        args.putInt(XgsQueueDestroyArgs.HANDLE, handle);
        return file.ioctl(Ioctl.XGS_QUEUE_DESTROY, args);
    }

    /// XGS_QUEUE_SUBMIT of one job.
    public int submit(int handle, List<Operation> operations, List<SyncWish> syncs) {
        return submit(handle, 0, operations, syncs);
    }

    /// XGS_QUEUE_SUBMIT of one job.
    ///
    /// @param flags such as [XgsQueueSubmitArgs#ERROR_BARRIER_PRE]
    public int submit(int handle, int flags, List<Operation> operations, List<SyncWish> syncs) {
        ByteBuffer args = UserMemory.struct(XgsQueueSubmitArgs.SIZE);
        args.putInt(XgsQueueSubmitArgs.HANDLE, handle);
        args.putInt(XgsQueueSubmitArgs.FLAGS, flags);
        List<ByteBuffer> ops = operations.stream().map(Operation::struct).toList();
        long opArray = file.putArray(args, XgsQueueSubmitArgs.OPS, XgsOp.SIZE, ops);
        long syncArray =
                file.putArray(
                        args, XgsQueueSubmitArgs.SYNCS, SyncWish.STRIDE, SyncWish.structsOf(syncs));
        int errno = file.ioctl(Ioctl.XGS_QUEUE_SUBMIT, args);
        file.free(opArray);
        file.free(syncArray);
        return errno;
    }
}
