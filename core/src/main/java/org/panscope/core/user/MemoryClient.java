package org.panscope.core.user;

import org.panscope.core.uapi.BoCreateArgs;
import org.panscope.core.uapi.BoMmapOffsetArgs;
import org.panscope.core.uapi.BoSetLabelArgs;
import org.panscope.core.uapi.BoSyncArgs;
import org.panscope.core.uapi.BoSyncOp;
import org.panscope.core.uapi.GemCloseArgs;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.Mapping;
import org.panscope.core.uapi.PrimeHandleArgs;
import org.panscope.core.uapi.UserMemory;
import org.panscope.core.uapi.VmBindArgs;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.core.uapi.VmCreateArgs;
import org.panscope.core.uapi.VmDestroyArgs;
import org.panscope.core.uapi.VmGetStateArgs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Address spaces and buffer objects of an open file (`panthor_drm.h`: VM_*, BO_*), and of buffer
/// objects what mainline added to it.
public final class MemoryClient {
    private final DrmFile file;

    public MemoryClient(DrmFile file) {
        this.file = file;
    }

    /// VM_CREATE.
    ///
    /// @param userVaRange bytes of the address space the client manages itself, from 0
    /// @return the VM's handle
    public IoctlResult<Integer> createVm(long userVaRange) {
        ByteBuffer args = UserMemory.struct(VmCreateArgs.SIZE);
        args.putLong(VmCreateArgs.USER_VA_RANGE, userVaRange);
        int errno = file.ioctl(Ioctl.VM_CREATE, args);
        return errno != 0 ? IoctlResult.error(errno) : IoctlResult.ok(args.getInt(VmCreateArgs.ID));
    }

    /// VM_DESTROY.
    public int destroyVm(int vm) {
        ByteBuffer args = UserMemory.struct(VmDestroyArgs.SIZE);
        args.putInt(VmDestroyArgs.ID, vm);
        return file.ioctl(Ioctl.VM_DESTROY, args);
    }

    /// BO_CREATE.
    ///
    /// @param exclusiveVm VM the object belongs to, or 0 for a shareable one
    public IoctlResult<UserBuffer> createBuffer(long sizeBytes, int exclusiveVm) {
        ByteBuffer args = UserMemory.struct(BoCreateArgs.SIZE);
        args.putLong(BoCreateArgs.BO_SIZE, sizeBytes);
        args.putInt(BoCreateArgs.EXCLUSIVE_VM_ID, exclusiveVm);
        int errno = file.ioctl(Ioctl.BO_CREATE, args);
        return errno != 0
                ? IoctlResult.error(errno)
                : IoctlResult.ok(
                        new UserBuffer(
                                file,
                                args.getInt(BoCreateArgs.HANDLE),
                                args.getLong(BoCreateArgs.BO_SIZE)));
    }

    /// VM_GET_STATE.
    ///
    /// @return whether the address space can be used
    public IoctlResult<Boolean> isUsable(int vm) {
        ByteBuffer args = UserMemory.struct(VmGetStateArgs.SIZE);
        args.putInt(VmGetStateArgs.VM_ID, vm);
        int errno = file.ioctl(Ioctl.VM_GET_STATE, args);
        return errno != 0
                ? IoctlResult.error(errno)
                : IoctlResult.ok(args.getInt(VmGetStateArgs.STATE) == 0);
    }

    /// An operation of VM_BIND.
    ///
    /// @param flags [VmBindOp] type and MAP flags
    /// @param buffer handle, 0 for none
    /// @param syncs only of an asynchronous one
    public record Bind(
            int flags, int buffer, long offset, long va, long sizeBytes, List<SyncWish> syncs) {
        /// Part of a buffer is mapped.
        public static Bind map(
                UserBuffer buffer,
                long offset,
                long va,
                long sizeBytes,
                int flags,
                List<SyncWish> syncs) {
            return new Bind(
                    VmBindOp.TYPE_MAP | flags, buffer.handle(), offset, va, sizeBytes, syncs);
        }

        /// A range is taken away.
        public static Bind unmap(long va, long sizeBytes, List<SyncWish> syncs) {
            return new Bind(VmBindOp.TYPE_UNMAP, 0, 0, va, sizeBytes, syncs);
        }

        /// Nothing but synchronisation.
        public static Bind syncOnly(List<SyncWish> syncs) {
            return new Bind(VmBindOp.TYPE_SYNC_ONLY, 0, 0, 0, 0, syncs);
        }
    }

    /// VM_BIND of part of a buffer.
    ///
    /// @param flags [VmBindOp] MAP flags
    public int map(int vm, UserBuffer buffer, long offset, long va, long sizeBytes, int flags) {
        return bind(vm, Bind.map(buffer, offset, va, sizeBytes, flags, List.of()), false);
    }

    /// VM_BIND that takes a range away.
    public int unmap(int vm, long va, long sizeBytes) {
        return bind(vm, Bind.unmap(va, sizeBytes, List.of()), false);
    }

