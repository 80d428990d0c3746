package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.panscope.core.uapi.Errno;
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

import java.nio.ByteBuffer;
import java.util.function.ToIntFunction;

/// The validation tables of the DRM core's syncobj ioctls, a constant for each row.
class SyncobjErrnoTest {
    private static final int UNKNOWN = 9;
    private static final int EMPTY = 1;
    private static final int SIGNALED = 2;
    private static final int TIMELINE = 3;
    private static final int EVENTFD = 4;
    private static final int ALL = SyncobjWaitArgs.WAIT_ALL;
    private static final int FOR_SUBMIT = SyncobjWaitArgs.WAIT_FOR_SUBMIT;
    private static final int AVAILABLE = SyncobjWaitArgs.WAIT_AVAILABLE;

    /// In a file with a syncobj that is empty, one that is signalled, one whose head is point 4,
    /// which has signalled, and an eventfd.
    enum Row {
        CREATE_WITH_UNKNOWN_FLAGS(
                Errno.EINVAL,
                raw ->
                        raw.call(
                                Ioctl.SYNCOBJ_CREATE,
                                RawProcess.args(Ioctl.SYNCOBJ_CREATE)
                                        .putInt(SyncobjCreateArgs.FLAGS, 2))),
        DESTROY_PAD_NOT_ZERO(Errno.EINVAL, raw -> destroy(raw, EMPTY, 1)),
        DESTROY_OF_AN_UNKNOWN_HANDLE(Errno.EINVAL, raw -> destroy(raw, UNKNOWN, 0)),
        DESTROY_OF_A_HANDLE(0, raw -> destroy(raw, EMPTY, 0)),
        WAIT_WITH_UNKNOWN_FLAGS(Errno.EINVAL, raw -> await(raw, 16, 0, SIGNALED)),
        WAIT_KNOWS_NO_AVAILABLE(Errno.EINVAL, raw -> await(raw, AVAILABLE, 0, SIGNALED)),
        WAIT_FOR_NOTHING(0, raw -> await(raw, 0, 0)),
        WAIT_FOR_AN_UNKNOWN_HANDLE(Errno.ENOENT, raw -> await(raw, 0, 0, SIGNALED, UNKNOWN)),
        WAIT_BAD_POINTER(
                Errno.EFAULT,
                raw ->
                        raw.call(
                                Ioctl.SYNCOBJ_WAIT,
                                RawProcess.args(Ioctl.SYNCOBJ_WAIT)
                                        .putInt(SyncobjWaitArgs.COUNT_HANDLES, 1))),
        WAIT_FOR_AN_EMPTY_ONE(Errno.EINVAL, raw -> await(raw, 0, 0, EMPTY)),
        WAIT_FOR_AN_EMPTY_ONE_AMONG_OTHERS(Errno.EINVAL, raw -> await(raw, 0, 0, SIGNALED, EMPTY)),
        WAIT_FOR_SUBMIT_OF_AN_EMPTY_ONE_POLLS(Errno.ETIME, raw -> await(raw, FOR_SUBMIT, 0, EMPTY)),
        WAIT_FOR_SUBMIT_OF_AN_EMPTY_ONE_TIMES_OUT(
                Errno.ETIME, raw -> await(raw, FOR_SUBMIT, 5 * Machine.MS, EMPTY)),
        WAIT_FOR_ANY(0, raw -> await(raw, FOR_SUBMIT, 0, EMPTY, SIGNALED)),
        WAIT_FOR_ALL(Errno.ETIME, raw -> await(raw, FOR_SUBMIT | ALL, 0, EMPTY, SIGNALED)),
        WAIT_FOR_A_SIGNALLED_ONE(0, raw -> await(raw, ALL, 0, SIGNALED)),
        TIMELINE_WAIT_WITH_UNKNOWN_FLAGS(Errno.EINVAL, raw -> await(raw, 16, TIMELINE, 4L)),
        TIMELINE_WAIT_FOR_A_SIGNALLED_POINT(0, raw -> await(raw, 0, TIMELINE, 4L)),
        TIMELINE_WAIT_FOR_AN_EARLIER_POINT(0, raw -> await(raw, 0, TIMELINE, 1L)),
        TIMELINE_WAIT_FOR_A_LATER_POINT(Errno.EINVAL, raw -> await(raw, 0, TIMELINE, 5L)),
        TIMELINE_WAIT_FOR_SUBMIT_OF_A_LATER_POINT(
                Errno.ETIME, raw -> await(raw, FOR_SUBMIT, TIMELINE, 5L)),
        TIMELINE_WAIT_AVAILABLE_OF_A_LATER_POINT(
                Errno.ETIME, raw -> await(raw, AVAILABLE, TIMELINE, 5L)),
        TIMELINE_WAIT_FOR_A_POINT_OF_A_BINARY_ONE(Errno.EINVAL, raw -> await(raw, 0, SIGNALED, 1L)),
        TIMELINE_WAIT_FOR_POINT_0_OF_A_BINARY_ONE(0, raw -> await(raw, 0, SIGNALED, 0L)),
        TIMELINE_WAIT_BAD_POINTS(
                Errno.EFAULT,
                raw -> {
                    ByteBuffer args = timelineWait(raw, 0, TIMELINE, 4L);
                    args.putLong(SyncobjTimelineWaitArgs.POINTS, 16);
                    return raw.call(Ioctl.SYNCOBJ_TIMELINE_WAIT, args);
                }),
        RESET_PAD_NOT_ZERO(Errno.EINVAL, raw -> onAll(raw, Ioctl.SYNCOBJ_RESET, 1, SIGNALED)),
        RESET_OF_NOTHING(Errno.EINVAL, raw -> onAll(raw, Ioctl.SYNCOBJ_RESET, 0)),
        RESET_OF_AN_UNKNOWN_HANDLE(
                Errno.ENOENT, raw -> onAll(raw, Ioctl.SYNCOBJ_RESET, 0, SIGNALED, UNKNOWN)),
        RESET(0, raw -> onAll(raw, Ioctl.SYNCOBJ_RESET, 0, SIGNALED, TIMELINE)),
        SIGNAL_PAD_NOT_ZERO(Errno.EINVAL, raw -> onAll(raw, Ioctl.SYNCOBJ_SIGNAL, 1, EMPTY)),
        SIGNAL_OF_NOTHING(Errno.EINVAL, raw -> onAll(raw, Ioctl.SYNCOBJ_SIGNAL, 0)),
        SIGNAL_OF_AN_UNKNOWN_HANDLE(
                Errno.ENOENT, raw -> onAll(raw, Ioctl.SYNCOBJ_SIGNAL, 0, UNKNOWN)),
        SIGNAL(0, raw -> onAll(raw, Ioctl.SYNCOBJ_SIGNAL, 0, EMPTY)),
        TIMELINE_SIGNAL_FLAGS_NOT_ZERO(
                Errno.EINVAL, raw -> points(raw, Ioctl.SYNCOBJ_TIMELINE_SIGNAL, 1, EMPTY)),
        TIMELINE_SIGNAL_OF_NOTHING(
                Errno.EINVAL, raw -> points(raw, Ioctl.SYNCOBJ_TIMELINE_SIGNAL, 0)),
        TIMELINE_SIGNAL_OF_AN_UNKNOWN_HANDLE(
                Errno.ENOENT, raw -> points(raw, Ioctl.SYNCOBJ_TIMELINE_SIGNAL, 0, UNKNOWN)),
        TIMELINE_SIGNAL(0, raw -> points(raw, Ioctl.SYNCOBJ_TIMELINE_SIGNAL, 0, EMPTY)),
        QUERY_WITH_UNKNOWN_FLAGS(
                Errno.EINVAL, raw -> points(raw, Ioctl.SYNCOBJ_QUERY, 2, TIMELINE)),
        QUERY_OF_NOTHING(Errno.EINVAL, raw -> points(raw, Ioctl.SYNCOBJ_QUERY, 0)),
        QUERY_OF_AN_UNKNOWN_HANDLE(
                Errno.ENOENT, raw -> points(raw, Ioctl.SYNCOBJ_QUERY, 0, UNKNOWN)),
        QUERY(0, raw -> points(raw, Ioctl.SYNCOBJ_QUERY, 1, TIMELINE, EMPTY, SIGNALED)),
        QUERY_BAD_POINTER(
                Errno.EFAULT,
                raw -> {
                    ByteBuffer args = RawProcess.args(Ioctl.SYNCOBJ_QUERY);
                    args.putLong(SyncobjTimelineArrayArgs.HANDLES, raw.u32s(TIMELINE));
                    args.putInt(SyncobjTimelineArrayArgs.COUNT_HANDLES, 1);
                    return raw.call(Ioctl.SYNCOBJ_QUERY, args);
                }),
        TRANSFER_PAD_NOT_ZERO(
                Errno.EINVAL,
                raw ->
                        raw.call(
                                Ioctl.SYNCOBJ_TRANSFER,
                                transfer(SIGNALED, 0, EMPTY, 0)
                                        .putInt(SyncobjTransferArgs.PAD, 1))),
        TRANSFER_TO_AN_UNKNOWN_HANDLE(
                Errno.ENOENT,
                raw -> raw.call(Ioctl.SYNCOBJ_TRANSFER, transfer(SIGNALED, 0, UNKNOWN, 0))),
        TRANSFER_FROM_AN_UNKNOWN_HANDLE(
                Errno.ENOENT,
                raw -> raw.call(Ioctl.SYNCOBJ_TRANSFER, transfer(UNKNOWN, 0, EMPTY, 0))),
        TRANSFER_OF_NO_FENCE(
                Errno.EINVAL,
                raw -> raw.call(Ioctl.SYNCOBJ_TRANSFER, transfer(EMPTY, 0, SIGNALED, 0))),
        TRANSFER_OF_A_LATER_POINT(
                Errno.EINVAL,
                raw -> raw.call(Ioctl.SYNCOBJ_TRANSFER, transfer(TIMELINE, 5, EMPTY, 1))),
        TRANSFER_FOR_SUBMIT_GIVES_UP_AFTER_FIVE_SECONDS(
                Errno.ETIME,
                raw ->
                        raw.call(
                                Ioctl.SYNCOBJ_TRANSFER,
                                transfer(EMPTY, 0, SIGNALED, 0)
                                        .putInt(SyncobjTransferArgs.FLAGS, FOR_SUBMIT))),
        TRANSFER_TO_A_BINARY_ONE(
                0, raw -> raw.call(Ioctl.SYNCOBJ_TRANSFER, transfer(TIMELINE, 4, EMPTY, 0))),
        TRANSFER_TO_A_TIMELINE(
                0, raw -> raw.call(Ioctl.SYNCOBJ_TRANSFER, transfer(SIGNALED, 0, TIMELINE, 9))),
        EVENTFD_WITH_UNKNOWN_FLAGS(Errno.EINVAL, raw -> eventfd(raw, EMPTY, ALL, EVENTFD, 0)),
        EVENTFD_PAD_NOT_ZERO(Errno.EINVAL, raw -> eventfd(raw, EMPTY, 0, EVENTFD, 1)),
        EVENTFD_OF_AN_UNKNOWN_HANDLE(Errno.ENOENT, raw -> eventfd(raw, UNKNOWN, 0, EVENTFD, 0)),
        EVENTFD_THAT_IS_NOT_OPEN(Errno.EBADF, raw -> eventfd(raw, EMPTY, 0, 77, 0)),
        EVENTFD_THAT_IS_NONE(Errno.EINVAL, raw -> eventfd(raw, EMPTY, 0, 3, 0)),
        EVENTFD_OF_AN_EMPTY_ONE(0, raw -> eventfd(raw, EMPTY, AVAILABLE, EVENTFD, 0)),
        HANDLE_TO_FD_PAD_NOT_ZERO(Errno.EINVAL, raw -> toFd(raw, SIGNALED, 0, 1)),
        HANDLE_TO_FD_WITH_UNKNOWN_FLAGS(Errno.EINVAL, raw -> toFd(raw, SIGNALED, 2, 0)),
        HANDLE_TO_FD_OF_AN_UNKNOWN_HANDLE(Errno.EINVAL, raw -> toFd(raw, UNKNOWN, 0, 0)),
        HANDLE_TO_FD(0, raw -> toFd(raw, EMPTY, 0, 0)),
        EXPORT_SYNC_FILE_OF_AN_UNKNOWN_HANDLE(Errno.ENOENT, raw -> toFd(raw, UNKNOWN, 1, 0)),
        EXPORT_SYNC_FILE_OF_AN_EMPTY_ONE(Errno.EINVAL, raw -> toFd(raw, EMPTY, 1, 0)),
        EXPORT_SYNC_FILE(0, raw -> toFd(raw, SIGNALED, 1, 0)),
        FD_TO_HANDLE_PAD_NOT_ZERO(Errno.EINVAL, raw -> toHandle(raw, 5, 0, 0, 1)),
        FD_TO_HANDLE_WITH_UNKNOWN_FLAGS(Errno.EINVAL, raw -> toHandle(raw, 5, 0, 2, 0)),
        FD_TO_HANDLE_OF_A_BAD_FD(Errno.EINVAL, raw -> toHandle(raw, 77, 0, 0, 0)),
        FD_TO_HANDLE_OF_AN_EVENTFD(Errno.EINVAL, raw -> toHandle(raw, EVENTFD, 0, 0, 0)),
        FD_TO_HANDLE(
                0,
                raw -> {
                    assertEquals(0, toFd(raw, EMPTY, 0, 0));
                    return toHandle(raw, 5, 0, 0, 0);
                }),
        IMPORT_SYNC_FILE_OF_A_SYNCOBJ_FD(
                Errno.EINVAL,
                raw -> {
                    assertEquals(0, toFd(raw, EMPTY, 0, 0));
                    return toHandle(raw, 5, EMPTY, 1, 0);
                }),
        IMPORT_SYNC_FILE_INTO_AN_UNKNOWN_HANDLE(
                Errno.ENOENT,
                raw -> {
                    assertEquals(0, toFd(raw, SIGNALED, 1, 0));
                    return toHandle(raw, 5, UNKNOWN, 1, 0);
                }),
        IMPORT_SYNC_FILE(
                0,
                raw -> {
                    assertEquals(0, toFd(raw, SIGNALED, 1, 0));
                    return toHandle(raw, 5, EMPTY, 1, 0);
                });

