package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.kernel.mmu.AddressSpaces;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.sched.CsgSlot;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.uapi.Errno;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.GroupClient;
import org.panscope.core.user.GroupRequest;
import org.panscope.core.user.MemoryClient;
import org.panscope.core.user.UserGroup;
import org.panscope.core.user.UserProcess;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.GroupListName;

import java.util.List;

/// R11: the tick does not look whether a group could be bound; R6.2's stale idle bit of a slot.
class LostGroupTest {
    private final Machine machine = new Machine();
    private final UserProcess process = machine.process("p");
    private boolean done;

    private void run(Runnable body) {
        process.start(
                0,
                () -> {
                    body.run();
                    done = true;
                });
        machine.sim.run(1000 * Machine.MS);
        assertTrue(done, "the test ran to its end");
    }

    private static UserGroup group(DrmFile file) {
        int vm = new MemoryClient(file).createVm(0).value();
        return new GroupClient(file)
                .create(
                        new GroupRequest(
                                vm, 1, true, 1, 1, null, List.of(new GroupRequest.Queue(0, 4096))))
                .value();
    }

    private Group live(UserGroup group) {
        return machine.device.allGroups().stream()
                .filter(g -> g.gid() == group.identity())
                .findFirst()
                .orElseThrow();
    }

    /// Takes every address space, as work of other groups does.
    private void takeAddressSpaces(DrmFile file) {
        AddressSpaces spaces = machine.device.addressSpaces();
        for (int i = 0; i < spaces.groupSlots(); i++) {
            int handle = new MemoryClient(file).createVm(0).value();
            GpuVm vm = machine.device.vm(file.fileId(), handle);
            assertEquals(0, vm == null ? Errno.EINVAL : spaces.activate(vm));
        }
    }

    @Test
    void aGroupThatFoundNoAddressSpaceIsOnNoSlotAndNoList() {
        run(() -> {
            DrmFile file = process.open();
            UserGroup group = group(file);
            GroupClient groups = new GroupClient(file);
            // Once through suspend and resume, so that slots exist and nothing else has them.
            takeAddressSpaces(file);
            groups.kick(group.handle(), 1);
            machine.sim.sleep(2 * Machine.MS);
            assertEquals(Errno.EBUSY, machine.of(Bind.class).getFirst().result());
            assertEquals(Group.NO_SLOT, live(group).csgId());
            assertEquals(GroupListName.NONE, live(group).runList());
            // A kick does not find it: it was not idle any more, so it is not moved.
            groups.kick(group.handle(), 1);
            machine.sim.sleep(2 * Machine.MS);
            assertEquals(1, machine.of(Bind.class).size());
            assertEquals(GroupListName.NONE, live(group).runList());
        });
    }

    @Test
    void aNewOccupantInheritsTheIdleBitOfItsSlot() {
        run(() -> {
            DrmFile file = process.open();
            UserGroup first = group(file);
            GroupClient groups = new GroupClient(file);
            groups.kick(first.handle(), 1);
            machine.sim.sleep(5 * Machine.MS);
            CsgSlot slot = machine.device.scheduler().slots().getFirst();
            assertTrue(slot.isIdle());
            groups.destroy(first.handle());
            machine.sim.sleep(Machine.MS);
            UserGroup second = group(file);
            groups.kick(second.handle(), 1);
            while (live(second).csgId() < 0) {
                machine.sim.sleep(100);
            }
            assertEquals(slot.index(), live(second).csgId());
            assertTrue(slot.isIdle(), "nobody cleared it");
            assertTrue(machine.device.scheduler().isIdle(live(second)));
            assertFalse((live(second).idleQueues() & 1) != 0, "its own masks say it has work");
        });
    }
}
