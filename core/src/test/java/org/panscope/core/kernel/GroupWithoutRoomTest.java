package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.core.kernel.base.HandleTable;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.GroupFactory;
import org.panscope.core.kernel.sched.GroupSpec;
import org.panscope.core.kernel.sched.Scheduler;
import org.panscope.core.uapi.Errno;

import java.util.List;

/// A group for whose buffers the kernel's part of its address space has no room is refused and
/// leaves nothing behind; the invariant is checked at every event. The driver as posted never uses
/// the last page of its part.
class GroupWithoutRoomTest {
    private static final int RING_BYTES = 65536;

    private final Machine machine = new Machine();

    @ParameterizedTest
    @CsvSource({
        "no sync objects, 4096",
        "no ring, 8192",
        "one ring only, 73728",
    })
    void aGroupIsRefusedAndLeavesNothing(String missing, long kernelBytes) {
        create(kernelBytes, Errno.ENOMEM);
    }

    @ParameterizedTest
    @CsvSource("everything, 139264")
    void aGroupThatJustFitsIsMade(String has, long kernelBytes) {
        create(kernelBytes, 1);
    }

    private void create(long kernelBytes, int expected) {
        boolean[] done = new boolean[1];
        var process = machine.process("p");
        process.start(
                0,
                () -> {
                    process.open().eventfd();
                    machine.sim.sleep(Machine.MS);
                    GpuVm vm = vm(kernelBytes);
                    List<Integer> before = objects();
                    HandleTable<Group> pool = new HandleTable<>(2);
                    assertEquals(expected, factory().create(spec(vm), pool));
                    machine.sim.sleep(Machine.MS);
                    if (expected < 0) {
                        assertEquals(before, objects());
                        assertEquals(List.of(), machine.device.allGroups());
                        assertEquals(List.of(), vm.mappings());
                    }
                    done[0] = true;
                });
        machine.sim.run(10 * Machine.MS);
        assertTrue(done[0]);
    }

    private List<Integer> objects() {
        return machine.device.allObjects().stream().map(GemObject::id).toList();
    }

    private GpuVm vm(long kernelBytes) {
        Scheduler sched = machine.device.scheduler();
        long start = 1L << 47;
        GpuVm vm =
                new GpuVm(sched.kernel(), sched.addressSpaces(), start, start + kernelBytes, false);
        vm.published(1, 1);
        return vm;
    }

    private GroupFactory factory() {
        return new GroupFactory(machine.device.scheduler(), (_, _, _, _) -> 0);
    }

    private static GroupSpec spec(GpuVm vm) {
        GroupSpec.QueueSpec queue = new GroupSpec.QueueSpec(0, RING_BYTES);
        return new GroupSpec(
                new NoFile(),
                vm,
                false,
                1,
                new GroupSpec.Cores(1, 1, 1, 1, 1, 1),
                List.of(queue, queue));
    }

    /// Somebody to own groups, without handles.
    private static final class NoFile implements GroupSpec.Owner {
        @Override
        public int fileId() {
            return 1;
        }

        @Override
        public String comm() {
            return "p";
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isFreed() {
            return false;
        }

        @Override
        public void get() {}

        @Override
        public void put() {}
    }
}
