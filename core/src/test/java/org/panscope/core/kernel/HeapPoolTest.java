package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.core.kernel.heap.HeapPool;
import org.panscope.core.kernel.heap.HeapSpec;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.mmu.VmMapping;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.HeapClient;
import org.panscope.core.user.MemoryClient;
import org.panscope.core.user.TilerHeap;
import org.panscope.trace.event.KernelEvent.AllocInSignal;
import org.panscope.trace.event.MemoryEvent.MemWrite;
import org.panscope.trace.event.MemoryEvent.MemoryWriter;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// What tiler heaps put into GPU memory and when they grow; the invariant is checked at every
/// event.
class HeapPoolTest {
    private static final int CHUNK_BYTES = 256 << 10;
    private static final long CHUNK_UNITS = CHUNK_BYTES >> 12;
    private static final int STRIDE = 64;

    private Machine machine = new Machine();

    /// A process with one address space.
    private record Client(Machine machine, DrmFile file, int vmHandle) {
        GpuVm vm() {
            return Objects.requireNonNull(machine.device.vm(file.fileId(), vmHandle));
        }

        HeapPool pool() {
            return Objects.requireNonNull(machine.device.heaps().find(vm()));
        }

        TilerHeap heap(int initial, int max, int targetInFlight) {
            return new HeapClient(file)
                    .create(
                            vmHandle,
                            new HeapClient.Request(initial, CHUNK_BYTES, max, targetInFlight))
                    .value();
        }

        long read64(long va) {
            VmMapping mapping = Objects.requireNonNull(vm().mappingAt(va));
            return mapping.bo().buffer().read64(va - mapping.va());
        }

        void write64(long va, long value) {
            VmMapping mapping = Objects.requireNonNull(vm().mappingAt(va));
            long offset = va - mapping.va();
            mapping.bo().buffer().write64(offset, value);
            byte[] bytes = mapping.bo().buffer().read(offset, Long.BYTES);
            machine.sim.emit(0, new MemWrite(mapping.bo().id(), offset, bytes, MemoryWriter.GPU));
        }
    }

    private void run(Consumer<Client> body) {
        boolean[] done = new boolean[1];
        var process = machine.process("tiler");
        process.start(
                0,
                () -> {
                    DrmFile file = process.open();
                    int vm = new MemoryClient(file).createVm(0).value();
                    body.accept(new Client(machine, file, vm));
                    done[0] = true;
                });
        machine.sim.run(100 * Machine.MS);
        assertTrue(done[0]);
    }

    @Test
    void initialChunksAreLinkedFromTheLastToTheFirst() {
        run(client -> {
            TilerHeap heap = client.heap(3, 8, 1);
            long second = client.read64(heap.firstChunkVa());
            long third = client.read64(second & ~0xfffL);
            assertEquals(CHUNK_UNITS, second & 0xfff);
            assertEquals(CHUNK_UNITS, third & 0xfff);
            assertNotEquals(second, third);
            assertEquals(0, client.read64(third & ~0xfffL));
            assertEquals(3, chunks().size());
            for (GemObject chunk : chunks()) {
                assertEquals(CHUNK_BYTES, chunk.sizeBytes());
            }
        });
    }

    @Test
    void chunksAndContextsLieInTheKernelsPartAndAreNotExecutable() {
        run(client -> {
            TilerHeap heap = client.heap(1, 1, 1);
            for (long va : new long[] {heap.contextVa(), heap.firstChunkVa()}) {
                VmMapping mapping = Objects.requireNonNull(client.vm().mappingAt(va));
                assertTrue(va >= client.vm().kernelStart());
                assertEquals(VmBindOp.MAP_NOEXEC, mapping.flags());
                assertEquals(client.vm(), mapping.bo().exclusiveVm());
            }
        });
    }

