package org.panscope.core.user;

import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.SyncobjArrayArgs;
import org.panscope.core.uapi.SyncobjCreateArgs;
import org.panscope.core.uapi.SyncobjDestroyArgs;
import org.panscope.core.uapi.SyncobjEventfdArgs;
import org.panscope.core.uapi.SyncobjHandleArgs;
import org.panscope.core.uapi.SyncobjTimelineArrayArgs;
import org.panscope.core.uapi.SyncobjTimelineWaitArgs;
import org.panscope.core.uapi.SyncobjTransferArgs;
import org.panscope.core.uapi.SyncobjWaitArgs;
import org.panscope.core.uapi.UserMemory;
import org.panscope.trace.event.UserEvent.WaitKind;

import java.nio.ByteBuffer;
import java.util.List;

/// drm_syncobjs of an open file (`drm_syncobj.c`).
public final class SyncobjClient {
    private final DrmFile file;

    public SyncobjClient(DrmFile file) {
        this.file = file;
    }

    /// SYNCOBJ_CREATE.
    ///
    /// @return the handle
    public IoctlResult<Integer> create(boolean signaled) {
        ByteBuffer args = UserMemory.struct(SyncobjCreateArgs.SIZE);
        args.putInt(SyncobjCreateArgs.FLAGS, signaled ? SyncobjCreateArgs.SIGNALED : 0);
        int errno = file.ioctl(Ioctl.SYNCOBJ_CREATE, args);
        return errno != 0
                ? IoctlResult.error(errno)
                : IoctlResult.ok(args.getInt(SyncobjCreateArgs.HANDLE));
    }

    /// SYNCOBJ_DESTROY.
    public int destroy(int handle) {
        ByteBuffer args = UserMemory.struct(SyncobjDestroyArgs.SIZE);
        args.putInt(SyncobjDestroyArgs.HANDLE, handle);
        return file.ioctl(Ioctl.SYNCOBJ_DESTROY, args);
    }

    /// SYNCOBJ_RESET.
    public int reset(int handle) {
        return onOne(Ioctl.SYNCOBJ_RESET, handle);
    }

    /// SYNCOBJ_SIGNAL.
    public int signal(int handle) {
        return onOne(Ioctl.SYNCOBJ_SIGNAL, handle);
    }

    /// SYNCOBJ_WAIT for one syncobj that already has a fence, or gets one first.
    ///
    /// @param timeoutNs how long to wait, [WaitQueue#FOREVER] for ever
    public int await(int handle, long timeoutNs, boolean forSubmit) {
        String object = "syncobj:" + file.fileId() + "/" + handle;
        file.waitBegin(WaitKind.SYNCOBJ, object, timeoutNs);
        long handles = file.place(handleBytes(handle));
        ByteBuffer args = UserMemory.struct(SyncobjWaitArgs.SIZE);
        args.putLong(SyncobjWaitArgs.HANDLES, handles);
        args.putLong(SyncobjWaitArgs.TIMEOUT_NSEC, deadline(timeoutNs));
        args.putInt(SyncobjWaitArgs.COUNT_HANDLES, 1);
        args.putInt(
                SyncobjWaitArgs.FLAGS,
                SyncobjWaitArgs.WAIT_ALL | (forSubmit ? SyncobjWaitArgs.WAIT_FOR_SUBMIT : 0));
        int errno = file.ioctl(Ioctl.SYNCOBJ_WAIT, args);
        file.free(handles);
        file.waitEnd(WaitKind.SYNCOBJ, object, null, errno);
        return errno;
    }

    /// A point of a timeline syncobj.
    ///
    /// @param point 0 is whatever fence the syncobj holds
    public record Point(int handle, long point) {}

    /// How to wait.
    ///
    /// @param timeoutNs how long, [WaitQueue#FOREVER] for ever
    /// @param all for all points, else for the first
    /// @param forSubmit for fences to appear first
    /// @param available only for fences to appear
    public record Waiting(long timeoutNs, boolean all, boolean forSubmit, boolean available) {
        int flags() {
            return (all ? SyncobjWaitArgs.WAIT_ALL : 0)
                    | (forSubmit ? SyncobjWaitArgs.WAIT_FOR_SUBMIT : 0)
                    | (available ? SyncobjWaitArgs.WAIT_AVAILABLE : 0);
        }
    }

