package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.TilerHeapCreateArgs;
import org.panscope.core.uapi.TilerHeapDestroyArgs;
import org.panscope.core.uapi.UserMemory;
import org.panscope.core.uapi.VmCreateArgs;
import org.panscope.core.uapi.VmDestroyArgs;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// The validation tables of TILER_HEAP_CREATE and TILER_HEAP_DESTROY, a constant for each row, on
/// raw argument structs.
class TilerHeapErrnoTest {
    private static final int CHUNK_BYTES = 128 << 10;
    private static final int LARGEST_CHUNK_BYTES = 8 << 20;
    private static final int UNKNOWN_VM = 9;

    private final Machine machine = new Machine();

    /// What is wrong with an otherwise good TILER_HEAP_CREATE.
    enum CreateRow {
        UNKNOWN_VM_ID(Errno.EINVAL, a -> a.putInt(TilerHeapCreateArgs.VM_ID, UNKNOWN_VM)),
        INITIAL_CHUNK_COUNT_ZERO(
                Errno.EINVAL, a -> a.putInt(TilerHeapCreateArgs.INITIAL_CHUNK_COUNT, 0)),
        INITIAL_ABOVE_MAX_CHUNKS(
                Errno.EINVAL, a -> a.putInt(TilerHeapCreateArgs.INITIAL_CHUNK_COUNT, 5)),
        INITIAL_IS_UNSIGNED(
                Errno.EINVAL, a -> a.putInt(TilerHeapCreateArgs.INITIAL_CHUNK_COUNT, -1)),
        CHUNK_SIZE_NOT_PAGE_ALIGNED(
                Errno.EINVAL, a -> a.putInt(TilerHeapCreateArgs.CHUNK_SIZE, CHUNK_BYTES + 2048)),
        CHUNK_SIZE_BELOW_128_KIB(
                Errno.EINVAL, a -> a.putInt(TilerHeapCreateArgs.CHUNK_SIZE, CHUNK_BYTES - 4096)),
        CHUNK_SIZE_ABOVE_8_MIB(
                Errno.EINVAL,
                a -> a.putInt(TilerHeapCreateArgs.CHUNK_SIZE, LARGEST_CHUNK_BYTES + 4096)),
        CHUNK_SIZE_IS_UNSIGNED(
                Errno.EINVAL, a -> a.putInt(TilerHeapCreateArgs.CHUNK_SIZE, 0x8000_0000)),
        MORE_MEMORY_THAN_THERE_IS(
                Errno.ENOMEM,
                a ->
                        a.putInt(TilerHeapCreateArgs.INITIAL_CHUNK_COUNT, -1)
                                .putInt(TilerHeapCreateArgs.MAX_CHUNKS, -1)),
        SMALLEST_CHUNKS_ARE_FINE(0, a -> {}),
        LARGEST_CHUNKS_ARE_FINE(
                0, a -> a.putInt(TilerHeapCreateArgs.CHUNK_SIZE, LARGEST_CHUNK_BYTES)),
        AS_MANY_AS_MAX_CHUNKS_IS_FINE(0, a -> a.putInt(TilerHeapCreateArgs.INITIAL_CHUNK_COUNT, 4)),
        NO_RENDER_PASS_IN_FLIGHT_IS_FINE(0, a -> a.putInt(TilerHeapCreateArgs.TARGET_IN_FLIGHT, 0));

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
    void tilerHeapCreateAnswersAsTheTableSays(CreateRow row) {
        run(file -> {
            ByteBuffer args = createArgs(vm(file));
            row.change.accept(args);
            assertEquals(row.errno, call(file, Ioctl.TILER_HEAP_CREATE, args));
        });
    }

    /// Handles of TILER_HEAP_DESTROY, in a file with VM 1 that has heap 0 and VM 2 without a pool.
    enum DestroyRow {
        PAD_NOT_ZERO(Errno.EINVAL, 1 << 16, 1),
        PAD_BEFORE_NO_POOL(Errno.EINVAL, 2 << 16, 1),
        UNKNOWN_VM_ID(Errno.EINVAL, UNKNOWN_VM << 16, 0),
        NO_VM_AT_ALL(Errno.EINVAL, 0, 0),
        VM_ID_IS_UNSIGNED(Errno.EINVAL, 0xffff_0000, 0),
        UNKNOWN_HEAP(Errno.EINVAL, 1 << 16 | 1, 0),
        INDEX_BEYOND_THE_POOL(Errno.EINVAL, 1 << 16 | 0xffff, 0),
        NO_POOL(Errno.ENOENT, 2 << 16, 0),
        A_HEAP(0, 1 << 16, 0);

        private final int errno;
        private final int handle;
        private final int pad;

        DestroyRow(int errno, int handle, int pad) {
            this.errno = errno;
            this.handle = handle;
            this.pad = pad;
        }
    }

    @ParameterizedTest
    @EnumSource
    void tilerHeapDestroyAnswersAsTheTableSays(DestroyRow row) {
        run(file -> {
            assertEquals(1 << 16, create(file, vm(file)));
            assertEquals(2, vm(file));
            assertEquals(row.errno, destroy(file, row.handle, row.pad));
        });
    }

