package org.panscope.core.user;

import org.panscope.core.uapi.EventFd;
import org.panscope.core.uapi.GroupCreateArgs;
import org.panscope.core.uapi.GroupDestroyArgs;
import org.panscope.core.uapi.GroupGetStateArgs;
import org.panscope.core.uapi.GroupKickArgs;
import org.panscope.core.uapi.GroupSubmitArgs;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.QueueCreateArgs;
import org.panscope.core.uapi.QueueSubmitArgs;
import org.panscope.core.uapi.SyncUpdateArgs;
import org.panscope.core.uapi.UserMemory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Groups of an open file (`panthor_drm.h`: GROUP_*, and the RFC's GROUP_KICK and SYNC_UPDATE).
public final class GroupClient {
    private static final int NO_EVENTFD = -1;

    private final DrmFile file;

    public GroupClient(DrmFile file) {
        this.file = file;
    }

    /// GROUP_CREATE.
    public IoctlResult<UserGroup> create(GroupRequest request) {
        List<ByteBuffer> queues = new ArrayList<>();
        for (GroupRequest.Queue queue : request.queues()) {
            ByteBuffer element = UserMemory.struct(QueueCreateArgs.SIZE);
            element.put(QueueCreateArgs.PRIORITY, (byte) queue.priority());
            element.putInt(QueueCreateArgs.RINGBUF_SIZE, queue.ringBytes());
            queues.add(element);
        }
        EventFd eventfd = request.eventfd();
        ByteBuffer args = UserMemory.struct(GroupCreateArgs.SIZE);
        args.put(GroupCreateArgs.MAX_COMPUTE_CORES, (byte) Long.bitCount(request.coreMask()));
        args.put(GroupCreateArgs.MAX_FRAGMENT_CORES, (byte) Long.bitCount(request.coreMask()));
        args.put(GroupCreateArgs.MAX_TILER_CORES, (byte) Long.bitCount(request.tilerMask()));
        args.put(GroupCreateArgs.PRIORITY, (byte) request.priority());
        args.putInt(GroupCreateArgs.FLAGS, request.userSubmit() ? GroupCreateArgs.USER_SUBMIT : 0);
        args.putLong(GroupCreateArgs.COMPUTE_CORE_MASK, request.coreMask());
        args.putLong(GroupCreateArgs.FRAGMENT_CORE_MASK, request.coreMask());
        args.putLong(GroupCreateArgs.TILER_CORE_MASK, request.tilerMask());
        args.putInt(GroupCreateArgs.VM_ID, request.vm());
        args.putInt(
                GroupCreateArgs.EVENTFD_SYNC_UPDATE, eventfd == null ? NO_EVENTFD : eventfd.fd());
        EventFd groupState = request.groupState();
        args.putInt(
                GroupCreateArgs.EVENTFD_GROUP_STATE,
                groupState == null ? NO_EVENTFD : groupState.fd());
        long array = file.putArray(args, GroupCreateArgs.QUEUES, QueueCreateArgs.SIZE, queues);
        int errno = file.ioctl(Ioctl.GROUP_CREATE, args);
        IoctlResult<UserGroup> result =
                errno != 0
                        ? IoctlResult.error(errno)
                        : IoctlResult.ok(created(request, args, array));
        file.free(array);
        return result;
    }

    /// GROUP_DESTROY.
    public int destroy(int handle) {
        ByteBuffer args = UserMemory.struct(GroupDestroyArgs.SIZE);
        args.putInt(GroupDestroyArgs.GROUP_HANDLE, handle);
        return file.ioctl(Ioctl.GROUP_DESTROY, args);
    }

    /// GROUP_SUBMIT of any number of jobs: all or none.
    public int submit(int handle, List<StreamCall> calls) {
        List<ByteBuffer> jobs = new ArrayList<>();
        List<Long> arrays = new ArrayList<>();
        for (StreamCall call : calls) {
            ByteBuffer job = call.struct();
            List<ByteBuffer> syncs = SyncWish.structsOf(call.syncs());
            arrays.add(file.putArray(job, QueueSubmitArgs.SYNCS, SyncWish.STRIDE, syncs));
            jobs.add(job);
        }
        ByteBuffer args = UserMemory.struct(GroupSubmitArgs.SIZE);
        args.putInt(GroupSubmitArgs.GROUP_HANDLE, handle);
        arrays.add(file.putArray(args, GroupSubmitArgs.QUEUE_SUBMITS, StreamCall.STRIDE, jobs));
        int errno = file.ioctl(Ioctl.GROUP_SUBMIT, args);
        arrays.forEach(file::free);
        return errno;
    }

    /// What GROUP_GET_STATE answers.
    ///
    /// @param state flags of [GroupGetStateArgs]
    /// @param fatalQueues one bit for each queue that met a fatal fault
    public record State(int state, int fatalQueues) {}

    /// GROUP_GET_STATE.
    public IoctlResult<State> getState(int handle) {
        ByteBuffer args = UserMemory.struct(GroupGetStateArgs.SIZE);
        args.putInt(GroupGetStateArgs.GROUP_HANDLE, handle);
        int errno = file.ioctl(Ioctl.GROUP_GET_STATE, args);
        return errno != 0
                ? IoctlResult.error(errno)
                : IoctlResult.ok(
                        new State(
                                args.getInt(GroupGetStateArgs.STATE),
                                args.getInt(GroupGetStateArgs.FATAL_QUEUES)));
    }

    /// GROUP_KICK: asks the kernel to look at queues it may not know to have work.
    public int kick(int handle, int queueMask) {
        ByteBuffer args = UserMemory.struct(GroupKickArgs.SIZE);
        args.putInt(GroupKickArgs.HANDLE, handle);
        args.putInt(GroupKickArgs.QUEUE_MASK, queueMask);
        return file.ioctl(Ioctl.GROUP_KICK, args);
    }

    /// SYNC_UPDATE: tells the kernel that the client changed a sync object.
    public int syncUpdate() {
        return file.ioctl(Ioctl.SYNC_UPDATE, UserMemory.struct(SyncUpdateArgs.SIZE));
    }

    private UserGroup created(GroupRequest request, ByteBuffer args, long array) {
        int handle = args.getInt(GroupCreateArgs.GROUP_HANDLE);
        List<UserGroup.Offsets> offsets = new ArrayList<>();
        for (ByteBuffer element :
                file.takeArray(array, QueueCreateArgs.SIZE, request.queues().size())) {
            offsets.add(
                    new UserGroup.Offsets(
                            element.getInt(QueueCreateArgs.RINGBUF_SIZE),
                            element.getLong(QueueCreateArgs.RINGBUF_OFFSET),
                            element.getLong(QueueCreateArgs.USER_IO_OFFSET),
                            element.getLong(QueueCreateArgs.DOORBELL_OFFSET)));
        }
        long identity = file.identities().group(file.fileId(), handle);
        return new UserGroup(handle, identity, request.userSubmit(), offsets);
    }
}
