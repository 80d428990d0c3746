package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.GroupSubmitArgs;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.QueueSubmitArgs;
import org.panscope.core.uapi.SyncobjArrayArgs;
import org.panscope.core.uapi.UserMemory;
import org.panscope.core.uapi.VmBindArgs;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.trace.event.FenceEvent.Resv;
import org.panscope.trace.event.FenceEvent.ResvUsage;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.MemoryEvent.VmMap;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What VM_BIND does beyond its errors: queues, reservations, offsets in the middle of a page.
class VmBindTest {
    private static final long VA = 0x20_0000;
    private static final long PAGE = 4096;

    private static GpuVm vm(Machine machine) {
        GpuVm vm = machine.device.vm(1, 1);
        assertNotNull(vm);
        return vm;
    }

    private static void reset(RawProcess raw, int syncobj) {
        ByteBuffer args = RawProcess.args(Ioctl.SYNCOBJ_RESET);
        args.putLong(SyncobjArrayArgs.HANDLES, raw.u32s(syncobj));
        args.putInt(SyncobjArrayArgs.COUNT_HANDLES, 1);
        assertEquals(0, raw.call(Ioctl.SYNCOBJ_RESET, args));
    }

    @Test
    void anAsynchronousCallQueuesAllOfItsOperationsOrNone() {
        Machine machine =
                RawProcess.run(raw -> {
                    raw.vm();
                    raw.bo(2 * PAGE);
                    ByteBuffer args =
                            raw.bindArgs(
                                    1,
                                    true,
                                    raw.map(1, 0, VA, PAGE),
                                    raw.map(1, 0, VA + PAGE, 3 * PAGE));
                    assertEquals(Errno.EINVAL, raw.call(Ioctl.VM_BIND, args));
                    assertEquals(2, args.getInt(VmBindArgs.OPS + 4));
                    assertEquals(List.of(), vm(raw.machine).externalObjects());
                });
        assertEquals(List.of(), vm(machine).mappings());
    }

    @Test
    void operationsOfOneCallRunInOrder() {
        Machine machine =
                RawProcess.run(raw -> {
                    raw.vm();
                    raw.bo(2 * PAGE);
                    assertEquals(
                            0,
                            raw.bindAsync(
                                    1,
                                    raw.map(1, 0, VA, 2 * PAGE),
                                    raw.unmap(VA, PAGE),
                                    raw.map(1, 0, VA + 4 * PAGE, PAGE)));
                    assertEquals(List.of(), vm(raw.machine).mappings());
                });
        assertEquals(
                List.of(VA + PAGE, VA + 4 * PAGE),
                vm(machine).mappings().stream().map(m -> m.va()).toList());
    }

    @Test
    void fencesAreLeftOnTheReservationsThatWereLocked() {
        Machine machine =
                RawProcess.run(raw -> {
                    raw.vm();
                    raw.bo(PAGE);
                    raw.bo(PAGE, 0, 1);
                    assertEquals(
                            0,
                            raw.bindAsync(
                                    1, raw.map(1, 0, VA, PAGE), raw.map(2, 0, VA + PAGE, PAGE)));
                });
        GemObject shared = machine.device.object(1, 1);
        assertNotNull(shared);
        List<Resv> added = machine.of(Resv.class);
        assertEquals(
                List.of("vm:2", shared.objectId(), "vm:2", shared.objectId()),
                added.stream().map(Resv::owner).toList());
        assertTrue(added.stream().allMatch(r -> r.usage() == ResvUsage.BOOKKEEP));
    }

    @Test
    void submittedJobsAreLeftOnEveryExternalObjectAndSoKnownToOtherFiles() {
        Machine machine =
                RawProcess.run(raw -> {
                    raw.vm();
                    raw.bo(PAGE);
                    raw.bo(PAGE);
                    raw.bo(PAGE, 0, 1);
                    raw.group(1, 1);
                    assertEquals(0, raw.bind(1, raw.map(2, 0, VA + PAGE, PAGE)));
                    assertEquals(0, raw.bind(1, raw.map(1, 0, VA, PAGE)));
                    assertEquals(0, raw.bind(1, raw.map(3, 0, VA + 2 * PAGE, PAGE)));
                    ByteBuffer args = RawProcess.args(Ioctl.GROUP_SUBMIT);
                    args.putInt(GroupSubmitArgs.GROUP_HANDLE, 1);
                    raw.array(
                            args,
                            GroupSubmitArgs.QUEUE_SUBMITS,
                            QueueSubmitArgs.SIZE,
                            List.of(UserMemory.struct(QueueSubmitArgs.SIZE)));
                    assertEquals(0, raw.call(Ioctl.GROUP_SUBMIT, args));
                });
        GemObject first = machine.device.object(1, 1);
        GemObject second = machine.device.object(1, 2);
        assertNotNull(first);
        assertNotNull(second);
        assertEquals(
                List.of("vm:2", second.objectId(), first.objectId()),
                machine.of(Resv.class).stream().map(Resv::owner).toList());
    }

    @Test
    void anObjectIsExternalAsLongAsAnyOfItIsMapped() {
        RawProcess.run(raw -> {
            raw.vm();
            raw.bo(3 * PAGE);
            GpuVm vm = vm(raw.machine);
            assertEquals(0, raw.bind(1, raw.map(1, 0, VA, 3 * PAGE)));
            assertEquals(0, raw.bind(1, raw.unmap(VA + PAGE, PAGE)));
            assertEquals(1, vm.externalObjects().size());
            assertEquals(0, raw.bind(1, raw.unmap(VA, PAGE)));
            assertEquals(1, vm.externalObjects().size());
            assertEquals(0, raw.bind(1, raw.unmap(VA, 3 * PAGE)));
            assertEquals(List.of(), vm.externalObjects());
        });
    }

