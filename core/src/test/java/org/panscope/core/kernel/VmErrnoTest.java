package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.ObjArray;
import org.panscope.core.uapi.SyncOp;
import org.panscope.core.uapi.VmBindArgs;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.core.uapi.VmCreateArgs;
import org.panscope.core.uapi.VmDestroyArgs;
import org.panscope.core.uapi.VmGetStateArgs;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// The validation tables of VM_CREATE, VM_DESTROY, VM_BIND and VM_GET_STATE, a constant for each
/// row.
class VmErrnoTest {
    private static final int UNKNOWN = 9;
    private static final long VA = 0x10_0000;
    private static final long PAGE = 4096;
    private static final long MIB = 1L << 20;

    enum CreateRow {
        FLAGS_NOT_ZERO(Errno.EINVAL, a -> a.putInt(VmCreateArgs.FLAGS, 1)),
        USER_RANGE_LEAVES_LESS_THAN_256_MIB(
                Errno.EINVAL,
                a -> a.putLong(VmCreateArgs.USER_VA_RANGE, (1L << 48) - 256 * MIB + 1)),
        USER_RANGE_IS_UNSIGNED(Errno.EINVAL, a -> a.putLong(VmCreateArgs.USER_VA_RANGE, -1)),
        USER_RANGE_LEAVES_256_MIB(
                0, a -> a.putLong(VmCreateArgs.USER_VA_RANGE, (1L << 48) - 256 * MIB)),
        OTHERWISE(0, a -> {});

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
    void vmCreateAnswersAsTheTableSays(CreateRow row) {
        RawProcess.run(raw -> {
            ByteBuffer args = RawProcess.args(Ioctl.VM_CREATE);
            row.change.accept(args);
            assertEquals(row.errno, raw.call(Ioctl.VM_CREATE, args));
        });
    }

    @Test
    void vmCreateTellsWhereTheKernelsPartBegins() {
        RawProcess.run(raw -> {
            ByteBuffer args = RawProcess.args(Ioctl.VM_CREATE);
            assertEquals(0, raw.call(Ioctl.VM_CREATE, args));
            assertEquals(1L << 47, args.getLong(VmCreateArgs.USER_VA_RANGE));
            args = RawProcess.args(Ioctl.VM_CREATE).putLong(VmCreateArgs.USER_VA_RANGE, 3L << 46);
            assertEquals(0, raw.call(Ioctl.VM_CREATE, args));
            assertEquals(3L << 46, args.getLong(VmCreateArgs.USER_VA_RANGE));
            args = RawProcess.args(Ioctl.VM_CREATE).putLong(VmCreateArgs.USER_VA_RANGE, 1);
            assertEquals(0, raw.call(Ioctl.VM_CREATE, args));
            assertEquals(1L << 47, args.getLong(VmCreateArgs.USER_VA_RANGE));
            assertEquals(3, args.getInt(VmCreateArgs.ID));
        });
    }

    @Test
    void aGpuRangeBelow256MibHasNoVms() {
        GpuParameters small = GpuParameters.defaults().with(GpuParameters.MMU_FEATURES, 0x281b);
        RawProcess.run(
                new Machine(1, KernelParameters.defaults(), small),
                raw ->
                        assertEquals(
                                Errno.EINVAL,
                                raw.call(Ioctl.VM_CREATE, RawProcess.args(Ioctl.VM_CREATE))));
    }

    @Test
    void theThirtyThirdVmOfAFileIsBusy() {
        RawProcess.run(raw -> {
            for (int id = 1; id <= 32; id++) {
                assertEquals(id, raw.vm());
            }
            assertEquals(Errno.EBUSY, raw.call(Ioctl.VM_CREATE, RawProcess.args(Ioctl.VM_CREATE)));
        });
    }

    enum DestroyRow {
        PAD_NOT_ZERO(Errno.EINVAL, 1, 1),
        UNKNOWN_ID(Errno.EINVAL, UNKNOWN, 0),
        A_VM(0, 1, 0);

        private final int errno;
        private final int id;
        private final int pad;

        DestroyRow(int errno, int id, int pad) {
            this.errno = errno;
            this.id = id;
            this.pad = pad;
        }
    }

