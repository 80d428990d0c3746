package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.panscope.core.kernel.base.DriverChoice;
import org.panscope.core.kernel.base.DriverConfig;
import org.panscope.core.kernel.base.DriverFixes;
import org.panscope.core.kernel.base.DriverLimits;
import org.panscope.core.kernel.base.DriverModes;
import org.panscope.core.kernel.base.DriverProfile;
import org.panscope.core.kernel.base.KernelTimings;
import org.panscope.core.kernel.base.UapiDialect;
import org.panscope.core.uapi.Credentials;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.GroupCreateArgs;
import org.panscope.core.uapi.GroupDestroyArgs;
import org.panscope.core.uapi.GroupGetStateArgs;
import org.panscope.core.uapi.GroupKickArgs;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.ObjArray;
import org.panscope.core.uapi.QueueCreateArgs;
import org.panscope.core.uapi.UserMemory;
import org.panscope.core.uapi.VmCreateArgs;
import org.panscope.trace.event.KernelEvent.GroupRelease;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.KickBranch;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.KernelEvent.WarnKind;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The rows about groups of the errno tables, each on raw argument structs.
class GroupErrnoTest {
    private static final int MAX_GROUPS = 128;

    private static final DriverConfig MAINLINE_CODE =
            driver(DriverProfile.MAINLINE_2026, UapiDialect.RFC_USERSUBMIT_V1);
    private static final DriverConfig MAINLINE =
            driver(DriverProfile.MAINLINE_2026, UapiDialect.MAINLINE);

    private final UserMemory memory = new UserMemory();
    private boolean done;

    static DriverConfig driver(DriverProfile profile, UapiDialect uapi) {
        return new DriverConfig(
                new DriverChoice(profile, uapi),
                DriverFixes.NONE,
                DriverModes.NONE,
                DriverLimits.DEFAULT);
    }

    /// The struct and the one queue it points to, to be spoiled.
    private record Arguments(ByteBuffer group, ByteBuffer queue) {}

