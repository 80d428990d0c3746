package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.kernel.mmu.AddressSpaces;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.sched.Scheduler;
import org.panscope.core.uapi.Errno;
import org.panscope.trace.event.KernelEvent.Warn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Which VM has which address space, as long as the device is up.
class AddressSpacesTest {
    private static final int FOR_GROUPS = 7;

    private final Machine machine = new Machine();
    private final List<GpuVm> vms = new ArrayList<>();

    /// What is tried while the device is up.
    private interface Body {
        void run(AddressSpaces spaces);
    }

    private void whileUp(Body body) {
        boolean[] done = new boolean[1];
        var process = machine.process("p");
        process.start(
                0,
                () -> {
                    process.open().eventfd();
                    machine.sim.sleep(Machine.MS);
                    Scheduler sched = machine.device.scheduler();
                    for (int i = 0; i <= FOR_GROUPS; i++) {
                        GpuVm vm =
                                new GpuVm(
                                        sched.kernel(),
                                        sched.addressSpaces(),
                                        1L << 47,
                                        1L << 48,
                                        false);
                        vm.published(i + 1, 1);
                        vms.add(vm);
                    }
                    body.run(sched.addressSpaces());
                    done[0] = true;
                });
        machine.sim.run(40 * Machine.MS);
        assertTrue(done[0]);
    }

    @Test
    void theLowestFreeAddressSpaceIsGivenAndZeroIsTheMcus() {
        whileUp(spaces -> {
            for (int i = 0; i < FOR_GROUPS; i++) {
                assertEquals(0, spaces.activate(vms.get(i)));
                assertEquals(i + 1, vms.get(i).as());
            }
            assertTrue(Objects.requireNonNull(spaces.owner(0)).isForMcu());
        });
    }

    @Test
    void whileAllAreInUseTheNextVmGetsNone() {
        whileUp(spaces -> {
            for (int i = 0; i < FOR_GROUPS; i++) {
                assertEquals(0, spaces.activate(vms.get(i)));
            }
            assertEquals(Errno.EBUSY, spaces.activate(vms.getLast()));
            assertEquals(GpuVm.NO_AS, vms.getLast().as());
        });
        assertTrue(
                machine.of(Warn.class).stream()
                        .anyMatch(warn -> warn.site().equals("panthor_vm_active")));
    }

    @Test
    void theVmIdleLongestIsEvicted() {
        whileUp(spaces -> {
            for (int i = 0; i < FOR_GROUPS; i++) {
                assertEquals(0, spaces.activate(vms.get(i)));
            }
            spaces.idle(vms.get(4));
            spaces.idle(vms.get(2));
            assertEquals(List.of(vms.get(4), vms.get(2)), spaces.lru());
            assertEquals(0, spaces.activate(vms.getLast()));
            assertEquals(5, vms.getLast().as());
            assertEquals(GpuVm.NO_AS, vms.get(4).as());
            assertEquals(3, vms.get(2).as());
        });
    }

    @Test
    void aVmThatIsUsedAgainKeepsItsAddressSpace() {
        whileUp(spaces -> {
            assertEquals(0, spaces.activate(vms.get(0)));
            assertEquals(0, spaces.activate(vms.get(1)));
            spaces.idle(vms.get(0));
            assertEquals(0, spaces.activate(vms.get(0)));
            assertEquals(1, vms.get(0).as());
            assertEquals(List.of(), spaces.lru());
        });
    }

    @Test
    void twoUsersOfAVmCountTwice() {
        whileUp(spaces -> {
            assertEquals(0, spaces.activate(vms.get(0)));
            assertEquals(0, spaces.activate(vms.get(0)));
            spaces.idle(vms.get(0));
            assertEquals(List.of(), spaces.lru());
            spaces.idle(vms.get(0));
            assertEquals(List.of(vms.get(0)), spaces.lru());
        });
    }
}