    /// VM_BIND of one operation.
    ///
    /// @param async it is queued, and its errors make the address space unusable
    public int bind(int vm, Bind operation, boolean async) {
        ByteBuffer op = UserMemory.struct(VmBindOp.SIZE);
        op.putInt(VmBindOp.FLAGS, operation.flags());
        op.putInt(VmBindOp.BO_HANDLE, operation.buffer());
        op.putLong(VmBindOp.BO_OFFSET, operation.offset());
        op.putLong(VmBindOp.VA, operation.va());
        op.putLong(VmBindOp.OP_SIZE, operation.sizeBytes());
        long syncs =
                file.putArray(
                        op, VmBindOp.SYNCS, SyncWish.STRIDE, SyncWish.structsOf(operation.syncs()));
        ByteBuffer args = UserMemory.struct(VmBindArgs.SIZE);
        args.putInt(VmBindArgs.VM_ID, vm);
        args.putInt(VmBindArgs.FLAGS, async ? VmBindArgs.ASYNC : 0);
        long array = file.putArray(args, VmBindArgs.OPS, VmBindOp.SIZE, List.of(op));
        int errno = file.ioctl(Ioctl.VM_BIND, args);
        file.free(array);
        file.free(syncs);
        return errno;
    }

    /// BO_MMAP_OFFSET and mmap(2): from now on the client can store into the buffer.
    public IoctlResult<Mapping> mmap(UserBuffer buffer) {
        ByteBuffer args = UserMemory.struct(BoMmapOffsetArgs.SIZE);
        args.putInt(BoMmapOffsetArgs.HANDLE, buffer.handle());
        int errno = file.ioctl(Ioctl.BO_MMAP_OFFSET, args);
        if (errno != 0) {
            return IoctlResult.error(errno);
        }
        IoctlResult<Mapping> result =
                file.mmap(
                        args.getLong(BoMmapOffsetArgs.OFFSET),
                        buffer.sizeBytes(),
                        Mapping.READ | Mapping.WRITE);
        if (result.isOk()) {
            buffer.mapped(result.value());
        }
        return result;
    }

    /// munmap(2).
    public void munmap(UserBuffer buffer) {
        file.unmap(buffer.mapping());
        buffer.unmapped();
    }

    /// GEM_CLOSE: the handle is gone, mappings stay.
    public int close(UserBuffer buffer) {
        ByteBuffer args = UserMemory.struct(GemCloseArgs.SIZE);
        args.putInt(GemCloseArgs.HANDLE, buffer.handle());
        return file.ioctl(Ioctl.GEM_CLOSE, args);
    }

    /// PRIME_HANDLE_TO_FD.
    ///
    /// @return a descriptor of a dma-buf
    public IoctlResult<Integer> exportFd(UserBuffer buffer) {
        ByteBuffer args = UserMemory.struct(PrimeHandleArgs.SIZE);
        args.putInt(PrimeHandleArgs.HANDLE, buffer.handle());
        args.putInt(PrimeHandleArgs.FLAGS, PrimeHandleArgs.FLAG_MASK);
        int errno = file.ioctl(Ioctl.PRIME_HANDLE_TO_FD, args);
        return errno != 0
                ? IoctlResult.error(errno)
                : IoctlResult.ok(args.getInt(PrimeHandleArgs.FD));
    }

    /// PRIME_FD_TO_HANDLE.
    public IoctlResult<UserBuffer> importFd(int fd) {
        ByteBuffer args = UserMemory.struct(PrimeHandleArgs.SIZE);
        args.putInt(PrimeHandleArgs.FD, fd);
        int errno = file.ioctl(Ioctl.PRIME_FD_TO_HANDLE, args);
        return errno != 0
                ? IoctlResult.error(errno)
                : IoctlResult.ok(
                        new UserBuffer(file, args.getInt(PrimeHandleArgs.HANDLE), file.sizeOf(fd)));
    }

    /// BO_SET_LABEL (mainline).
    public int setLabel(UserBuffer buffer, String label) {
        byte[] text = (label + "\0").getBytes(StandardCharsets.UTF_8);
        long at = file.place(ByteBuffer.wrap(text));
        ByteBuffer args = UserMemory.struct(BoSetLabelArgs.SIZE);
        args.putInt(BoSetLabelArgs.HANDLE, buffer.handle());
        args.putLong(BoSetLabelArgs.LABEL, at);
        int errno = file.ioctl(Ioctl.BO_SET_LABEL, args);
        file.free(at);
        return errno;
    }

    /// BO_SYNC (mainline) of one range.
    ///
    /// @param invalidate the CPU reads from memory again, too
    public int sync(UserBuffer buffer, long offset, long sizeBytes, boolean invalidate) {
        ByteBuffer op = UserMemory.struct(BoSyncOp.SIZE);
        op.putInt(BoSyncOp.HANDLE, buffer.handle());
        op.putInt(
                BoSyncOp.TYPE,
                invalidate ? BoSyncOp.CPU_CACHE_FLUSH_AND_INVALIDATE : BoSyncOp.CPU_CACHE_FLUSH);
        op.putLong(BoSyncOp.OFFSET, offset);
        op.putLong(BoSyncOp.RANGE_SIZE, sizeBytes);
        ByteBuffer args = UserMemory.struct(BoSyncArgs.SIZE);
        long array = file.putArray(args, BoSyncArgs.OPS, BoSyncOp.SIZE, List.of(op));
        int errno = file.ioctl(Ioctl.BO_SYNC, args);
        file.free(array);
        return errno;
    }
}
