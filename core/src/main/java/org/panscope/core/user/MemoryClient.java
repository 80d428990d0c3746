package org.panscope.core.user;

import org.panscope.core.uapi.BoCreateArgs;
import org.panscope.core.uapi.BoMmapOffsetArgs;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.Mapping;
import org.panscope.core.uapi.UserMemory;
import org.panscope.core.uapi.VmBindArgs;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.core.uapi.VmCreateArgs;
import org.panscope.core.uapi.VmDestroyArgs;

import java.nio.ByteBuffer;
import java.util.List;

/// Address spaces and buffer objects of an open file (`panthor_drm.h`: VM_*, BO_*). Only immediate
/// VM_BIND is used.
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

    /// VM_BIND of part of a buffer.
    ///
    /// @param flags [VmBindOp] MAP flags
    public int map(int vm, UserBuffer buffer, long offset, long va, long sizeBytes, int flags) {
        ByteBuffer op = UserMemory.struct(VmBindOp.SIZE);
        op.putInt(VmBindOp.FLAGS, VmBindOp.TYPE_MAP | flags);
        op.putInt(VmBindOp.BO_HANDLE, buffer.handle());
        op.putLong(VmBindOp.BO_OFFSET, offset);
        op.putLong(VmBindOp.VA, va);
        op.putLong(VmBindOp.OP_SIZE, sizeBytes);
        return bind(vm, op);
    }

    /// VM_BIND that takes a range away.
    public int unmap(int vm, long va, long sizeBytes) {
        ByteBuffer op = UserMemory.struct(VmBindOp.SIZE);
        op.putInt(VmBindOp.FLAGS, VmBindOp.TYPE_UNMAP);
        op.putLong(VmBindOp.VA, va);
        op.putLong(VmBindOp.OP_SIZE, sizeBytes);
        return bind(vm, op);
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

    private int bind(int vm, ByteBuffer op) {
        ByteBuffer args = UserMemory.struct(VmBindArgs.SIZE);
        args.putInt(VmBindArgs.VM_ID, vm);
        long array = file.putArray(args, VmBindArgs.OPS, VmBindOp.SIZE, List.of(op));
        int errno = file.ioctl(Ioctl.VM_BIND, args);
        file.free(array);
        return errno;
    }
}