        private final int errno;

        // Lambdas of this test.
        @SuppressWarnings("ImmutableEnumChecker")
        private final ToIntFunction<RawProcess> call;

        Row(int errno, ToIntFunction<RawProcess> call) {
            this.errno = errno;
            this.call = call;
        }
    }

    @ParameterizedTest
    @EnumSource
    void syncobjIoctlsAnswerAsTheTableSays(Row row) {
        RawProcess.run(raw -> {
            assertEquals(EMPTY, raw.syncobj());
            assertEquals(SIGNALED, raw.syncobj(1));
            assertEquals(TIMELINE, raw.syncobj());
            ByteBuffer args = RawProcess.args(Ioctl.SYNCOBJ_TIMELINE_SIGNAL);
            args.putLong(SyncobjTimelineArrayArgs.HANDLES, raw.u32s(TIMELINE));
            args.putLong(SyncobjTimelineArrayArgs.POINTS, raw.u64s(4));
            args.putInt(SyncobjTimelineArrayArgs.COUNT_HANDLES, 1);
            assertEquals(0, raw.call(Ioctl.SYNCOBJ_TIMELINE_SIGNAL, args));
            assertEquals(EVENTFD, raw.file.eventfd().fd());
            assertEquals(row.errno, row.call.applyAsInt(raw));
        });
    }

