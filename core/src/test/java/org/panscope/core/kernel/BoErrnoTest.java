package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.panscope.core.kernel.ioctl.MmapSpace;
import org.panscope.core.sim.Actor;
import org.panscope.core.uapi.BoCreateArgs;
import org.panscope.core.uapi.BoMmapOffsetArgs;
import org.panscope.core.uapi.BoQueryInfoArgs;
import org.panscope.core.uapi.BoSetLabelArgs;
import org.panscope.core.uapi.BoSyncArgs;
import org.panscope.core.uapi.BoSyncOp;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.GemCloseArgs;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.Mapping;
import org.panscope.core.uapi.PrimeHandleArgs;
import org.panscope.core.uapi.SetUserMmioOffsetArgs;
import org.panscope.core.uapi.UserMemory;
import org.panscope.trace.event.MemoryEvent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// The validation tables of BO_CREATE, BO_MMAP_OFFSET, GEM_CLOSE, PRIME_*, mmap(2) and of what
/// mainline added, a constant for each row.
class BoErrnoTest {
    private static final int UNKNOWN = 9;
    private static final long PAGE = 4096;

    enum CreateRow {
        SIZE_ZERO(Errno.EINVAL, a -> a.putLong(BoCreateArgs.BO_SIZE, 0)),
        PAD_NOT_ZERO(Errno.EINVAL, a -> a.putInt(BoCreateArgs.PAD, 1)),
        UNKNOWN_FLAG(Errno.EINVAL, a -> a.putInt(BoCreateArgs.FLAGS, 4)),
        WB_MMAP_BEFORE_2026(Errno.EINVAL, a -> a.putInt(BoCreateArgs.FLAGS, 2)),
        UNKNOWN_EXCLUSIVE_VM(Errno.EINVAL, a -> a.putInt(BoCreateArgs.EXCLUSIVE_VM_ID, UNKNOWN)),
        LARGER_THAN_MEMORY(Errno.ENOMEM, a -> a.putLong(BoCreateArgs.BO_SIZE, 1L << 40)),
        EXCLUSIVE(0, a -> a.putInt(BoCreateArgs.EXCLUSIVE_VM_ID, 1)),
        NO_MMAP(0, a -> a.putInt(BoCreateArgs.FLAGS, BoCreateArgs.NO_MMAP)),
        ONE_BYTE(0, a -> a.putLong(BoCreateArgs.BO_SIZE, 1));

        private final int errno;

        // Lambdas of this test.
        @SuppressWarnings("ImmutableEnumChecker")
        private final Consumer<ByteBuffer> change;

        CreateRow(int errno, Consumer<ByteBuffer> change) {
            this.errno = errno;
            this.change = change;
        }
    }

    @ParameterizedTest
    @EnumSource
    void boCreateAnswersAsTheTableSays(CreateRow row) {
        RawProcess.run(raw -> {
            raw.vm();
            ByteBuffer args = RawProcess.args(Ioctl.BO_CREATE).putLong(BoCreateArgs.BO_SIZE, PAGE);
            row.change.accept(args);
            assertEquals(row.errno, raw.call(Ioctl.BO_CREATE, args));
            if (row.errno == 0) {
                assertEquals(PAGE, args.getLong(BoCreateArgs.BO_SIZE));
                assertEquals(1, args.getInt(BoCreateArgs.HANDLE));
            }
        });
    }

    @Test
    void aBufferObjectBeyondTheMachinesMemoryIsRefused() {
        RawProcess.run(raw -> {
            raw.machine.memory.setLimit(0);
            ByteBuffer args = RawProcess.args(Ioctl.BO_CREATE).putLong(BoCreateArgs.BO_SIZE, PAGE);
            assertEquals(Errno.ENOMEM, raw.call(Ioctl.BO_CREATE, args));
            raw.machine.memory.setLimit(Long.MAX_VALUE);
            assertEquals(0, raw.call(Ioctl.BO_CREATE, args));
        });
    }

