package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;

import java.util.ArrayList;
import java.util.List;

/// Where the kernel places its own objects in an address space.
class KernelVaTest {
    private static final long PAGE = 4096;
    private static final long BLOCK = 2L << 20;
    private static final long START = 1L << 47;

    private static GemObject object(Machine machine, GpuVm vm, long bytes) {
        var kernel = machine.kernel();
        return GemObject.kernelObject(kernel, "test", bytes, vm);
    }

    @Test
    void theSmallestHoleThatFitsIsTaken() {
        RawProcess.run(raw -> {
            raw.vm();
            GpuVm vm = raw.machine.device.vm(1, 1);
            assertNotNull(vm);
            List<GemObject> objects = new ArrayList<>();
            long[] va = new long[6];
            long[] pages = {2, 1, 1, 1, 3, 1};
            for (int i = 0; i < va.length; i++) {
                objects.add(object(raw.machine, vm, pages[i] * PAGE));
                va[i] = vm.mapKernelObject(objects.get(i), 0);
            }
            assertEquals(START, va[0]);
            assertEquals(START + 2 * PAGE, va[1]);
            vm.unmap(va[0], 2 * PAGE);
            vm.unmap(va[2], PAGE);
            vm.unmap(va[4], 3 * PAGE);
            assertEquals(va[2], vm.mapKernelObject(objects.get(1), 0));
            assertEquals(va[0], vm.mapKernelObject(objects.get(2), 0));
            assertEquals(va[0] + PAGE, vm.mapKernelObject(objects.get(3), 0));
            assertEquals(va[4], vm.mapKernelObject(objects.get(5), 0));
        });
    }

    @Test
    void largeObjectsBeginAtAMultipleOf2MibAndUseBlocks() {
        RawProcess.run(raw -> {
            raw.vm();
            GpuVm vm = raw.machine.device.vm(1, 1);
            assertNotNull(vm);
            vm.mapKernelObject(object(raw.machine, vm, PAGE), 0);
            GemObject large = object(raw.machine, vm, 2 * BLOCK + PAGE);
            long va = vm.mapKernelObject(large, 0);
            assertEquals(START + BLOCK, va);
            assertEquals(0b01, vm.pageTable().descriptor(va) & 0b11);
            assertEquals(0b01, vm.pageTable().descriptor(va + BLOCK + 5 * PAGE) & 0b11);
            assertEquals(0b11, vm.pageTable().descriptor(va + 2 * BLOCK) & 0b11);
            assertEquals(
                    large.buffer().physicalAddress(BLOCK + 0x1234),
                    vm.pageTable().translate(va + BLOCK + 0x1234));
        });
    }

    @Test
    void aBlockThatIsUnmappedInPartIsSplit() {
        RawProcess.run(raw -> {
            raw.vm();
            raw.bo(2 * BLOCK);
            GpuVm vm = raw.machine.device.vm(1, 1);
            GemObject bo = raw.machine.device.object(1, 1);
            assertNotNull(vm);
            assertNotNull(bo);
            assertEquals(0, raw.bind(1, raw.map(1, 0, BLOCK, 2 * BLOCK)));
            assertEquals(0b01, vm.pageTable().descriptor(BLOCK) & 0b11);
            assertEquals(0, raw.bind(1, raw.unmap(BLOCK + PAGE, PAGE)));
            assertEquals(0b11, vm.pageTable().descriptor(BLOCK) & 0b11);
            assertEquals(0, vm.pageTable().descriptor(BLOCK + PAGE));
            assertEquals(
                    bo.buffer().physicalAddress(2 * PAGE + 8),
                    vm.pageTable().translate(BLOCK + 2 * PAGE + 8));
            assertEquals(0b01, vm.pageTable().descriptor(2 * BLOCK) & 0b11);
            assertEquals(2, vm.mappings().size());
        });
    }

    @Test
    void aReplacedMappingLeavesWhatReachesOutOfIt() {
        RawProcess.run(raw -> {
            raw.vm();
            raw.bo(8 * PAGE);
            raw.bo(2 * PAGE);
            GpuVm vm = raw.machine.device.vm(1, 1);
            assertNotNull(vm);
            assertEquals(0, raw.bind(1, raw.map(1, 0, BLOCK, 8 * PAGE)));
            assertEquals(0, raw.bind(1, raw.map(2, 0, BLOCK + 2 * PAGE, 2 * PAGE)));
            assertEquals(
                    List.of("1+0", "2+0", "1+16384"),
                    vm.mappings().stream()
                            .map(m -> m.bo().handleIn(1) + "+" + m.boOffset())
                            .toList());
        });
    }

    @Test
    void tablesComeBackWhenEverythingIsUnmapped() {
        RawProcess.run(raw -> {
            raw.vm();
            raw.bo(2 * BLOCK);
            assertEquals(0, raw.bind(1, raw.map(1, 0, BLOCK + PAGE, 2 * BLOCK - PAGE)));
            assertEquals(0, raw.bind(1, raw.unmap(BLOCK, 2 * BLOCK)));
            raw.machine.memory.setLimit(raw.machine.memory.takenFrames() + 6);
            assertEquals(0, raw.bind(1, raw.map(1, 0, BLOCK + PAGE, 2 * BLOCK - PAGE)));
            assertTrue(raw.machine.memory.hasRoom(1));
            assertFalse(raw.machine.memory.hasRoom(6));
        });
    }
}
