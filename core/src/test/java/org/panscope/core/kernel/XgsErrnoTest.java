package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.ObjArray;
import org.panscope.core.uapi.SyncOp;
import org.panscope.core.uapi.SyncUpdateArgs;
import org.panscope.core.uapi.SyncobjCreateArgs;
import org.panscope.core.uapi.UserMemory;
import org.panscope.core.uapi.VmCreateArgs;
import org.panscope.core.uapi.XgsOp;
import org.panscope.core.uapi.XgsQueueCreateArgs;
import org.panscope.core.uapi.XgsQueueDestroyArgs;
import org.panscope.core.uapi.XgsQueueSubmitArgs;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.KernelEvent.WarnKind;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/// The rows of the errno table that are about XGS queues and SYNC_UPDATE, one case each.
class XgsErrnoTest {
    private static final int QUEUES_PER_FILE = 128;
    private static final int STDOUT = 1;
    private static final int CLOSED_FD = 77;

    /// An open file whose VM and queue have handle 1.
    static final class Caller {
        final DeviceFile file;
        final UserMemory memory;

        Caller(DeviceFile file, UserMemory memory) {
            this.file = file;
            this.memory = memory;
            assertEquals(
                    0,
                    call(
                            Ioctl.VM_CREATE,
                            args -> args.putLong(VmCreateArgs.USER_VA_RANGE, 1L << 47)));
            assertEquals(0, createQueue(args -> {}));
        }

        int call(Ioctl ioctl, Consumer<ByteBuffer> change) {
            ByteBuffer args = UserMemory.struct(ioctl.size());
            change.accept(args);
            byte[] bytes = new byte[args.capacity()];
            args.get(0, bytes);
            return file.ioctl(ioctl.request(), bytes);
        }

        int createQueue(Consumer<ByteBuffer> change) {
            return call(
                    Ioctl.XGS_QUEUE_CREATE,
                    args -> {
                        args.putInt(XgsQueueCreateArgs.VM_ID, 1);
                        args.putInt(XgsQueueCreateArgs.EVENTFD_SYNC_UPDATE, -1);
                        change.accept(args);
                    });
        }

        /// One SIGNAL_SET at an address where nothing is.
        int submit(Consumer<ByteBuffer> change) {
            ByteBuffer op = UserMemory.struct(XgsOp.SIZE + 8);
            op.put(XgsOp.OP, (byte) XgsOp.SIGNAL_SET);
            return call(
                    Ioctl.XGS_QUEUE_SUBMIT,
                    args -> {
                        args.putInt(XgsQueueSubmitArgs.HANDLE, 1);
                        array(args, XgsQueueSubmitArgs.OPS, XgsOp.SIZE, place(op));
                        change.accept(args);
                    });
        }

        /// As [#submit], with one sync operation.
        int submitSync(Consumer<ByteBuffer> change) {
            ByteBuffer sync = UserMemory.struct(SyncOp.SIZE + 8);
            change.accept(sync);
            return submit(args -> array(args, XgsQueueSubmitArgs.SYNCS, SyncOp.SIZE, place(sync)));
        }

        int syncobj() {
            int[] handle = new int[1];
            ByteBuffer args = UserMemory.struct(Ioctl.SYNCOBJ_CREATE.size());
            byte[] bytes = new byte[args.capacity()];
            assertEquals(0, file.ioctl(Ioctl.SYNCOBJ_CREATE.request(), bytes));
            handle[0] =
                    ByteBuffer.wrap(bytes)
                            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                            .getInt(SyncobjCreateArgs.HANDLE);
            return handle[0];
        }

        static void array(ByteBuffer args, int at, int stride, long va) {
            args.putInt(at + ObjArray.STRIDE, stride);
            args.putInt(at + ObjArray.COUNT, 1);
            args.putLong(at + ObjArray.ARRAY, va);
        }