    @ParameterizedTest
    @EnumSource
    void vmDestroyAnswersAsTheTableSays(DestroyRow row) {
        RawProcess.run(raw -> {
            raw.vm();
            ByteBuffer args = RawProcess.args(Ioctl.VM_DESTROY);
            args.putInt(VmDestroyArgs.ID, row.id).putInt(VmDestroyArgs.PAD, row.pad);
            assertEquals(row.errno, raw.call(Ioctl.VM_DESTROY, args));
        });
    }

    /// One operation in a file with VM 1, VM 2, BO 1 of two pages and BO 2 private to VM 2.
    enum SyncBindRow {
        UNKNOWN_VM_ID(Errno.EINVAL, raw -> raw.bind(UNKNOWN, raw.map(1, 0, VA, PAGE))),
        STRIDE_BELOW_48(
                Errno.EINVAL,
                raw -> {
                    ByteBuffer args = raw.bindArgs(1, false, raw.map(1, 0, VA, PAGE));
                    args.putInt(VmBindArgs.OPS + ObjArray.STRIDE, VmBindOp.SIZE - 1);
                    return raw.call(Ioctl.VM_BIND, args);
                }),
        SYNCS_IN_SYNC_MODE(
                Errno.EINVAL,
                raw -> raw.bind(1, raw.map(1, 0, VA, PAGE, RawProcess.signalOp(1, 0)))),
        SIZE_ZERO_IS_NO_OPERATION(0, raw -> raw.bind(1, raw.map(UNKNOWN, 0, VA + 1, 0))),
        VA_NOT_PAGE_ALIGNED(Errno.EINVAL, raw -> raw.bind(1, raw.map(1, 0, VA + 2048, PAGE))),
        SIZE_NOT_PAGE_ALIGNED(Errno.EINVAL, raw -> raw.bind(1, raw.map(1, 0, VA, PAGE + 8))),
        MAP_OF_A_BAD_HANDLE(Errno.EINVAL, raw -> raw.bind(1, raw.map(UNKNOWN, 0, VA, PAGE))),
        MAP_WITH_UNKNOWN_FLAG_BITS(
                Errno.EINVAL,
                raw -> raw.bind(1, raw.map(1, 0, VA, PAGE).putInt(VmBindOp.FLAGS, 8))),
        MAP_LARGER_THAN_THE_BO(Errno.EINVAL, raw -> raw.bind(1, raw.map(1, 0, VA, 3 * PAGE))),
        MAP_BEYOND_THE_END_OF_THE_BO(
                Errno.EINVAL, raw -> raw.bind(1, raw.map(1, PAGE, VA, 2 * PAGE))),
        MAP_OF_A_BO_EXCLUSIVE_TO_ANOTHER_VM(
                Errno.EINVAL, raw -> raw.bind(1, raw.map(2, 0, VA, PAGE))),
        MAP_OUTSIDE_OF_THE_ADDRESS_SPACE(
                Errno.EINVAL, raw -> raw.bind(1, raw.map(1, 0, (1L << 48) - PAGE, 2 * PAGE))),
        UNMAP_WITH_FLAGS_BEYOND_THE_TYPE(
                Errno.EINVAL,
                raw ->
                        raw.bind(
                                1,
                                raw.unmap(VA, PAGE)
                                        .putInt(VmBindOp.FLAGS, VmBindOp.TYPE_UNMAP | 1))),
        UNMAP_WITH_A_BO(
                Errno.EINVAL,
                raw -> raw.bind(1, raw.unmap(VA, PAGE).putInt(VmBindOp.BO_HANDLE, 1))),
        UNMAP_WITH_AN_OFFSET(
                Errno.EINVAL,
                raw -> raw.bind(1, raw.unmap(VA, PAGE).putLong(VmBindOp.BO_OFFSET, PAGE))),
        SYNC_ONLY_IS_NEVER_VALID(
                Errno.EINVAL, raw -> raw.bind(1, raw.syncOnly().putLong(VmBindOp.OP_SIZE, PAGE))),
        SYNC_ONLY_OF_SIZE_ZERO_IS_NO_OPERATION(0, raw -> raw.bind(1, raw.syncOnly())),
        UNKNOWN_TYPE(
                Errno.EINVAL,
                raw -> raw.bind(1, raw.map(1, 0, VA, PAGE).putInt(VmBindOp.FLAGS, 3 << 28))),
        OUT_OF_PAGE_TABLE_PAGES(
                Errno.ENOMEM,
                raw -> {
                    raw.machine.memory.setLimit(0);
                    int result = raw.bind(1, raw.map(1, 0, VA, PAGE));
                    raw.machine.memory.setLimit(Long.MAX_VALUE);
                    return result;
                }),
        OTHER_FLAGS_ARE_NOT_LOOKED_AT(
                0,
                raw -> {
                    ByteBuffer args = raw.bindArgs(1, false, raw.map(1, 0, VA, PAGE));
                    return raw.call(Ioctl.VM_BIND, args.putInt(VmBindArgs.FLAGS, 6));
                }),
        MAP_INTO_THE_KERNELS_PART_IS_FINE(0, raw -> raw.bind(1, raw.map(1, 0, 1L << 47, PAGE))),
        MAP_OF_THE_END_OF_A_BO(0, raw -> raw.bind(1, raw.map(1, PAGE, VA, PAGE))),
        UNMAP_OF_NOTHING(0, raw -> raw.bind(1, raw.unmap(VA, PAGE)));