    /// Rows of GROUP_CREATE on the driver as posted.
    enum Row {
        QUEUES_COUNT_0(Errno.EINVAL, a -> a.putInt(4, 0), null),
        QUEUES_COUNT_ABOVE_THE_MAXIMUM(Errno.EINVAL, a -> a.putInt(4, 33), null),
        STRIDE_BELOW_8(Errno.EINVAL, a -> a.putInt(0, 7), null),
        ILLEGAL_FLAG_BIT(Errno.EINVAL, a -> a.putInt(GroupCreateArgs.FLAGS, 2), null),
        BAD_PRIORITY(Errno.EINVAL, a -> a.put(GroupCreateArgs.PRIORITY, (byte) 4), null),
        REALTIME_IS_NOT_FOR_USERS_YET(
                Errno.EINVAL, a -> a.put(GroupCreateArgs.PRIORITY, (byte) 3), null),
        COMPUTE_MASK_NOT_PRESENT(
                Errno.EINVAL, a -> a.putLong(GroupCreateArgs.COMPUTE_CORE_MASK, 2), null),
        FRAGMENT_MASK_NOT_PRESENT(
                Errno.EINVAL, a -> a.putLong(GroupCreateArgs.FRAGMENT_CORE_MASK, 2), null),
        TILER_MASK_NOT_PRESENT(
                Errno.EINVAL, a -> a.putLong(GroupCreateArgs.TILER_CORE_MASK, 2), null),
        FEWER_COMPUTE_BITS_THAN_CORES(
                Errno.EINVAL, a -> a.put(GroupCreateArgs.MAX_COMPUTE_CORES, (byte) 1), null),
        FEWER_FRAGMENT_BITS_THAN_CORES(
                Errno.EINVAL, a -> a.put(GroupCreateArgs.MAX_FRAGMENT_CORES, (byte) 1), null),
        FEWER_TILER_BITS_THAN_CORES(
                Errno.EINVAL, a -> a.put(GroupCreateArgs.MAX_TILER_CORES, (byte) 1), null),
        VM_UNKNOWN(Errno.EINVAL, a -> a.putInt(GroupCreateArgs.VM_ID, 9), null),
        QUEUE_PAD(Errno.EINVAL, null, q -> q.put(QueueCreateArgs.PAD, (byte) 1)),
        QUEUE_PRIORITY(Errno.EINVAL, null, q -> q.put(QueueCreateArgs.PRIORITY, (byte) 16)),
        RING_TOO_SMALL(Errno.EINVAL, null, q -> q.putInt(QueueCreateArgs.RINGBUF_SIZE, 2048)),
        RING_TOO_LARGE(Errno.EINVAL, null, q -> q.putInt(QueueCreateArgs.RINGBUF_SIZE, 131072)),
        RING_NO_POWER_OF_TWO(
                Errno.EINVAL, null, q -> q.putInt(QueueCreateArgs.RINGBUF_SIZE, 12288)),
        RING_OFFSET_SET(Errno.EINVAL, null, q -> q.putLong(QueueCreateArgs.RINGBUF_OFFSET, 1)),
        USER_IO_OFFSET_SET(Errno.EINVAL, null, q -> q.putLong(QueueCreateArgs.USER_IO_OFFSET, 1)),
        DOORBELL_OFFSET_SET(Errno.EINVAL, null, q -> q.putLong(QueueCreateArgs.DOORBELL_OFFSET, 1)),
        QUEUE_ARRAY_NOT_READABLE(Errno.EFAULT, a -> a.putLong(8, 16), null),
        EVENTFD_NO_DESCRIPTOR(
                Errno.EBADF, a -> a.putInt(GroupCreateArgs.EVENTFD_SYNC_UPDATE, 77), null),
        EVENTFD_OTHER_DESCRIPTOR(
                Errno.EINVAL, a -> a.putInt(GroupCreateArgs.EVENTFD_SYNC_UPDATE, 3), null),
        EVENTFD_GROUP_STATE_IS_IGNORED(
                0, a -> a.putInt(GroupCreateArgs.EVENTFD_GROUP_STATE, 77), null),
        WITHOUT_THE_FLAG_THE_EVENTFD_IS_NOT_LOOKED_AT(
                0,
                a ->
                        a.putInt(GroupCreateArgs.FLAGS, 0)
                                .putInt(GroupCreateArgs.EVENTFD_SYNC_UPDATE, 77),
                null),
        NOTHING_WRONG(0, null, null);

        private final int errno;

        // Lambdas without state.
        @SuppressWarnings("ImmutableEnumChecker")
        private final @Nullable Consumer<ByteBuffer> group;

        @SuppressWarnings("ImmutableEnumChecker")
        private final @Nullable Consumer<ByteBuffer> queue;

        Row(int errno, @Nullable Consumer<ByteBuffer> group, @Nullable Consumer<ByteBuffer> queue) {
            this.errno = errno;
            this.group = group;
            this.queue = queue;
        }
    }

    private Machine run(DriverConfig driver, Credentials credentials, Consumer<DeviceFile> body) {
        Machine machine = new Machine(1, new KernelParameters(KernelTimings.defaults(), driver));
        machine.process("tester")
                .start(
                        0,
                        () -> {
                            body.accept(machine.device.open("tester", memory, credentials));
                            done = true;
                        });
        machine.sim.run(200 * Machine.MS);
        assertTrue(done, "the test ran to its end");
        return machine;
    }

    private Machine run(Consumer<DeviceFile> body) {
        return run(DriverConfig.AS_POSTED, Credentials.ORDINARY, body);
    }

    private static int call(DeviceFile file, Ioctl ioctl, ByteBuffer args) {
        byte[] bytes = new byte[args.capacity()];
        args.get(0, bytes);
        int ret = file.ioctl(ioctl.request(), bytes);
        args.put(0, bytes);
        return ret;
    }

    private static int vm(DeviceFile file) {
        ByteBuffer args = UserMemory.struct(Ioctl.VM_CREATE.size());
        assertEquals(0, call(file, Ioctl.VM_CREATE, args));
        return args.getInt(VmCreateArgs.ID);
    }

