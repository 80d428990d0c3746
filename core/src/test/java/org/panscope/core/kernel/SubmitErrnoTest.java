package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.GroupDestroyArgs;
import org.panscope.core.uapi.GroupSubmitArgs;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.ObjArray;
import org.panscope.core.uapi.QueueSubmitArgs;
import org.panscope.core.uapi.SyncOp;
import org.panscope.core.uapi.UserMemory;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.FenceEvent.Syncobj;
import org.panscope.trace.event.FenceEvent.SyncobjStep;
import org.panscope.trace.event.KernelEvent.Warn;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ToIntFunction;

/// The validation table of GROUP_SUBMIT, a constant for each row, and how the jobs of one call
/// depend on each other. The jobs are empty, so they need no GPU.
class SubmitErrnoTest {
    private static final int UNKNOWN = 9;

    /// In a file with group 1 of two queues, syncobj 1 that is empty and 2 that is signalled.
    enum Row {
        PAD_NOT_ZERO(
                Errno.EINVAL, raw -> raw.call(Ioctl.GROUP_SUBMIT, submit(raw, 1).putInt(4, 1))),
        NO_QUEUE_SUBMITS(0, raw -> raw.call(Ioctl.GROUP_SUBMIT, submit(raw, 1))),
        NO_QUEUE_SUBMITS_TO_AN_UNKNOWN_GROUP(
                0, raw -> raw.call(Ioctl.GROUP_SUBMIT, submit(raw, UNKNOWN))),
        JOB_PAD_NOT_ZERO(Errno.EINVAL, raw -> one(raw, job(raw, 0).putInt(QueueSubmitArgs.PAD, 1))),
        SIZE_WITHOUT_ADDRESS(
                Errno.EINVAL, raw -> one(raw, job(raw, 0).putInt(QueueSubmitArgs.STREAM_SIZE, 64))),
        ADDRESS_WITHOUT_SIZE(
                Errno.EINVAL,
                raw -> one(raw, job(raw, 0).putLong(QueueSubmitArgs.STREAM_ADDR, 64))),
        ADDRESS_NOT_64_BYTE_ALIGNED(Errno.EINVAL, raw -> one(raw, stream(raw, 0x1008, 64))),
        SIZE_NOT_8_BYTE_ALIGNED(Errno.EINVAL, raw -> one(raw, stream(raw, 0x1000, 60))),
        LATEST_FLUSH_BITS_30_TO_24(
                Errno.EINVAL,
                raw -> one(raw, job(raw, 0).putInt(QueueSubmitArgs.LATEST_FLUSH, 1 << 24))),
        LATEST_FLUSH_BIT_31_IS_FINE(
                0, raw -> one(raw, job(raw, 0).putInt(QueueSubmitArgs.LATEST_FLUSH, 1 << 31))),
        UNKNOWN_GROUP(
                Errno.EINVAL,
                raw -> raw.call(Ioctl.GROUP_SUBMIT, submit(raw, UNKNOWN, job(raw, 0)))),
        DESTROYED_GROUP(
                Errno.EINVAL,
                raw -> {
                    ByteBuffer args = RawProcess.args(Ioctl.GROUP_DESTROY);
                    args.putInt(GroupDestroyArgs.GROUP_HANDLE, 1);
                    assertEquals(0, raw.call(Ioctl.GROUP_DESTROY, args));
                    return one(raw, job(raw, 0));
                }),
        QUEUE_INDEX_BEYOND_THE_QUEUES(Errno.EINVAL, raw -> one(raw, job(raw, 2))),
        STRIDE_BELOW_40(
                Errno.EINVAL,
                raw -> {
                    ByteBuffer args = submit(raw, 1, job(raw, 0));
                    args.putInt(GroupSubmitArgs.QUEUE_SUBMITS + ObjArray.STRIDE, 32);
                    return raw.call(Ioctl.GROUP_SUBMIT, args);
                }),
        BAD_POINTER(
                Errno.EFAULT,
                raw -> {
                    ByteBuffer args = submit(raw, 1, job(raw, 0));
                    args.putLong(GroupSubmitArgs.QUEUE_SUBMITS + ObjArray.ARRAY, 16);
                    return raw.call(Ioctl.GROUP_SUBMIT, args);
                }),
        BYTES_BEYOND_THE_KNOWN_STRUCT(
                Errno.E2BIG,
                raw -> {
                    ByteBuffer large = UserMemory.struct(QueueSubmitArgs.SIZE + 8);
                    large.putInt(QueueSubmitArgs.SIZE, 1);
                    ByteBuffer args = submit(raw, 1);
                    raw.array(
                            args, GroupSubmitArgs.QUEUE_SUBMITS, large.capacity(), List.of(large));
                    return raw.call(Ioctl.GROUP_SUBMIT, args);
                }),
        ZEROS_BEYOND_THE_KNOWN_STRUCT_ARE_FINE(
                0,
                raw -> {
                    ByteBuffer large = UserMemory.struct(QueueSubmitArgs.SIZE + 8);
                    ByteBuffer args = submit(raw, 1);
                    raw.array(
                            args, GroupSubmitArgs.QUEUE_SUBMITS, large.capacity(), List.of(large));
                    return raw.call(Ioctl.GROUP_SUBMIT, args);
                }),
        SYNC_STRIDE_BELOW_16(
                Errno.EINVAL,
                raw -> {
                    ByteBuffer job = job(raw, 0, RawProcess.waitOp(2, 0));
                    job.putInt(QueueSubmitArgs.SYNCS + ObjArray.STRIDE, 8);
                    return one(raw, job);
                }),
        UNKNOWN_SYNC_FLAG(
                Errno.EINVAL,
                raw -> one(raw, job(raw, 0, RawProcess.waitOp(2, 0).putInt(SyncOp.FLAGS, 256)))),
        UNKNOWN_HANDLE_TYPE(
                Errno.EINVAL,
                raw -> one(raw, job(raw, 0, RawProcess.waitOp(2, 0).putInt(SyncOp.FLAGS, 2)))),
        BINARY_WITH_A_TIMELINE_VALUE(
                Errno.EINVAL, raw -> one(raw, job(raw, 0, RawProcess.waitOp(2, 0).putLong(8, 1)))),
        WAIT_SYNCOBJ_UNKNOWN(
                Errno.ENOENT, raw -> one(raw, job(raw, 0, RawProcess.waitOp(UNKNOWN, 0)))),
        WAIT_ON_A_BINARY_SYNCOBJ_WITHOUT_A_FENCE(
                Errno.EINVAL, raw -> one(raw, job(raw, 0, RawProcess.waitOp(1, 0)))),
        WAIT_ON_AN_UNAVAILABLE_POINT(
                Errno.EINVAL, raw -> one(raw, job(raw, 0, RawProcess.waitOp(1, 3)))),
        WAIT_FOR_A_POINT_OF_A_BINARY_FENCE(
                Errno.EINVAL, raw -> one(raw, job(raw, 0, RawProcess.waitOp(2, 3)))),
        TIMELINE_WAIT_WITH_POINT_0_TAKES_THE_FENCE(
                0, raw -> one(raw, job(raw, 0, RawProcess.waitOp(2, 0).putInt(SyncOp.FLAGS, 1)))),
        SIGNAL_SYNCOBJ_UNKNOWN(
                Errno.EINVAL, raw -> one(raw, job(raw, 0, RawProcess.signalOp(UNKNOWN, 0)))),
        WAIT_AND_SIGNAL(
                0,
                raw -> one(raw, job(raw, 0, RawProcess.waitOp(2, 0), RawProcess.signalOp(1, 5))));

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
    void groupSubmitAnswersAsTheTableSays(Row row) {
        Machine machine =
                RawProcess.run(raw -> {
                    setUp(raw);
                    assertEquals(row.errno, row.call.applyAsInt(raw));
                });
        assertEquals(List.of(), machine.device.jobs());
    }