    @Test
    void contextsAreACacheLineApartAndZeroAgainForTheNextHeap() {
        run(client -> {
            TilerHeap first = client.heap(1, 2, 1);
            TilerHeap second = client.heap(1, 2, 1);
            assertEquals(first.contextVa() + STRIDE, second.contextVa());
            client.write64(first.contextVa() + 8, 0x1234);
            assertEquals(0, new HeapClient(client.file()).destroy(first.handle()));
            TilerHeap again = client.heap(1, 2, 1);
            assertEquals(first.contextVa(), again.contextVa());
            assertEquals(0, client.read64(again.contextVa() + 8));
        });
    }

    @Test
    void aHeapGrowsByAnUnlinkedChunkUpToItsMaximum() {
        run(client -> {
            TilerHeap heap = client.heap(1, 2, 1);
            HeapPool.Growth growth = client.pool().grow(heap.contextVa(), 1);
            assertEquals(0, growth.errno());
            assertEquals(CHUNK_UNITS, growth.chunk() & 0xfff);
            long va = growth.chunk() & ~0xfffL;
            assertNotEquals(heap.firstChunkVa(), va);
            assertEquals(0, client.read64(va));
            assertEquals(Map.of(0, 2), client.pool().chunkCounts());
            assertEquals(
                    new HeapPool.Growth(Errno.ENOMEM, 0), client.pool().grow(heap.contextVa(), 1));
            assertEquals(1, machine.of(AllocInSignal.class).size());
            assertEquals(CHUNK_BYTES, machine.of(AllocInSignal.class).getFirst().size());
        });
    }

    @Test
    void moreRenderPassesInFlightThanWantedKeepAHeapFromGrowing() {
        run(client -> {
            TilerHeap heap = client.heap(1, 9, 2);
            HeapPool pool = client.pool();
            assertEquals(0, pool.grow(heap.contextVa(), 2).errno());
            assertEquals(Errno.ENOMEM, pool.grow(heap.contextVa(), 3).errno());
            assertEquals(Errno.ENOMEM, pool.grow(heap.contextVa(), -1).errno());
            assertEquals(Map.of(0, 2), pool.chunkCounts());
        });
    }

    @Test
    void onlyTheContextOfAHeapMakesItGrow() {
        run(client -> {
            TilerHeap heap = client.heap(1, 9, 9);
            HeapPool pool = client.pool();
            assertEquals(Errno.EINVAL, pool.grow(heap.contextVa() - 1, 1).errno());
            assertEquals(Errno.EINVAL, pool.grow(heap.contextVa() + STRIDE, 1).errno());
            assertEquals(Errno.EINVAL, pool.grow(heap.contextVa() + 128 * STRIDE, 1).errno());
            assertEquals(Errno.EINVAL, pool.grow(0, 1).errno());
            assertEquals(0, pool.grow(heap.contextVa() + STRIDE - 1, 1).errno());
        });
    }

    @Test
    void aChunkNobodyGotIsGivenBackOnce() {
        run(client -> {
            TilerHeap heap = client.heap(1, 2, 9);
            HeapPool pool = client.pool();
            long chunk = pool.grow(heap.contextVa(), 1).chunk();
            assertEquals(0, pool.giveBack(heap.contextVa(), chunk));
            assertEquals(Errno.EINVAL, pool.giveBack(heap.contextVa(), chunk));
            assertEquals(Map.of(0, 1), pool.chunkCounts());
            assertNull(client.vm().mappingAt(chunk & ~0xfffL));
            assertEquals(0, pool.grow(heap.contextVa(), 1).errno());
        });
    }

    @Test
    void destroyingAHeapFreesItsChunks() {
        run(client -> {
            TilerHeap heap = client.heap(2, 4, 9);
            assertEquals(0, client.pool().grow(heap.contextVa(), 1).errno());
            assertEquals(3, chunks().size());
            assertEquals(0, new HeapClient(client.file()).destroy(heap.handle()));
            assertEquals(0, chunks().size());
            assertNull(client.vm().mappingAt(heap.firstChunkVa()));
            assertEquals(Errno.EINVAL, client.pool().grow(heap.contextVa(), 1).errno());
        });
    }