    private static Arguments arguments(int vm) {
        ByteBuffer queue = UserMemory.struct(QueueCreateArgs.SIZE);
        queue.putInt(QueueCreateArgs.RINGBUF_SIZE, 4096);
        ByteBuffer args = UserMemory.struct(GroupCreateArgs.SIZE);
        args.putInt(GroupCreateArgs.QUEUES + ObjArray.STRIDE, QueueCreateArgs.SIZE);
        args.putInt(GroupCreateArgs.QUEUES + ObjArray.COUNT, 1);
        args.put(GroupCreateArgs.PRIORITY, (byte) 1);
        args.putInt(GroupCreateArgs.FLAGS, GroupCreateArgs.USER_SUBMIT);
        args.putInt(GroupCreateArgs.VM_ID, vm);
        args.putInt(GroupCreateArgs.EVENTFD_SYNC_UPDATE, -1);
        args.putInt(GroupCreateArgs.EVENTFD_GROUP_STATE, -1);
        return new Arguments(args, queue);
    }

    private int create(DeviceFile file, Arguments arguments) {
        if (arguments.group().getLong(GroupCreateArgs.QUEUES + ObjArray.ARRAY) == 0) {
            byte[] queue = new byte[QueueCreateArgs.SIZE];
            arguments.queue().get(0, queue);
            arguments.group().putLong(GroupCreateArgs.QUEUES + ObjArray.ARRAY, memory.place(queue));
        }
        return call(file, Ioctl.GROUP_CREATE, arguments.group());
    }

    @ParameterizedTest
    @EnumSource(Row.class)
    void groupCreate(Row row) {
        Machine machine =
                run(file -> {
                    Arguments arguments = arguments(vm(file));
                    if (row.group != null) {
                        row.group.accept(arguments.group());
                    }
                    if (row.queue != null) {
                        row.queue.accept(arguments.queue());
                    }
                    assertEquals(row.errno, create(file, arguments));
                });
        assertEquals(row.errno == 0 ? 1 : 0, machine.device.allGroups().size());
    }

    @Test
    void anErrorPointerInPlaceOfAnEventfdIsGivenBackByTheReleaseWork() {
        Machine machine =
                run(file -> {
                    Arguments arguments = arguments(vm(file));
                    arguments.group().putInt(GroupCreateArgs.EVENTFD_SYNC_UPDATE, 77);
                    assertEquals(Errno.EBADF, create(file, arguments));
                });
        Warn oops = oops(machine);
        assertEquals("group_release_work", oops.site());
        assertEquals(1, machine.of(GroupRelease.class).size());
    }