    /// In a file with BO 1, and BO 2 that is NO_MMAP.
    enum MmapOffsetRow {
        PAD_NOT_ZERO(Errno.EINVAL, 1, 1),
        UNKNOWN_HANDLE(Errno.ENOENT, UNKNOWN, 0),
        BO_CREATED_NO_MMAP(Errno.EPERM, 2, 0),
        A_BO(0, 1, 0);

        private final int errno;
        private final int handle;
        private final int pad;

        MmapOffsetRow(int errno, int handle, int pad) {
            this.errno = errno;
            this.handle = handle;
            this.pad = pad;
        }
    }

    @ParameterizedTest
    @EnumSource
    void boMmapOffsetAnswersAsTheTableSays(MmapOffsetRow row) {
        RawProcess.run(raw -> {
            raw.bo(PAGE);
            raw.bo(PAGE, BoCreateArgs.NO_MMAP, 0);
            ByteBuffer args = RawProcess.args(Ioctl.BO_MMAP_OFFSET);
            args.putInt(BoMmapOffsetArgs.HANDLE, row.handle);
            args.putInt(BoMmapOffsetArgs.PAD, row.pad);
            assertEquals(row.errno, raw.call(Ioctl.BO_MMAP_OFFSET, args));
        });
    }

    /// mmap(2) in a file with a BO of two pages at the offset given.
    enum MmapRow {
        WHOLE_BO(0, (raw, at) -> raw.file.mmap(at, 2 * PAGE, Mapping.READ).errno()),
        FIRST_PAGE_OF_A_BO(0, (raw, at) -> raw.file.mmap(at, PAGE, Mapping.READ).errno()),
        LONGER_THAN_THE_BO(
                Errno.EINVAL, (raw, at) -> raw.file.mmap(at, 3 * PAGE, Mapping.READ).errno()),
        MIDDLE_OF_A_BO(
                Errno.EINVAL, (raw, at) -> raw.file.mmap(at + PAGE, PAGE, Mapping.READ).errno()),
        NOBODYS_OFFSET(
                Errno.EINVAL, (raw, at) -> raw.file.mmap(1 << 20, PAGE, Mapping.READ).errno()),
        A_BO_WHOSE_HANDLE_WAS_CLOSED(
                Errno.EINVAL,
                (raw, at) -> {
                    assertEquals(0, close(raw, 1));
                    return raw.file.mmap(at, PAGE, Mapping.READ).errno();
                }),
        FLUSH_ID(0, (raw, at) -> flushId(raw, PAGE, Mapping.READ)),
        FLUSH_ID_OF_TWO_PAGES(Errno.EINVAL, (raw, at) -> flushId(raw, 2 * PAGE, Mapping.READ)),
        FLUSH_ID_TO_WRITE(
                Errno.EINVAL, (raw, at) -> flushId(raw, PAGE, Mapping.READ | Mapping.WRITE)),
        FLUSH_ID_TO_EXECUTE(
                Errno.EINVAL, (raw, at) -> flushId(raw, PAGE, Mapping.READ | Mapping.EXEC)),
        ANOTHER_REGISTER(
                Errno.EINVAL,
                (raw, at) -> raw.file.mmap(MmapSpace.FLUSH_ID + PAGE, PAGE, Mapping.READ).errno());

        private final int errno;

        // Lambdas of this test.
        @SuppressWarnings("ImmutableEnumChecker")
        private final Call call;

        interface Call {
            int on(RawProcess raw, long offset);
        }

        MmapRow(int errno, Call call) {
            this.errno = errno;
            this.call = call;
        }
    }

    @ParameterizedTest
    @EnumSource
    void mmapAnswersAsTheTableSays(MmapRow row) {
        RawProcess.run(raw -> {
            raw.bo(2 * PAGE);
            assertEquals(row.errno, row.call.on(raw, offset(raw, 1)));
        });
    }