        private final int errno;

        // Lambdas of this test.
        @SuppressWarnings("ImmutableEnumChecker")
        private final ToIntFunction<RawProcess> call;

        SyncBindRow(int errno, ToIntFunction<RawProcess> call) {
            this.errno = errno;
            this.call = call;
        }
    }

    @ParameterizedTest
    @EnumSource
    void vmBindAnswersAsTheTableSays(SyncBindRow row) {
        RawProcess.run(raw -> {
            setUp(raw);
            assertEquals(row.errno, row.call.applyAsInt(raw));
        });
    }

    private static void setUp(RawProcess raw) {
        assertEquals(1, raw.vm());
        assertEquals(2, raw.vm());
        assertEquals(1, raw.bo(2 * PAGE));
        assertEquals(2, raw.bo(PAGE, 0, 2));
        assertEquals(1, raw.syncobj());
    }

    @Test
    void vmBindTellsWhichOperationFailedAndKeepsThoseBefore() {
        Machine machine =
                RawProcess.run(raw -> {
                    setUp(raw);
                    ByteBuffer args =
                            raw.bindArgs(
                                    1,
                                    false,
                                    raw.map(1, 0, VA, PAGE),
                                    raw.map(1, PAGE, VA + PAGE, PAGE),
                                    raw.map(2, 0, VA + 2 * PAGE, PAGE),
                                    raw.map(1, 0, VA + 3 * PAGE, PAGE));
                    assertEquals(Errno.EINVAL, raw.call(Ioctl.VM_BIND, args));
                    assertEquals(2, args.getInt(VmBindArgs.OPS + ObjArray.COUNT));
                });
        assertEquals(2, Objects.requireNonNull(machine.device.vm(1, 1)).mappings().size());
    }