    private static int destroy(RawProcess raw, int handle, int pad) {
        ByteBuffer args = RawProcess.args(Ioctl.SYNCOBJ_DESTROY);
        args.putInt(SyncobjDestroyArgs.HANDLE, handle).putInt(SyncobjDestroyArgs.PAD, pad);
        return raw.call(Ioctl.SYNCOBJ_DESTROY, args);
    }

    /// @param delayNs how long, 0 to poll
    private static int await(RawProcess raw, int flags, long delayNs, int... handles) {
        ByteBuffer args = RawProcess.args(Ioctl.SYNCOBJ_WAIT);
        args.putLong(SyncobjWaitArgs.HANDLES, raw.u32s(handles));
        args.putInt(SyncobjWaitArgs.COUNT_HANDLES, handles.length);
        args.putInt(SyncobjWaitArgs.FLAGS, flags);
        long untilNs = delayNs == 0 ? 0 : raw.machine.sim.nowNs() + delayNs;
        int ret = raw.call(Ioctl.SYNCOBJ_WAIT, args.putLong(8, untilNs));
        if (delayNs != 0) {
            assertEquals(untilNs, raw.machine.sim.nowNs());
        }
        return ret;
    }

    private static ByteBuffer timelineWait(RawProcess raw, int flags, int handle, long point) {
        ByteBuffer args = RawProcess.args(Ioctl.SYNCOBJ_TIMELINE_WAIT);
        args.putLong(SyncobjTimelineWaitArgs.HANDLES, raw.u32s(handle));
        args.putLong(SyncobjTimelineWaitArgs.POINTS, raw.u64s(point));
        args.putInt(SyncobjTimelineWaitArgs.COUNT_HANDLES, 1);
        return args.putInt(SyncobjTimelineWaitArgs.FLAGS, flags);
    }