    @Test
    void twoSubmittersThatShareObjectsDoNotDeadlock() {
        Machine machine = new Machine();
        List<String> done = new ArrayList<>();
        int[] descriptors = new int[2];
        RawProcess[] owner = new RawProcess[1];
        RawProcess.start(
                machine,
                "owner",
                0,
                raw -> {
                    raw.vm();
                    owner[0] = raw;
                    for (int i = 0; i < 2; i++) {
                        int bo = raw.bo(PAGE);
                        assertEquals(0, raw.bind(1, raw.map(bo, 0, VA + i * PAGE, PAGE)));
                        ByteBuffer args = RawProcess.args(Ioctl.PRIME_HANDLE_TO_FD).putInt(0, bo);
                        assertEquals(0, raw.call(Ioctl.PRIME_HANDLE_TO_FD, args));
                        descriptors[i] = args.getInt(8);
                    }
                    submitMany(raw, done, "owner");
                });
        RawProcess.start(
                machine,
                "guest",
                Machine.MS,
                raw -> {
                    raw.vm();
                    for (int i = 1; i >= 0; i--) {
                        var sent = owner[0].file.sent(descriptors[i]);
                        assertNotNull(sent);
                        ByteBuffer args = RawProcess.args(Ioctl.PRIME_FD_TO_HANDLE);
                        args.putInt(8, raw.file.received(sent));
                        assertEquals(0, raw.call(Ioctl.PRIME_FD_TO_HANDLE, args));
                        assertEquals(
                                0, raw.bind(1, raw.map(args.getInt(0), 0, VA + i * PAGE, PAGE)));
                    }
                    submitMany(raw, done, "guest");
                });
        machine.sim.run(1000 * Machine.MS);
        assertEquals(List.of("guest", "owner"), done.stream().sorted().toList());
    }

    private static void submitMany(RawProcess raw, List<String> done, String name) {
        raw.group(1, 1);
        raw.machine.sim.sleep(5 * Machine.MS - raw.machine.sim.nowNs());
        for (int i = 0; i < 20; i++) {
            ByteBuffer args = RawProcess.args(Ioctl.GROUP_SUBMIT);
            args.putInt(GroupSubmitArgs.GROUP_HANDLE, 1);
            raw.array(
                    args,
                    GroupSubmitArgs.QUEUE_SUBMITS,
                    QueueSubmitArgs.SIZE,
                    List.of(UserMemory.struct(QueueSubmitArgs.SIZE)));
            assertEquals(0, raw.call(Ioctl.GROUP_SUBMIT, args));
        }
        done.add(name);
    }

    @Test
    void anOffsetInTheMiddleOfAPageLosesItsLowBitsBeforeV618() {
        Machine machine =
                RawProcess.run(raw -> {
                    raw.vm();
                    raw.bo(3 * PAGE);
                    assertEquals(0, raw.bind(1, raw.map(1, 0x800, VA, PAGE)));
                });
        GemObject bo = machine.device.object(1, 1);
        assertNotNull(bo);
        assertEquals(bo.buffer().physicalAddress(0), vm(machine).pageTable().translate(VA));
        RawProcess.run(
                new Machine(1, RawProcess.MAINLINE),
                raw -> {
                    raw.vm();
                    raw.bo(3 * PAGE);
                    assertEquals(Errno.EINVAL, raw.bind(1, raw.map(1, 0x800, VA, PAGE)));
                });
    }

    @Test
    void anOffsetInTheMiddleOfAPageAtTheEndOfContiguousMemoryFails() {
        Machine machine =
                RawProcess.run(raw -> {
                    raw.vm();
                    int gap = raw.bo(PAGE);
                    raw.bo(PAGE);
                    assertEquals(0, raw.call(Ioctl.GEM_CLOSE, UserMemory.struct(8).putInt(0, gap)));
                    int scattered = raw.bo(3 * PAGE);
                    assertEquals(
                            Errno.ENOMEM, raw.bind(1, raw.map(scattered, 0x800, VA, 2 * PAGE)));
                });
        assertTrue(
                machine.of(Warn.class).stream().anyMatch(w -> w.text().equals("!ret && !mapped")));
        assertEquals(List.of(), vm(machine).mappings());
        assertEquals(0, vm(machine).pageTable().descriptor(VA));
    }

    @Test
    void aJobThatWaitsForAFenceKeepsThoseBehindItWaiting() {
        Machine machine =
                RawProcess.run(raw -> {
                    raw.vm();
                    raw.bo(PAGE);
                    int never = raw.syncobj(1);
                    int done = raw.syncobj();
                    assertEquals(
                            0,
                            raw.bindAsync(
                                    1,
                                    raw.map(1, 0, VA, PAGE, RawProcess.waitOp(never, 0)),
                                    raw.syncOnly(RawProcess.signalOp(done, 3))));
                    reset(raw, never);
                });
        assertEquals(1, machine.of(VmMap.class).stream().filter(m -> m.va() == VA).count());
        assertFalse(vm(machine).isUnusable());
    }

    @Test
    void mapFlagsOfTheTableEndUpInTheDescriptor() {
        Machine machine =
                RawProcess.run(raw -> {
                    raw.vm();
                    raw.bo(PAGE);
                    ByteBuffer op = raw.map(1, 0, VA, PAGE);
                    op.putInt(VmBindOp.FLAGS, VmBindOp.MAP_READONLY | VmBindOp.MAP_NOEXEC);
                    assertEquals(0, raw.bindAsync(1, op));
                });
        long descriptor = vm(machine).pageTable().descriptor(VA);
        assertEquals(0b11L << 6, descriptor & 0b11L << 6);
        assertEquals(1L << 54, descriptor & 1L << 54);
    }
}