    @Test
    void theOffsetOfAnotherFilesObjectIsNotAllowed() {
        Machine machine = new Machine();
        long[] offset = new long[1];
        RawProcess.start(
                machine,
                "owner",
                0,
                raw -> {
                    raw.bo(PAGE);
                    offset[0] = offset(raw, 1);
                });
        RawProcess.run(
                machine,
                raw -> {
                    machine.sim.sleep(Machine.MS);
                    assertEquals(
                            Errno.EACCES, raw.file.mmap(offset[0], PAGE, Mapping.READ).errno());
                });
    }

    private static long offset(RawProcess raw, int handle) {
        ByteBuffer args = RawProcess.args(Ioctl.BO_MMAP_OFFSET);
        args.putInt(BoMmapOffsetArgs.HANDLE, handle);
        assertEquals(0, raw.call(Ioctl.BO_MMAP_OFFSET, args));
        return args.getLong(BoMmapOffsetArgs.OFFSET);
    }

    private static int flushId(RawProcess raw, long length, int prot) {
        return raw.file.mmap(MmapSpace.FLUSH_ID, length, prot).errno();
    }

    private static int close(RawProcess raw, int handle) {
        ByteBuffer args = RawProcess.args(Ioctl.GEM_CLOSE);
        return raw.call(Ioctl.GEM_CLOSE, args.putInt(GemCloseArgs.HANDLE, handle));
    }

    /// In a file with BO 1, BO 2 that is private to VM 1, and an eventfd at 4.
    enum PrimeRow {
        CLOSE_OF_AN_UNKNOWN_HANDLE(Errno.EINVAL, raw -> close(raw, UNKNOWN)),
        CLOSE_OF_A_HANDLE(0, raw -> close(raw, 1)),
        EXPORT_WITH_UNKNOWN_FLAGS(Errno.EINVAL, raw -> export(raw, 1, 1)),
        EXPORT_OF_AN_UNKNOWN_HANDLE(Errno.ENOENT, raw -> export(raw, UNKNOWN, 0)),
        EXPORT_OF_AN_EXCLUSIVE_BO(Errno.EINVAL, raw -> export(raw, 2, 0)),
        EXPORT_OF_A_BO(0, raw -> export(raw, 1, PrimeHandleArgs.FLAG_MASK)),
        IMPORT_OF_A_BAD_FD(Errno.EBADF, raw -> importFd(raw, 77)),
        IMPORT_OF_AN_EVENTFD(Errno.EINVAL, raw -> importFd(raw, 4)),
        IMPORT_OF_A_DMA_BUF(
                0,
                raw -> {
                    assertEquals(0, export(raw, 1, 0));
                    return importFd(raw, 5);
                });

        private final int errno;

        // Lambdas of this test.
        @SuppressWarnings("ImmutableEnumChecker")
        private final ToIntFunction<RawProcess> call;

        PrimeRow(int errno, ToIntFunction<RawProcess> call) {
            this.errno = errno;
            this.call = call;
        }
    }

    @ParameterizedTest
    @EnumSource
    void primeAnswersAsTheTableSays(PrimeRow row) {
        RawProcess.run(raw -> {
            raw.vm();
            raw.bo(PAGE);
            raw.bo(PAGE, 0, 1);
            assertEquals(4, raw.file.eventfd().fd());
            assertEquals(row.errno, row.call.applyAsInt(raw));
        });
    }

    private static int export(RawProcess raw, int handle, int flags) {
        ByteBuffer args = RawProcess.args(Ioctl.PRIME_HANDLE_TO_FD);
        args.putInt(PrimeHandleArgs.HANDLE, handle).putInt(PrimeHandleArgs.FLAGS, flags);
        return raw.call(Ioctl.PRIME_HANDLE_TO_FD, args);
    }

    private static int importFd(RawProcess raw, int fd) {
        ByteBuffer args = RawProcess.args(Ioctl.PRIME_FD_TO_HANDLE).putInt(PrimeHandleArgs.FD, fd);
        int ret = raw.call(Ioctl.PRIME_FD_TO_HANDLE, args);
        assertEquals(ret == 0 ? 1 : 0, args.getInt(PrimeHandleArgs.HANDLE));
        return ret;
    }