        long place(ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.capacity()];
            buffer.get(0, bytes);
            return memory.place(bytes);
        }
    }

    /// A row.
    ///
    /// @param errno what it answers
    record Row(String name, int errno, ToIntFunction<Caller> call) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(
                        "XGS_QUEUE_CREATE -EINVAL: pad not 0",
                        Errno.EINVAL,
                        p -> p.createQueue(a -> a.putInt(XgsQueueCreateArgs.PAD, 1))),
                new Row(
                        "XGS_QUEUE_CREATE -EINVAL: unknown vm_id",
                        Errno.EINVAL,
                        p -> p.createQueue(a -> a.putInt(XgsQueueCreateArgs.VM_ID, 9))),
                new Row(
                        "XGS_QUEUE_CREATE -EINVAL: fd is not an eventfd",
                        Errno.EINVAL,
                        p ->
                                p.createQueue(a ->
                                        a.putInt(XgsQueueCreateArgs.EVENTFD_SYNC_UPDATE, STDOUT))),
                new Row(
                        "XGS_QUEUE_CREATE -EBADF: invalid fd",
                        Errno.EBADF,
                        p ->
                                p.createQueue(a ->
                                        a.putInt(
                                                XgsQueueCreateArgs.EVENTFD_SYNC_UPDATE,
                                                CLOSED_FD))),
                new Row(
                        "XGS_QUEUE_CREATE -EBUSY: 128 queues already",
                        Errno.EBUSY,
                        p -> {
                            for (int i = 1; i < QUEUES_PER_FILE; i++) {
                                assertEquals(0, p.createQueue(a -> {}));
                            }
                            return p.createQueue(a -> {});
                        }),
                new Row(
                        "XGS_QUEUE_DESTROY -EINVAL: pad not 0",
                        Errno.EINVAL,
                        p ->
                                p.call(
                                        Ioctl.XGS_QUEUE_DESTROY,
                                        a ->
                                                a.putInt(XgsQueueDestroyArgs.HANDLE, 1)
                                                        .putInt(XgsQueueDestroyArgs.PAD, 1))),
                new Row(
                        "XGS_QUEUE_DESTROY -EINVAL: unknown handle",
                        Errno.EINVAL,
                        p ->
                                p.call(
                                        Ioctl.XGS_QUEUE_DESTROY,
                                        a -> a.putInt(XgsQueueDestroyArgs.HANDLE, 2))),
                new Row(
                        "XGS_QUEUE_SUBMIT -EINVAL: unknown flag bits",
                        Errno.EINVAL,
                        p -> p.submit(a -> a.putInt(XgsQueueSubmitArgs.FLAGS, 4))),
                new Row(
                        "XGS_QUEUE_SUBMIT -EINVAL: ops stride below 24",
                        Errno.EINVAL,
                        p -> p.submit(a -> a.putInt(XgsQueueSubmitArgs.OPS + ObjArray.STRIDE, 20))),
                new Row(
                        "XGS_QUEUE_SUBMIT -EINVAL: bad sync op flags",
                        Errno.EINVAL,
                        p -> p.submitSync(s -> s.putInt(SyncOp.FLAGS, 1 << 8))),
                new Row(
                        "XGS_QUEUE_SUBMIT -EINVAL: bad sync op handle",
                        Errno.EINVAL,
                        p ->
                                p.submitSync(s ->
                                        s.putInt(SyncOp.FLAGS, SyncOp.SIGNAL)
                                                .putInt(SyncOp.HANDLE, 9))),
                new Row(
                        "XGS_QUEUE_SUBMIT -EFAULT: ops cannot be read",
                        Errno.EFAULT,
                        p -> p.submit(a -> a.putLong(XgsQueueSubmitArgs.OPS + ObjArray.ARRAY, 16))),
                new Row(
                        "XGS_QUEUE_SUBMIT -EFAULT: syncs cannot be read",
                        Errno.EFAULT,
                        p ->
                                p.submit(a ->
                                        Caller.array(
                                                a, XgsQueueSubmitArgs.SYNCS, SyncOp.SIZE, 16))),
                new Row(
                        "XGS_QUEUE_SUBMIT -E2BIG: bytes beyond the struct are not 0",
                        Errno.E2BIG,
                        p ->
                                p.submit(a -> {
                                    ByteBuffer op = UserMemory.struct(XgsOp.SIZE + 8);
                                    op.put(XgsOp.SIZE, (byte) 1);
                                    Caller.array(
                                            a, XgsQueueSubmitArgs.OPS, XgsOp.SIZE + 8, p.place(op));
                                })),
                new Row(
                        "XGS_QUEUE_SUBMIT -ENOMEM: more ops than can be allocated",
                        Errno.ENOMEM,
                        p -> p.submit(a -> a.putInt(XgsQueueSubmitArgs.OPS + ObjArray.COUNT, -1))),
                new Row(
                        "XGS_QUEUE_SUBMIT 0: unknown queue handle, ops.count above 0",
                        0,
                        p -> p.submit(a -> a.putInt(XgsQueueSubmitArgs.HANDLE, 9))),
                new Row(
                        "XGS_QUEUE_SUBMIT -ENOENT: wait syncobj missing",
                        Errno.ENOENT,
                        p -> p.submitSync(s -> s.putInt(SyncOp.HANDLE, 9))),
                new Row(
                        "XGS_QUEUE_SUBMIT -EINVAL: wait syncobj carries no fence",
                        Errno.EINVAL,
                        p -> {
                            int syncobj = p.syncobj();
                            return p.submitSync(s -> s.putInt(SyncOp.HANDLE, syncobj));
                        }),
                new Row(
                        "SYNC_UPDATE -EINVAL: pad not 0",
                        Errno.EINVAL,
                        p -> p.call(Ioctl.SYNC_UPDATE, a -> a.putLong(SyncUpdateArgs.PAD, 1))),
                new Row("SYNC_UPDATE 0", 0, p -> p.call(Ioctl.SYNC_UPDATE, a -> {})));
    }

    private static Machine run(long seed, Consumer<Caller> body) {
        Machine machine = new Machine(seed);
        UserMemory memory = new UserMemory();
        boolean[] done = new boolean[1];
        machine.process("tester")
                .start(
                        0,
                        () -> {
                            body.accept(new Caller(machine.device.open("tester", memory), memory));
                            done[0] = true;
                        });
        machine.sim.run(10_000 * Machine.MS);
        assertTrue(done[0], "the process came to its end");
        return machine;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void row(Row row) {
        Machine machine =
                run(1, process -> assertEquals(row.errno(), row.call().applyAsInt(process)));
        assertEquals(0, machine.device.xgsJobs().size(), "no job is left behind");
    }

    /// R13: nothing was queued, and nobody is told.
    @Test
    void aJobForAnUnknownQueueIsLostWithoutAnError() {
        Machine machine =
                run(
                        1,
                        process -> {
                            int out = process.syncobj();
                            assertEquals(
                                    0,
                                    process.submit(a -> {
                                        a.putInt(XgsQueueSubmitArgs.HANDLE, 9);
                                        ByteBuffer sync = UserMemory.struct(SyncOp.SIZE);
                                        sync.putInt(SyncOp.FLAGS, SyncOp.SIGNAL);
                                        sync.putInt(SyncOp.HANDLE, out);
                                        Caller.array(
                                                a,
                                                XgsQueueSubmitArgs.SYNCS,
                                                SyncOp.SIZE,
                                                process.place(sync));
                                    }));
                        });
        assertEquals(0, machine.of(XgsJob.class).size());
    }

    @Test
    void withoutOperationsAnUnknownQueueGivesWhateverTheVariableHeld() {
        List<Integer> answers = new ArrayList<>();
        for (long seed = 1; seed <= 8; seed++) {
            run(
                    seed,
                    process ->
                            answers.add(
                                    process.call(
                                            Ioctl.XGS_QUEUE_SUBMIT,
                                            a -> a.putInt(XgsQueueSubmitArgs.HANDLE, 9))));
        }
        assertTrue(answers.contains(0), answers.toString());
        assertTrue(answers.stream().anyMatch(answer -> answer < -4095), answers.toString());
    }

    /// R12: the worker that releases the queue puts what is no eventfd.
    @ParameterizedTest
    @MethodSource("badEventfds")
    void anErrorPointerIsPutWhenTheQueueIsReleased(int fd) {
        Machine machine =
                run(
                        1,
                        process ->
                                process.createQueue(
                                        a -> a.putInt(XgsQueueCreateArgs.EVENTFD_SYNC_UPDATE, fd)));
        List<Warn> oopses =
                machine.of(Warn.class).stream()
                        .filter(warn -> warn.kind() == WarnKind.OOPS)
                        .toList();
        assertEquals(1, oopses.size());
        assertEquals("xgs_queue_release_work", oopses.getFirst().site());
        assertEquals(1, machine.of(XgsQueue.class).size(), "the failed queue never had a handle");
    }

    static Stream<Integer> badEventfds() {
        return Stream.of(STDOUT, CLOSED_FD);
    }

    /// The eventfd is looked up before the VM.
    @Test
    void aBadEventfdIsFoundBeforeABadVm() {
        run(
                1,
                process ->
                        assertEquals(
                                Errno.EBADF,
                                process.createQueue(a ->
                                        a.putInt(XgsQueueCreateArgs.VM_ID, 9)
                                                .putInt(
                                                        XgsQueueCreateArgs.EVENTFD_SYNC_UPDATE,
                                                        CLOSED_FD))));
    }

    @Test
    void aDestroyedQueueIsReleasedByAWorkerAndItsHandleGivenAgain() {
        Machine machine =
                run(
                        1,
                        process -> {
                            assertEquals(
                                    0,
                                    process.call(
                                            Ioctl.XGS_QUEUE_DESTROY,
                                            a -> a.putInt(XgsQueueDestroyArgs.HANDLE, 1)));
                            assertEquals(0, process.createQueue(a -> {}));
                        });
        List<XgsQueue> events = machine.of(XgsQueue.class);
        assertEquals(
                List.of(1, 1),
                events.stream()
                        .filter(event -> event.step() == XgsQueueStep.CREATE)
                        .map(XgsQueue::handle)
                        .toList());
        assertEquals(
                List.of(XgsQueueStep.CREATE, XgsQueueStep.DESTROY, XgsQueueStep.RELEASE),
                events.stream()
                        .filter(event -> event.xq() == events.getFirst().xq())
                        .map(XgsQueue::step)
                        .toList());
    }
}