    private static void setUp(RawProcess raw) {
        assertEquals(1, raw.group(raw.vm(), 2));
        assertEquals(1, raw.syncobj());
        assertEquals(2, raw.syncobj(1));
    }

    @Test
    void aDeadGroupTakesNoJobsSinceV613() {
        RawProcess.run(raw -> assertEquals(0, submitToADeadGroup(raw)));
        RawProcess.run(
                new Machine(1, RawProcess.MAINLINE),
                raw -> assertEquals(Errno.EINVAL, submitToADeadGroup(raw)));
    }

    /// Its first job runs where nothing is mapped.
    private static int submitToADeadGroup(RawProcess raw) {
        assertEquals(1, raw.group(raw.vm(), 2));
        assertEquals(0, one(raw, stream(raw, 0x7000_0000L, 64)));
        raw.machine.sim.sleep(200 * Machine.MS);
        assertEquals(0, raw.call(Ioctl.GROUP_SUBMIT, submit(raw, 1)));
        return one(raw, job(raw, 1));
    }

    @Test
    void aLaterJobOfTheBatchWaitsForTheFenceOfAnEarlierOne() {
        Machine machine =
                RawProcess.run(raw -> {
                    setUp(raw);
                    assertEquals(
                            0,
                            raw.call(
                                    Ioctl.GROUP_SUBMIT,
                                    submit(
                                            raw,
                                            1,
                                            job(raw, 0, RawProcess.signalOp(1, 7)),
                                            job(raw, 1, RawProcess.waitOp(1, 7)))));
                });
        List<Syncobj> events = machine.of(Syncobj.class);
        Syncobj taken =
                events.stream().filter(e -> e.step() == SyncobjStep.WAIT_DEP).findFirst().get();
        Syncobj added =
                events.stream().filter(e -> e.step() == SyncobjStep.ADD_POINT).findFirst().get();
        Fence chain =
                machine.of(Fence.class).stream()
                        .filter(f -> f.step() == FenceStep.INIT && f.wraps() != null)
                        .findFirst()
                        .get();
        assertEquals(chain.wraps(), taken.fence());
        assertEquals("fence:" + chain.context() + ":7", added.fence());
        assertEquals(7L, taken.point());
    }