    private static int await(RawProcess raw, int flags, int handle, Long point) {
        return raw.call(Ioctl.SYNCOBJ_TIMELINE_WAIT, timelineWait(raw, flags, handle, point));
    }

    private static int onAll(RawProcess raw, Ioctl ioctl, int pad, int... handles) {
        ByteBuffer args = RawProcess.args(ioctl).putInt(SyncobjArrayArgs.PAD, pad);
        args.putLong(SyncobjArrayArgs.HANDLES, raw.u32s(handles));
        args.putInt(SyncobjArrayArgs.COUNT_HANDLES, handles.length);
        return raw.call(ioctl, args);
    }

    private static int points(RawProcess raw, Ioctl ioctl, int flags, int... handles) {
        ByteBuffer args = RawProcess.args(ioctl);
        args.putInt(SyncobjTimelineArrayArgs.FLAGS, flags);
        args.putLong(SyncobjTimelineArrayArgs.HANDLES, raw.u32s(handles));
        long values = raw.u64s(new long[handles.length]);
        args.putLong(SyncobjTimelineArrayArgs.POINTS, values);
        args.putInt(SyncobjTimelineArrayArgs.COUNT_HANDLES, handles.length);
        int ret = raw.call(ioctl, args);
        if (ret == 0 && ioctl == Ioctl.SYNCOBJ_QUERY) {
            ByteBuffer answer = raw.read(values, handles.length * Long.BYTES);
            for (int i = 0; i < handles.length; i++) {
                assertEquals(handles[i] == TIMELINE ? 4 : 0, answer.getLong(i * Long.BYTES));
            }
        }
        return ret;
    }