    @Test
    void thePoolEndsWithItsVmAlthoughSomebodyHoldsTheVm() {
        run(client -> {
            TilerHeap heap = client.heap(2, 4, 9);
            GpuVm vm = client.vm().get();
            HeapPool pool = client.pool();
            assertEquals(0, new MemoryClient(client.file()).destroyVm(client.vmHandle()));
            assertNull(machine.device.heaps().find(vm));
            assertEquals(Errno.EINVAL, pool.grow(heap.contextVa(), 1).errno());
            assertEquals(0, heapObjects());
            vm.put();
        });
    }

    /// The kernel's part of an address space can be small: here it has 2 MiB, or one page.
    @Test
    void aKernelPartWithoutRoomIsOutOfMemoryAndLosesNothing() {
        run(client -> {
            GpuVm vm = smallVm(2 << 20);
            assertEquals(0, machine.device.heaps().ensure(vm));
            HeapPool pool = Objects.requireNonNull(machine.device.heaps().find(vm));
            assertEquals(Errno.ENOMEM, pool.create(spec(8)).errno());
            assertEquals(1, heapObjects(), "only the contexts");
            HeapPool.Created heap = pool.create(spec(7));
            assertEquals(0, heap.errno());
            assertEquals(new HeapPool.Growth(Errno.ENOMEM, 0), pool.grow(heap.contextVa(), 1));
            vm.destroy();
            GpuVm tiny = smallVm(4096);
            assertEquals(Errno.ENOMEM, machine.device.heaps().ensure(tiny));
            assertNull(machine.device.heaps().find(tiny));
            tiny.destroy();
            assertEquals(Errno.EINVAL, machine.device.heaps().ensure(tiny));
            assertEquals(0, heapObjects());
        });
    }

    private static HeapSpec spec(int initialChunks) {
        return new HeapSpec(initialChunks, CHUNK_BYTES, 99, 99);
    }

    private GpuVm smallVm(long bytes) {
        GpuVm vm =
                new GpuVm(
                        machine.device.scheduler().kernel(),
                        machine.device.addressSpaces(),
                        1L << 47,
                        (1L << 47) + bytes,
                        false);
        vm.published(7, 1);
        return vm;
    }

    @ParameterizedTest
    @CsvSource({"50, -22", "300, 0"})
    void aVmDestroyedWhileAHeapIsMadeLosesNothing(long afterUs, int errno) {
        machine = new Machine(1, new KernelParameters(TilerOomTest.slowBuffers()));
        run(client -> {
            client.vm().get();
            int[] destroyed = {1};
            machine.processes()
                    .getFirst()
                    .start(
                            afterUs * 1_000,
                            () ->
                                    destroyed[0] =
                                            new MemoryClient(client.file())
                                                    .destroyVm(client.vmHandle()));
            HeapClient.Request request = new HeapClient.Request(3, CHUNK_BYTES, 3, 9);
            assertEquals(
                    errno,
                    new HeapClient(client.file()).create(client.vmHandle(), request).errno());
            machine.sim.sleep(10 * Machine.MS);
            assertEquals(0, destroyed[0]);
            assertEquals(0, heapObjects());
        });
    }

    @Test
    void closingTheFileFreesEveryHeap() {
        run(client -> {
            client.heap(2, 4, 9);
            client.heap(1, 1, 9);
            client.file().close();
            assertEquals(0, heapObjects());
        });
    }

    private List<GemObject> chunks() {
        return machine.device.allObjects().stream()
                .filter(bo -> bo.buffer().label().equals("Tiler heap chunk"))
                .toList();
    }

    private long heapObjects() {
        return machine.device.allObjects().stream()
                .filter(bo -> bo.buffer().label().startsWith("Tiler heap"))
                .count();
    }
}