    /// SYNCOBJ_TIMELINE_WAIT.
    ///
    /// @return index of the first point seen signalled, -1 for none in particular
    public IoctlResult<Integer> await(List<Point> points, Waiting waiting) {
        String object = "syncobj:" + file.fileId() + "/" + points.getFirst().handle();
        file.waitBegin(WaitKind.SYNCOBJ, object, waiting.timeoutNs());
        ByteBuffer args = UserMemory.struct(SyncobjTimelineWaitArgs.SIZE);
        long handles = file.place(handles(points));
        long values = file.place(values(points));
        args.putLong(SyncobjTimelineWaitArgs.HANDLES, handles);
        args.putLong(SyncobjTimelineWaitArgs.POINTS, values);
        args.putLong(SyncobjTimelineWaitArgs.TIMEOUT_NSEC, deadline(waiting.timeoutNs()));
        args.putInt(SyncobjTimelineWaitArgs.COUNT_HANDLES, points.size());
        args.putInt(SyncobjTimelineWaitArgs.FLAGS, waiting.flags());
        int errno = file.ioctl(Ioctl.SYNCOBJ_TIMELINE_WAIT, args);
        file.free(handles);
        file.free(values);
        file.waitEnd(WaitKind.SYNCOBJ, object, null, errno);
        return errno != 0
                ? IoctlResult.error(errno)
                : IoctlResult.ok(args.getInt(SyncobjTimelineWaitArgs.FIRST_SIGNALED));
    }

    /// SYNCOBJ_TIMELINE_SIGNAL.
    public int signal(Point point) {
        ByteBuffer args = UserMemory.struct(SyncobjTimelineArrayArgs.SIZE);
        long handles = file.place(handles(List.of(point)));
        long values = file.place(values(List.of(point)));
        args.putLong(SyncobjTimelineArrayArgs.HANDLES, handles);
        args.putLong(SyncobjTimelineArrayArgs.POINTS, values);
        args.putInt(SyncobjTimelineArrayArgs.COUNT_HANDLES, 1);
        int errno = file.ioctl(Ioctl.SYNCOBJ_TIMELINE_SIGNAL, args);
        file.free(handles);
        file.free(values);
        return errno;
    }

    /// SYNCOBJ_QUERY.
    ///
    /// @param lastSubmitted asks for the head of the timeline, signalled or not
    public IoctlResult<Long> query(int handle, boolean lastSubmitted) {
        ByteBuffer args = UserMemory.struct(SyncobjTimelineArrayArgs.SIZE);
        long handles = file.place(handleBytes(handle));
        long values = file.place(UserMemory.struct(Long.BYTES));
        args.putLong(SyncobjTimelineArrayArgs.HANDLES, handles);
        args.putLong(SyncobjTimelineArrayArgs.POINTS, values);
        args.putInt(SyncobjTimelineArrayArgs.COUNT_HANDLES, 1);
        args.putInt(
                SyncobjTimelineArrayArgs.FLAGS,
                lastSubmitted ? SyncobjTimelineArrayArgs.LAST_SUBMITTED : 0);
        int errno = file.ioctl(Ioctl.SYNCOBJ_QUERY, args);
        long point = file.takeArray(values, Long.BYTES, 1).getFirst().getLong(0);
        file.free(handles);
        file.free(values);
        return errno != 0 ? IoctlResult.error(errno) : IoctlResult.ok(point);
    }

    /// SYNCOBJ_TRANSFER.
    ///
    /// @param forSubmit waits for the fence to appear first
    public int transfer(Point from, Point to, boolean forSubmit) {
        ByteBuffer args = UserMemory.struct(SyncobjTransferArgs.SIZE);
        args.putInt(SyncobjTransferArgs.SRC_HANDLE, from.handle());
        args.putInt(SyncobjTransferArgs.DST_HANDLE, to.handle());
        args.putLong(SyncobjTransferArgs.SRC_POINT, from.point());
        args.putLong(SyncobjTransferArgs.DST_POINT, to.point());
        args.putInt(SyncobjTransferArgs.FLAGS, forSubmit ? SyncobjWaitArgs.WAIT_FOR_SUBMIT : 0);
        return file.ioctl(Ioctl.SYNCOBJ_TRANSFER, args);
    }

