package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.GroupGetStateArgs;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.UserMemory;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.GroupClient;
import org.panscope.core.user.GroupRequest;
import org.panscope.core.user.MemoryClient;
import org.panscope.core.user.Notify;
import org.panscope.core.user.UserGroup;
import org.panscope.core.user.UserProcess;
import org.panscope.core.user.UserSubmitQueue;
import org.panscope.trace.event.FirmwareEvent.Fault;
import org.panscope.trace.event.FirmwareEvent.FaultKind;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.KickBranch;
import org.panscope.trace.event.KernelEvent.Term;
import org.panscope.trace.event.KernelEvent.TermReason;
import org.panscope.trace.event.SchedEvent.Bind;

import java.nio.ByteBuffer;
import java.util.List;

/// An instruction word that means nothing ends its group; the invariant is checked at every event.
class FatalRingTest {
    private static final long UNDEFINED = 0xff00_0000_0000_0000L;
    private static final long CORES = 0x50005;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anUndefinedInstructionEndsTheGroupAndKickDoesNothing(long seed) {
        Machine machine = new Machine(seed);
        ByteBuffer answer = UserMemory.struct(GroupGetStateArgs.SIZE);
        int[] kicked = {Integer.MIN_VALUE};
        UserProcess process = machine.process("fatal");
        process.start(
                0,
                () -> {
                    DrmFile file = process.open();
                    UserGroup group = group(file);
                    UserSubmitQueue queue = new UserSubmitQueue(file, group, 0);
                    assertEquals(0, queue.mapRing() | queue.mapIo() | queue.mapDoorbell());
                    byte[] words = UserSubmitQueue.bytesOf(new long[] {UNDEFINED, 0});
                    assertEquals(0, queue.submit(words, Notify.ACTIVE));
                    machine.sim.sleep(100 * Machine.MS);
                    kicked[0] = queue.kick();
                    answer.putInt(GroupGetStateArgs.GROUP_HANDLE, group.handle());
                    state(machine, file, answer);
                });
        machine.sim.run(500 * Machine.MS);
        assertEquals(0, kicked[0]);
        assertEquals(GroupGetStateArgs.FATAL_FAULT, answer.getInt(GroupGetStateArgs.STATE));
        assertEquals(1, answer.getInt(GroupGetStateArgs.FATAL_QUEUES));
        assertTrue(machine.of(Fault.class).stream().anyMatch(f -> f.kind() == FaultKind.CS_FATAL));
        assertEquals(TermReason.FATAL, machine.of(Term.class).getFirst().reason());
        assertEquals(1, machine.of(Bind.class).size());
        assertFalse(machine.of(Kick.class).getLast().branch() == KickBranch.SCHEDULE);
    }

    private static UserGroup group(DrmFile file) {
        int vm = new MemoryClient(file).createVm(0).value();
        return new GroupClient(file)
                .create(
                        new GroupRequest(
                                vm,
                                1,
                                true,
                                CORES,
                                1,
                                null,
                                List.of(new GroupRequest.Queue(0, 65536))))
                .value();
    }

    /// GROUP_GET_STATE, which no client here calls.
    private static void state(Machine machine, DrmFile file, ByteBuffer answer) {
        DeviceFile device = machine.device.files().get(file.fileId() - 1);
        byte[] bytes = new byte[answer.capacity()];
        answer.get(0, bytes);
        assertEquals(0, Machine.ioctl(device, Ioctl.GROUP_GET_STATE.request(), bytes));
        answer.put(0, bytes);
    }
}