    private static ByteBuffer transfer(int from, long fromPoint, int to, long toPoint) {
        ByteBuffer args = RawProcess.args(Ioctl.SYNCOBJ_TRANSFER);
        args.putInt(SyncobjTransferArgs.SRC_HANDLE, from);
        args.putInt(SyncobjTransferArgs.DST_HANDLE, to);
        args.putLong(SyncobjTransferArgs.SRC_POINT, fromPoint);
        return args.putLong(SyncobjTransferArgs.DST_POINT, toPoint);
    }

    private static int eventfd(RawProcess raw, int handle, int flags, int fd, int pad) {
        ByteBuffer args = RawProcess.args(Ioctl.SYNCOBJ_EVENTFD);
        args.putInt(SyncobjEventfdArgs.HANDLE, handle).putInt(SyncobjEventfdArgs.FLAGS, flags);
        args.putInt(SyncobjEventfdArgs.FD, fd).putInt(SyncobjEventfdArgs.PAD, pad);
        return raw.call(Ioctl.SYNCOBJ_EVENTFD, args);
    }

    private static int toFd(RawProcess raw, int handle, int flags, int pad) {
        ByteBuffer args = RawProcess.args(Ioctl.SYNCOBJ_HANDLE_TO_FD);
        args.putInt(SyncobjHandleArgs.HANDLE, handle).putInt(SyncobjHandleArgs.FLAGS, flags);
        args.putInt(SyncobjHandleArgs.PAD, pad);
        return raw.call(Ioctl.SYNCOBJ_HANDLE_TO_FD, args);
    }

    private static int toHandle(RawProcess raw, int fd, int handle, int flags, int pad) {
        ByteBuffer args = RawProcess.args(Ioctl.SYNCOBJ_FD_TO_HANDLE);
        args.putInt(SyncobjHandleArgs.HANDLE, handle).putInt(SyncobjHandleArgs.FLAGS, flags);
        args.putInt(SyncobjHandleArgs.FD, fd).putInt(SyncobjHandleArgs.PAD, pad);
        return raw.call(Ioctl.SYNCOBJ_FD_TO_HANDLE, args);
    }
}