    /// SYNCOBJ_EVENTFD: the eventfd is signalled once.
    ///
    /// @param available as soon as there is a fence for the point
    public int eventfd(Point point, EventFd eventfd, boolean available) {
        ByteBuffer args = UserMemory.struct(SyncobjEventfdArgs.SIZE);
        args.putInt(SyncobjEventfdArgs.HANDLE, point.handle());
        args.putInt(SyncobjEventfdArgs.FLAGS, available ? SyncobjWaitArgs.WAIT_AVAILABLE : 0);
        args.putLong(SyncobjEventfdArgs.POINT, point.point());
        args.putInt(SyncobjEventfdArgs.FD, eventfd.fd());
        return file.ioctl(Ioctl.SYNCOBJ_EVENTFD, args);
    }

    /// SYNCOBJ_HANDLE_TO_FD.
    ///
    /// @param syncFile a sync_file of the fence it holds now, else the syncobj itself
    /// @return the descriptor
    public IoctlResult<Integer> exportFd(int handle, boolean syncFile) {
        ByteBuffer args = UserMemory.struct(SyncobjHandleArgs.SIZE);
        args.putInt(SyncobjHandleArgs.HANDLE, handle);
        args.putInt(SyncobjHandleArgs.FLAGS, syncFile ? SyncobjHandleArgs.SYNC_FILE : 0);
        int errno = file.ioctl(Ioctl.SYNCOBJ_HANDLE_TO_FD, args);
        return errno != 0
                ? IoctlResult.error(errno)
                : IoctlResult.ok(args.getInt(SyncobjHandleArgs.FD));
    }

    /// SYNCOBJ_FD_TO_HANDLE.
    ///
    /// @return a handle of the syncobj behind the descriptor
    public IoctlResult<Integer> importFd(int fd) {
        ByteBuffer args = UserMemory.struct(SyncobjHandleArgs.SIZE);
        args.putInt(SyncobjHandleArgs.FD, fd);
        int errno = file.ioctl(Ioctl.SYNCOBJ_FD_TO_HANDLE, args);
        return errno != 0
                ? IoctlResult.error(errno)
                : IoctlResult.ok(args.getInt(SyncobjHandleArgs.HANDLE));
    }

    /// SYNCOBJ_FD_TO_HANDLE of a sync_file: the syncobj holds its fence from now on.
    public int importSyncFile(int fd, int handle) {
        ByteBuffer args = UserMemory.struct(SyncobjHandleArgs.SIZE);
        args.putInt(SyncobjHandleArgs.FD, fd);
        args.putInt(SyncobjHandleArgs.HANDLE, handle);
        args.putInt(SyncobjHandleArgs.FLAGS, SyncobjHandleArgs.SYNC_FILE);
        return file.ioctl(Ioctl.SYNCOBJ_FD_TO_HANDLE, args);
    }

    private long deadline(long timeoutNs) {
        return timeoutNs == WaitQueue.FOREVER ? Long.MAX_VALUE : file.sim().nowNs() + timeoutNs;
    }

    private static ByteBuffer handles(List<Point> points) {
        ByteBuffer handles = UserMemory.struct(points.size() * Integer.BYTES);
        points.forEach(point -> handles.putInt(point.handle()));
        return handles;
    }

    private static ByteBuffer values(List<Point> points) {
        ByteBuffer values = UserMemory.struct(points.size() * Long.BYTES);
        points.forEach(point -> values.putLong(point.point()));
        return values;
    }

    private int onOne(Ioctl ioctl, int handle) {
        long handles = file.place(handleBytes(handle));
        ByteBuffer args = UserMemory.struct(SyncobjArrayArgs.SIZE);
        args.putLong(SyncobjArrayArgs.HANDLES, handles);
        args.putInt(SyncobjArrayArgs.COUNT_HANDLES, 1);
        int errno = file.ioctl(ioctl, args);
        file.free(handles);
        return errno;
    }

    private static ByteBuffer handleBytes(int handle) {
        return UserMemory.struct(Integer.BYTES).putInt(0, handle);
    }
}