    @Test
    void waitingForWhatALaterJobOfTheBatchSignalsIsAWarning() {
        Machine machine =
                RawProcess.run(raw -> {
                    setUp(raw);
                    assertEquals(
                            Errno.EINVAL,
                            raw.call(
                                    Ioctl.GROUP_SUBMIT,
                                    submit(
                                            raw,
                                            1,
                                            job(raw, 0, RawProcess.waitOp(1, 0)),
                                            job(raw, 1, RawProcess.signalOp(1, 0)))));
                });
        assertTrue(
                machine.of(Warn.class).stream().anyMatch(w -> w.text().equals("!sig_sync->fence")));
        assertTrue(
                machine.of(Syncobj.class).stream()
                        .noneMatch(e -> e.step() == SyncobjStep.REPLACE_FENCE));
    }

    @Test
    void waitingForWhatALaterJobSignalsAgainTakesTheFenceThatWasThere() {
        RawProcess.run(raw -> {
            setUp(raw);
            assertEquals(
                    0,
                    raw.call(
                            Ioctl.GROUP_SUBMIT,
                            submit(
                                    raw,
                                    1,
                                    job(raw, 0, RawProcess.waitOp(2, 0)),
                                    job(raw, 1, RawProcess.signalOp(2, 0)))));
        });
    }

    @Test
    void onlyTheLastJobThatSignalsAPointIsPublished() {
        Machine machine =
                RawProcess.run(raw -> {
                    setUp(raw);
                    assertEquals(
                            0,
                            raw.call(
                                    Ioctl.GROUP_SUBMIT,
                                    submit(
                                            raw,
                                            1,
                                            job(raw, 0, RawProcess.signalOp(1, 0)),
                                            job(raw, 1, RawProcess.signalOp(1, 0)))));
                });
        List<Fence> published =
                machine.of(Fence.class).stream()
                        .filter(f -> "syncobj:1.1".equals(f.publishedTo()))
                        .toList();
        assertEquals(1, published.size());
        List<Fence> finished =
                machine.of(Fence.class).stream()
                        .filter(f -> f.step() == FenceStep.INIT && f.kind() == FenceKind.FINISHED)
                        .toList();
        assertEquals(finished.getLast().context(), published.getFirst().context());
    }

    private static int one(RawProcess raw, ByteBuffer job) {
        return raw.call(Ioctl.GROUP_SUBMIT, submit(raw, 1, job));
    }

    private static ByteBuffer submit(RawProcess raw, int group, ByteBuffer... jobs) {
        ByteBuffer args = RawProcess.args(Ioctl.GROUP_SUBMIT);
        args.putInt(GroupSubmitArgs.GROUP_HANDLE, group);
        if (jobs.length > 0) {
            raw.array(args, GroupSubmitArgs.QUEUE_SUBMITS, QueueSubmitArgs.SIZE, List.of(jobs));
        }
        return args;
    }

    private static ByteBuffer job(RawProcess raw, int queue, ByteBuffer... syncs) {
        ByteBuffer job = UserMemory.struct(QueueSubmitArgs.SIZE);
        job.putInt(QueueSubmitArgs.QUEUE_INDEX, queue);
        if (syncs.length > 0) {
            raw.array(job, QueueSubmitArgs.SYNCS, SyncOp.SIZE, List.of(syncs));
        }
        return job;
    }

    private static ByteBuffer stream(RawProcess raw, long va, int bytes) {
        return job(raw, 0)
                .putLong(QueueSubmitArgs.STREAM_ADDR, va)
                .putInt(QueueSubmitArgs.STREAM_SIZE, bytes);
    }
}