    @Test
    void aDestroyedHeapIsUnknownAndItsIndexIsTheNextToBeGiven() {
        run(file -> {
            int vm = vm(file);
            assertEquals(vm << 16, create(file, vm));
            assertEquals(vm << 16 | 1, create(file, vm));
            assertEquals(0, destroy(file, vm << 16, 0));
            assertEquals(Errno.EINVAL, destroy(file, vm << 16, 0));
            assertEquals(vm << 16, create(file, vm));
        });
    }

    @Test
    void aRefusedHeapLeavesItsPoolBehind() {
        run(file -> {
            int vm = vm(file);
            assertEquals(Errno.ENOENT, destroy(file, vm << 16, 0));
            ByteBuffer args = createArgs(vm).putInt(TilerHeapCreateArgs.INITIAL_CHUNK_COUNT, 0);
            assertEquals(Errno.EINVAL, call(file, Ioctl.TILER_HEAP_CREATE, args));
            assertEquals(Errno.EINVAL, destroy(file, vm << 16, 0));
        });
    }

    @Test
    void aDestroyedVmTakesNoHeap() {
        run(file -> {
            int vm = vm(file);
            assertEquals(vm << 16, create(file, vm));
            assertEquals(0, call(file, Ioctl.VM_DESTROY, vmDestroyArgs(vm)));
            assertEquals(Errno.EINVAL, call(file, Ioctl.TILER_HEAP_CREATE, createArgs(vm)));
            assertEquals(Errno.EINVAL, destroy(file, vm << 16, 0));
        });
    }

    @Test
    void theHundredAndTwentyNinthHeapOfAVmIsBusyAndCostsNothing() {
        run(file -> {
            int vm = vm(file);
            for (int index = 0; index < 128; index++) {
                assertEquals(vm << 16 | index, create(file, vm));
            }
            int objects = machine.device.allObjects().size();
            assertEquals(Errno.EBUSY, call(file, Ioctl.TILER_HEAP_CREATE, createArgs(vm)));
            assertEquals(objects, machine.device.allObjects().size());
            int other = vm(file);
            assertEquals(other << 16, create(file, other));
        });
    }

    @Test
    void theStructsAreThoseOfTheHeader() {
        assertEquals(0xc028_644b, Ioctl.TILER_HEAP_CREATE.request());
        assertEquals(TilerHeapCreateArgs.SIZE, Ioctl.TILER_HEAP_CREATE.size());
        assertEquals(0xc008_644c, Ioctl.TILER_HEAP_DESTROY.request());
        assertEquals(TilerHeapDestroyArgs.SIZE, Ioctl.TILER_HEAP_DESTROY.size());
    }

    /// Lets a process use the device, then runs the machine.
    private void run(Consumer<DeviceFile> process) {
        boolean[] done = new boolean[1];
        machine.process("tester")
                .start(
                        0,
                        () -> {
                            process.accept(machine.device.open("tester", new UserMemory()));
                            done[0] = true;
                        });
        machine.sim.run(100 * Machine.MS);
        assertTrue(done[0]);
    }

    private static ByteBuffer createArgs(int vm) {
        ByteBuffer args = UserMemory.struct(TilerHeapCreateArgs.SIZE);
        args.putInt(TilerHeapCreateArgs.VM_ID, vm);
        args.putInt(TilerHeapCreateArgs.INITIAL_CHUNK_COUNT, 1);
        args.putInt(TilerHeapCreateArgs.CHUNK_SIZE, CHUNK_BYTES);
        args.putInt(TilerHeapCreateArgs.MAX_CHUNKS, 4);
        args.putInt(TilerHeapCreateArgs.TARGET_IN_FLIGHT, 65535);
        return args;
    }

    private static int create(DeviceFile file, int vm) {
        ByteBuffer args = createArgs(vm);
        assertEquals(0, call(file, Ioctl.TILER_HEAP_CREATE, args));
        return args.getInt(TilerHeapCreateArgs.HANDLE);
    }

    private static int destroy(DeviceFile file, int handle, int pad) {
        ByteBuffer args = UserMemory.struct(TilerHeapDestroyArgs.SIZE);
        args.putInt(TilerHeapDestroyArgs.HANDLE, handle).putInt(TilerHeapDestroyArgs.PAD, pad);
        return call(file, Ioctl.TILER_HEAP_DESTROY, args);
    }

    private static int vm(DeviceFile file) {
        ByteBuffer args = UserMemory.struct(VmCreateArgs.SIZE);
        assertEquals(0, call(file, Ioctl.VM_CREATE, args));
        return args.getInt(VmCreateArgs.ID);
    }

    private static ByteBuffer vmDestroyArgs(int vm) {
        return UserMemory.struct(VmDestroyArgs.SIZE).putInt(VmDestroyArgs.ID, vm);
    }

    private static int call(DeviceFile file, Ioctl ioctl, ByteBuffer args) {
        byte[] bytes = new byte[args.capacity()];
        args.get(0, bytes);
        int ret = file.ioctl(ioctl.request(), bytes);
        args.put(0, bytes);
        return ret;
    }
}