    private static Warn oops(Machine machine) {
        return machine.of(Warn.class).stream()
                .filter(e -> e.kind() == WarnKind.OOPS)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anArrayThatCannotBeWrittenBackLeavesTheGroupAndItsHandle() {
        Machine machine =
                run(file -> {
                    Arguments arguments = arguments(vm(file));
                    byte[] queue = new byte[QueueCreateArgs.SIZE];
                    arguments.queue().get(0, queue);
                    long va = memory.placeReadOnly(queue);
                    arguments.group().putLong(GroupCreateArgs.QUEUES + ObjArray.ARRAY, va);
                    assertEquals(Errno.EFAULT, create(file, arguments));
                    assertEquals(1, arguments.group().getInt(GroupCreateArgs.GROUP_HANDLE));
                });
        assertEquals(1, machine.device.allGroups().size());
    }

    @Test
    void anElementWithMoreThanTheKernelKnowsIsTooBig() {
        run(file -> {
            Arguments arguments = arguments(vm(file));
            byte[] queue = new byte[QueueCreateArgs.SIZE + 8];
            arguments.queue().get(0, queue, 0, QueueCreateArgs.SIZE);
            queue[QueueCreateArgs.SIZE] = 1;
            arguments.group().putInt(0, queue.length);
            arguments.group().putLong(GroupCreateArgs.QUEUES + ObjArray.ARRAY, memory.place(queue));
            assertEquals(Errno.E2BIG, create(file, arguments));
        });
    }

    @Test
    void withStride8TheGroupIsMadeAndTheOffsetsAreCutOff() {
        run(file -> {
            Arguments arguments = arguments(vm(file));
            byte[] queue = new byte[QueueCreateArgs.MIN_SIZE];
            arguments.queue().get(0, queue);
            long va = memory.place(queue);
            arguments.group().putInt(0, QueueCreateArgs.MIN_SIZE);
            arguments.group().putLong(GroupCreateArgs.QUEUES + ObjArray.ARRAY, va);
            assertEquals(0, create(file, arguments));
            byte[] back = memory.read(va, QueueCreateArgs.MIN_SIZE);
            assertNotNull(back);
            assertEquals(ByteBuffer.wrap(queue), ByteBuffer.wrap(back));
        });
    }

    @Test
    void aStructOfTheOldSizeMeansEventfd0() {
        run(file -> {
            Arguments arguments = arguments(vm(file));
            byte[] queue = new byte[QueueCreateArgs.SIZE];
            arguments.queue().get(0, queue);
            arguments.group().putLong(GroupCreateArgs.QUEUES + ObjArray.ARRAY, memory.place(queue));
            byte[] old = new byte[GroupCreateArgs.BASE_SIZE];
            arguments.group().get(0, old);
            assertEquals(Errno.EINVAL, file.ioctl(0xc038_6447, old));
        });
    }

    @Test
    void handles1To128OfAFile() {
        Machine machine =
                run(file -> {
                    int vm = vm(file);
                    for (int i = 1; i <= MAX_GROUPS; i++) {
                        Arguments arguments = arguments(vm);
                        assertEquals(0, create(file, arguments));
                        assertEquals(i, arguments.group().getInt(GroupCreateArgs.GROUP_HANDLE));
                    }
                    assertEquals(Errno.EBUSY, create(file, arguments(vm)));
                });
        assertEquals(MAX_GROUPS, machine.device.allGroups().size());
    }

    // ---- the code and the uAPI of 2026

    private void mainline(
            DriverConfig driver,
            boolean capSysNice,
            int errno,
            BiConsumer<ByteBuffer, ByteBuffer> change) {
        run(
                driver,
                new Credentials(capSysNice),
                file -> {
                    Arguments arguments = arguments(vm(file));
                    change.accept(arguments.group(), arguments.queue());
                    assertEquals(errno, create(file, arguments));
                });
    }

    @Test
    void highAndRealtimeNeedCapSysNice() {
        for (byte priority = 2; priority <= 3; priority++) {
            byte wanted = priority;
            BiConsumer<ByteBuffer, ByteBuffer> change =
                    (args, queue) -> args.put(GroupCreateArgs.PRIORITY, wanted);
            mainline(MAINLINE_CODE, false, Errno.EACCES, change);
            mainline(MAINLINE_CODE, true, 0, change);
        }
        mainline(
                MAINLINE_CODE,
                true,
                Errno.EINVAL,
                (args, queue) -> args.put(GroupCreateArgs.PRIORITY, (byte) 4));
    }

    @Test
    void thePermissionIsAskedForBeforeTheArrayIsRead() {
        mainline(
                MAINLINE_CODE,
                false,
                Errno.EACCES,
                (args, queue) -> {
                    args.put(GroupCreateArgs.PRIORITY, (byte) 2);
                    args.putLong(GroupCreateArgs.QUEUES + ObjArray.ARRAY, 16);
                });
    }

    @Test
    void mainlineKnowsNoFlags() {
        mainline(MAINLINE, false, Errno.EINVAL, (args, queue) -> {});
        mainline(MAINLINE, false, 0, (args, queue) -> args.putInt(GroupCreateArgs.FLAGS, 0));
    }

    @Test
    void mainlineKnowsOnly8BytesOfAQueue() {
        mainline(
                MAINLINE,
                false,
                Errno.E2BIG,
                (args, queue) -> {
                    args.putInt(GroupCreateArgs.FLAGS, 0);
                    queue.putLong(QueueCreateArgs.DOORBELL_OFFSET, 1);
                });
    }

    @Test
    void moreQueuesThanStreamsAreAcceptedAndOopsWhenTheyAreProgrammed() {
        Machine machine =
                run(file -> {
                    Arguments arguments = arguments(vm(file));
                    byte[] queues = new byte[QueueCreateArgs.SIZE * 9];
                    for (int i = 0; i < 9; i++) {
                        arguments
                                .queue()
                                .get(0, queues, i * QueueCreateArgs.SIZE, QueueCreateArgs.SIZE);
                    }
                    arguments.group().putInt(4, 9);
                    arguments.group().putLong(8, memory.place(queues));
                    assertEquals(0, create(file, arguments));
                    kick(file, 1, 1);
                });
        assertEquals("cs_slot_prog_locked", oops(machine).site());
    }

    // ---- the others

    private static int kick(DeviceFile file, int handle, int mask) {
        ByteBuffer args = UserMemory.struct(GroupKickArgs.SIZE);
        args.putInt(GroupKickArgs.HANDLE, handle).putInt(GroupKickArgs.QUEUE_MASK, mask);
        return call(file, Ioctl.GROUP_KICK, args);
    }

    private static int destroy(DeviceFile file, int handle, int pad) {
        ByteBuffer args = UserMemory.struct(GroupDestroyArgs.SIZE);
        args.putInt(GroupDestroyArgs.GROUP_HANDLE, handle).putInt(GroupDestroyArgs.PAD, pad);
        return call(file, Ioctl.GROUP_DESTROY, args);
    }

    private static int getState(DeviceFile file, int handle, int pad) {
        ByteBuffer args = UserMemory.struct(GroupGetStateArgs.SIZE);
        args.putInt(GroupGetStateArgs.GROUP_HANDLE, handle).putInt(GroupGetStateArgs.PAD, pad);
        return call(file, Ioctl.GROUP_GET_STATE, args);
    }

    @Test
    void groupDestroyAndGetStateRefusePadAndUnknownHandles() {
        run(file -> {
            assertEquals(0, create(file, arguments(vm(file))));
            assertEquals(Errno.EINVAL, destroy(file, 1, 1));
            assertEquals(Errno.EINVAL, destroy(file, 2, 0));
            assertEquals(Errno.EINVAL, getState(file, 1, 1));
            assertEquals(Errno.EINVAL, getState(file, 2, 0));
            assertEquals(0, getState(file, 1, 0));
            assertEquals(0, destroy(file, 1, 0));
            assertEquals(Errno.EINVAL, destroy(file, 1, 0));
            assertEquals(Errno.EINVAL, getState(file, 1, 0));
        });
    }

    /// Rows of GROUP_KICK, all of which answer 0.
    enum KickRow {
        UNKNOWN_HANDLE(7, 1, KickBranch.NO_GROUP),
        MASK_0(1, 0, KickBranch.BLOCKED),
        BITS_BEYOND_THE_QUEUES(1, 0xfffe, KickBranch.SCHEDULE),
        KERNEL_SUBMIT_GROUP(2, 1, KickBranch.SCHEDULE),
        USER_SUBMIT_GROUP(1, 1, KickBranch.SCHEDULE);

        private final int handle;
        private final int mask;
        private final KickBranch branch;

        KickRow(int handle, int mask, KickBranch branch) {
            this.handle = handle;
            this.mask = mask;
            this.branch = branch;
        }
    }

    @ParameterizedTest
    @EnumSource(KickRow.class)
    void groupKickAnswers0(KickRow row) {
        Machine machine =
                run(file -> {
                    int vm = vm(file);
                    assertEquals(0, create(file, arguments(vm)));
                    Arguments kernel = arguments(vm);
                    kernel.group().putInt(GroupCreateArgs.FLAGS, 0);
                    assertEquals(0, create(file, kernel));
                    assertEquals(0, kick(file, row.handle, row.mask));
                });
        assertEquals(row.branch, machine.of(Kick.class).getFirst().branch());
    }

    @Test
    void afterUnplugEveryIoctlAnswersEnodev() {
        Machine[] machine = new Machine[1];
        machine[0] = new Machine();
        machine[0]
                .process("tester")
                .start(
                        0,
                        () -> {
                            DeviceFile file = machine[0].device.open("tester", memory);
                            int vm = vm(file);
                            machine[0].device.scheduler().kernel().drmDevice().unplug();
                            assertEquals(Errno.ENODEV, create(file, arguments(vm)));
                            assertEquals(Errno.ENODEV, kick(file, 1, 1));
                            done = true;
                        });
        machine[0].sim.run(200 * Machine.MS);
        assertTrue(done);
    }
}