    /// One operation in the file of [SyncBindRow].
    enum AsyncBindRow {
        UNKNOWN_VM_ID(Errno.EINVAL, raw -> raw.bindAsync(UNKNOWN, raw.map(1, 0, VA, PAGE))),
        VM_UNUSABLE(
                Errno.EINVAL,
                raw -> {
                    assertEquals(0, raw.bindAsync(1, raw.map(1, 0, 1L << 48, PAGE)));
                    raw.machine.sim.sleep(Machine.MS);
                    return raw.bindAsync(1, raw.map(1, 0, VA, PAGE));
                }),
        VA_NOT_PAGE_ALIGNED(Errno.EINVAL, raw -> raw.bindAsync(1, raw.map(1, 0, 8, PAGE))),
        MAP_OF_A_BAD_HANDLE(Errno.EINVAL, raw -> raw.bindAsync(1, raw.map(UNKNOWN, 0, VA, PAGE))),
        MAP_OF_A_BO_EXCLUSIVE_TO_ANOTHER_VM(
                Errno.EINVAL, raw -> raw.bindAsync(1, raw.map(2, 0, VA, PAGE))),
        UNMAP_WITH_A_BO(
                Errno.EINVAL,
                raw -> raw.bindAsync(1, raw.unmap(VA, PAGE).putInt(VmBindOp.BO_HANDLE, 1))),
        SYNC_ONLY_WITHOUT_SYNCS(Errno.EINVAL, raw -> raw.bindAsync(1, raw.syncOnly())),
        SYNC_ONLY_WITH_AN_ADDRESS(
                Errno.EINVAL,
                raw ->
                        raw.bindAsync(
                                1,
                                raw.syncOnly(RawProcess.signalOp(1, 0)).putLong(VmBindOp.VA, VA))),
        SYNC_ONLY(0, raw -> raw.bindAsync(1, raw.syncOnly(RawProcess.signalOp(1, 0)))),
        UNKNOWN_TYPE(
                Errno.EINVAL,
                raw -> raw.bindAsync(1, raw.map(1, 0, VA, PAGE).putInt(VmBindOp.FLAGS, 3 << 28))),
        BAD_SYNC_OP_FLAG(
                Errno.EINVAL,
                raw ->
                        raw.bindAsync(
                                1,
                                raw.map(
                                        1,
                                        0,
                                        VA,
                                        PAGE,
                                        RawProcess.waitOp(1, 0).putInt(SyncOp.FLAGS, 1 << 8)))),
        BAD_SYNC_OP_TYPE(
                Errno.EINVAL,
                raw ->
                        raw.bindAsync(
                                1,
                                raw.syncOnly(
                                        RawProcess.signalOp(1, 0)
                                                .putInt(SyncOp.FLAGS, SyncOp.SIGNAL | 2)))),
        BINARY_SYNC_OP_WITH_A_POINT(
                Errno.EINVAL,
                raw ->
                        raw.bindAsync(
                                1,
                                raw.syncOnly(
                                        RawProcess.signalOp(1, 0)
                                                .putLong(SyncOp.TIMELINE_VALUE, 1)))),
        WAIT_ON_AN_UNKNOWN_SYNCOBJ(
                Errno.ENOENT, raw -> raw.bindAsync(1, raw.syncOnly(RawProcess.waitOp(UNKNOWN, 0)))),
        WAIT_ON_A_SYNCOBJ_WITHOUT_A_FENCE(
                Errno.EINVAL, raw -> raw.bindAsync(1, raw.syncOnly(RawProcess.waitOp(1, 0)))),
        WAIT_ON_A_MISSING_POINT(
                Errno.EINVAL, raw -> raw.bindAsync(1, raw.syncOnly(RawProcess.waitOp(1, 5)))),
        SIGNAL_OF_AN_UNKNOWN_SYNCOBJ(
                Errno.EINVAL,
                raw -> raw.bindAsync(1, raw.syncOnly(RawProcess.signalOp(UNKNOWN, 0)))),
        NO_OPERATIONS(0, raw -> raw.call(Ioctl.VM_BIND, raw.bindArgs(1, true))),
        FAILURE_AT_EXECUTION_TIME(0, raw -> raw.bindAsync(1, raw.map(1, 0, 1L << 48, PAGE)));

        private final int errno;

        // Lambdas of this test.
        @SuppressWarnings("ImmutableEnumChecker")
        private final ToIntFunction<RawProcess> call;

        AsyncBindRow(int errno, ToIntFunction<RawProcess> call) {
            this.errno = errno;
            this.call = call;
        }
    }

    @ParameterizedTest
    @EnumSource
    void asynchronousVmBindAnswersAsTheTableSays(AsyncBindRow row) {
        Machine machine =
                RawProcess.run(raw -> {
                    setUp(raw);
                    assertEquals(row.errno, row.call.applyAsInt(raw));
                });
        assertEquals(List.of(), machine.device.bindJobs());
    }

    enum StateRow {
        UNKNOWN_ID(Errno.EINVAL, UNKNOWN),
        A_VM(0, 1);

        private final int errno;
        private final int id;

        StateRow(int errno, int id) {
            this.errno = errno;
            this.id = id;
        }
    }

    @ParameterizedTest
    @EnumSource
    void vmGetStateAnswersAsTheTableSays(StateRow row) {
        RawProcess.run(raw -> {
            raw.vm();
            ByteBuffer args = RawProcess.args(Ioctl.VM_GET_STATE);
            args.putInt(VmGetStateArgs.VM_ID, row.id);
            assertEquals(row.errno, raw.call(Ioctl.VM_GET_STATE, args));
            assertEquals(0, args.getInt(VmGetStateArgs.STATE));
        });
    }
}