    @Test
    void aDescriptorKeepsTheObjectUntilTheProcessIsGone() {
        Machine machine =
                RawProcess.run(raw -> {
                    raw.bo(PAGE);
                    assertEquals(0, export(raw, 1, 0));
                    assertEquals(0, export(raw, 1, 0));
                    assertEquals(0, close(raw, 1));
                    assertEquals(0, raw.file.closeFd(4));
                    assertEquals(Errno.EBADF, raw.file.closeFd(4));
                });
        assertEquals(0, machine.of(MemoryEvent.BoDestroy.class).size());
        machine.sim.as(
                new Actor("tester", 1000, "exit"),
                () -> machine.device.files().getFirst().closeDescriptors());
        assertEquals(1, machine.of(MemoryEvent.BoDestroy.class).size());
    }

    /// In a file with BO 1 of two pages.
    enum MainlineRow {
        LABEL_PAD_NOT_ZERO(Errno.EINVAL, raw -> label(raw, 1, 1, "x")),
        LABEL_BAD_HANDLE(Errno.ENOENT, raw -> label(raw, UNKNOWN, 0, "x")),
        LABEL_LONGER_THAN_4096_BYTES(Errno.E2BIG, raw -> label(raw, 1, 0, "x".repeat(4096))),
        LABEL_BAD_POINTER(
                Errno.EFAULT,
                raw -> {
                    ByteBuffer args = RawProcess.args(Ioctl.BO_SET_LABEL);
                    args.putInt(BoSetLabelArgs.HANDLE, 1).putLong(BoSetLabelArgs.LABEL, 16);
                    return raw.call(Ioctl.BO_SET_LABEL, args);
                }),
        LABEL_OF_4096_BYTES(0, raw -> label(raw, 1, 0, "x".repeat(4095))),
        LABEL_TAKEN_AWAY(
                0,
                raw ->
                        raw.call(
                                Ioctl.BO_SET_LABEL,
                                RawProcess.args(Ioctl.BO_SET_LABEL)
                                        .putInt(BoSetLabelArgs.HANDLE, 1))),
        MMIO_OFFSET_OTHER_THAN_THE_TWO(Errno.EINVAL, raw -> mmioOffset(raw, 1L << 44)),
        MMIO_OFFSET_OF_32_BIT(0, raw -> mmioOffset(raw, 1L << 43)),
        MMIO_OFFSET_OF_64_BIT(0, raw -> mmioOffset(raw, 1L << 56)),
        SYNC_RANGE_OVERFLOWS(Errno.EINVAL, raw -> sync(raw, 1, 0, PAGE, -PAGE)),
        SYNC_BEYOND_THE_BO(Errno.EINVAL, raw -> sync(raw, 1, 0, PAGE, 2 * PAGE)),
        SYNC_UNKNOWN_TYPE(Errno.EINVAL, raw -> sync(raw, 1, 2, 0, PAGE)),
        SYNC_BAD_HANDLE(Errno.ENOENT, raw -> sync(raw, UNKNOWN, 0, 0, PAGE)),
        SYNC_OF_A_RANGE(0, raw -> sync(raw, 1, 1, PAGE, PAGE)),
        QUERY_BAD_HANDLE(
                Errno.ENOENT,
                raw -> raw.call(Ioctl.BO_QUERY_INFO, RawProcess.args(Ioctl.BO_QUERY_INFO))),
        WB_MMAP_AND_NO_MMAP(Errno.EINVAL, raw -> create(raw, 3)),
        WB_MMAP(0, raw -> create(raw, 2)),
        NO_DOORBELLS(
                Errno.EINVAL,
                raw -> raw.file.mmap(MmapSpace.doorbellOffset(1), PAGE, Mapping.WRITE).errno()),
        NO_SYNC_UPDATE(Errno.EINVAL, raw -> raw.file.ioctl(0xc008_6451, new byte[8]));

        private final int errno;

        // Lambdas of this test.
        @SuppressWarnings("ImmutableEnumChecker")
        private final ToIntFunction<RawProcess> call;

        MainlineRow(int errno, ToIntFunction<RawProcess> call) {
            this.errno = errno;
            this.call = call;
        }
    }

    @ParameterizedTest
    @EnumSource
    void mainlineAnswersAsTheTableSays(MainlineRow row) {
        RawProcess.run(
                new Machine(1, RawProcess.MAINLINE),
                raw -> {
                    raw.bo(2 * PAGE);
                    assertEquals(row.errno, row.call.applyAsInt(raw));
                });
    }

    private static int label(RawProcess raw, int handle, int pad, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        ByteBuffer args = RawProcess.args(Ioctl.BO_SET_LABEL);
        args.putInt(BoSetLabelArgs.HANDLE, handle).putInt(BoSetLabelArgs.PAD, pad);
        args.putLong(BoSetLabelArgs.LABEL, raw.memory.place(bytes));
        return raw.call(Ioctl.BO_SET_LABEL, args);
    }

    private static int mmioOffset(RawProcess raw, long offset) {
        ByteBuffer args = RawProcess.args(Ioctl.SET_USER_MMIO_OFFSET);
        args.putLong(SetUserMmioOffsetArgs.OFFSET, offset);
        int ret = raw.call(Ioctl.SET_USER_MMIO_OFFSET, args);
        if (ret == 0) {
            assertEquals(0, raw.file.mmap(offset, PAGE, Mapping.READ).errno());
        }
        return ret;
    }

    private static int sync(RawProcess raw, int handle, int type, long offset, long bytes) {
        ByteBuffer op = UserMemory.struct(BoSyncOp.SIZE);
        op.putInt(BoSyncOp.HANDLE, handle).putInt(BoSyncOp.TYPE, type);
        op.putLong(BoSyncOp.OFFSET, offset).putLong(BoSyncOp.RANGE_SIZE, bytes);
        ByteBuffer args = RawProcess.args(Ioctl.BO_SYNC);
        raw.array(args, BoSyncArgs.OPS, BoSyncOp.SIZE, List.of(op));
        return raw.call(Ioctl.BO_SYNC, args);
    }

    private static int create(RawProcess raw, int flags) {
        ByteBuffer args = RawProcess.args(Ioctl.BO_CREATE).putLong(BoCreateArgs.BO_SIZE, PAGE);
        return raw.call(Ioctl.BO_CREATE, args.putInt(BoCreateArgs.FLAGS, flags));
    }

    @Test
    void boQueryInfoTellsHowItWasMade() {
        RawProcess.run(
                new Machine(1, RawProcess.MAINLINE),
                raw -> {
                    int bo = raw.bo(PAGE, BoCreateArgs.WB_MMAP, 0);
                    ByteBuffer args = RawProcess.args(Ioctl.BO_QUERY_INFO);
                    args.putInt(BoQueryInfoArgs.HANDLE, bo);
                    assertEquals(0, raw.call(Ioctl.BO_QUERY_INFO, args));
                    assertEquals(BoCreateArgs.WB_MMAP, args.getInt(BoQueryInfoArgs.CREATE_FLAGS));
                    assertEquals(0, args.getInt(BoQueryInfoArgs.EXTRA_FLAGS));
                });
    }

    @Test
    void theNumbersOfTheSeriesAreOtherIoctlsInMainline() {
        assertEquals(Ioctl.GROUP_KICK, Ioctl.of(0xc008_644d, Ioctl.RFC));
        assertEquals(Ioctl.BO_SET_LABEL, Ioctl.of(0xc008_644d, Ioctl.MAINLINE));
        assertEquals(0xc040_6447, Ioctl.GROUP_CREATE.request(Ioctl.RFC));
        assertEquals(0xc038_6447, Ioctl.GROUP_CREATE.request(Ioctl.MAINLINE));
        assertEquals(Ioctl.MAINLINE, Ioctl.DEV_QUERY.dialect(Ioctl.MAINLINE));
        assertEquals(Ioctl.DRM, Ioctl.GEM_CLOSE.dialect(Ioctl.MAINLINE));
        assertEquals(Ioctl.DRM, Ioctl.SYNCOBJ_WAIT.dialect(Ioctl.RFC));
    }
}
