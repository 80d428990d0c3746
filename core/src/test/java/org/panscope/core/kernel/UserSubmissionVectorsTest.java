package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.panscope.core.kernel.XgsWorld.A;
import static org.panscope.core.kernel.XgsWorld.C;
import static org.panscope.core.kernel.XgsWorld.set;
import static org.panscope.core.kernel.XgsWorld.waitLe;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.ioctl.MmapSpace;
import org.panscope.core.kernel.xgs.XgsOperation;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.GroupKickArgs;
import org.panscope.core.uapi.UserMemory;
import org.panscope.core.uapi.XgsOp;
import org.panscope.core.uapi.XgsQueueCreateArgs;
import org.panscope.core.user.GroupClient;
import org.panscope.core.user.XgsClient.Operation;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.KernelEvent.IoctlExit;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsOpKind;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// The byte-exact vectors of the RFC's structs, both ways: as a client of the emulator encodes
/// them, and as the driver reads them.
class UserSubmissionVectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String KICK = "0100000001000000";
    private static final String WAIT_GT =
            "00100000007f0000" + "0500000000000000" + "0101000000000000";
    private static final String QUEUE_CREATE = "01000000ffffffff0000000000000000";
    private static final String QUEUE_CREATED = "01000000ffffffff0100000000000000";
    private static final long VA = 0x7f00_0000_1000L;

    private static ByteBuffer struct(String hex) {
        byte[] bytes = HEX.parseHex(hex);
        return UserMemory.struct(bytes.length).put(0, bytes);
    }

    private static String passedIn(XgsWorld world, String ioctl) {
        return HEX.formatHex(
                world.machine.of(IoctlEnter.class).stream()
                        .filter(enter -> enter.name().equals(ioctl))
                        .findFirst()
                        .orElseThrow()
                        .args());
    }

    @Test
    void groupKickHandle1QueueMask1() {
        XgsWorld world = new XgsWorld();
        world.run(client -> new GroupClient(client.file()).kick(1, 0b1));
        assertEquals(KICK, passedIn(world, "GROUP_KICK"));
        assertEquals(1, struct(KICK).getInt(GroupKickArgs.HANDLE));
        assertEquals(1, struct(KICK).getInt(GroupKickArgs.QUEUE_MASK));
    }

    @Test
    void xgsOpWaitGtU64() {
        XgsWorld world = new XgsWorld();
        world.run(
                client -> client.submit(client.queue(), new Operation(XgsOp.WAIT_GT, true, VA, 5)));
        XgsJob created =
                world.machine.of(XgsJob.class).stream()
                        .filter(job -> job.step() == XgsJobStep.CREATED)
                        .findFirst()
                        .orElseThrow();
        assertEquals(WAIT_GT, HEX.formatHex(created.opArray()));
        XgsOperation read = XgsOperation.decode(struct(WAIT_GT));
        assertEquals(VA, read.addr());
        assertEquals(5, read.value());
        assertEquals(XgsOpKind.WAIT_GT, read.kind());
        assertEquals(true, read.isSync64());
        assertEquals(0, read.flags());
    }

    @Test
    void xgsQueueCreateVm1NoEventfdHandle1() {
        XgsWorld world = new XgsWorld();
        world.run(client -> assertEquals(1, client.queue()));
        assertEquals(QUEUE_CREATE, passedIn(world, "XGS_QUEUE_CREATE"));
        assertEquals(
                QUEUE_CREATED,
                HEX.formatHex(
                        world.machine.of(IoctlExit.class).stream()
                                .filter(exit -> exit.name().equals("XGS_QUEUE_CREATE"))
                                .findFirst()
                                .orElseThrow()
                                .args()));
        ByteBuffer read = struct(QUEUE_CREATED);
        assertEquals(1, read.getInt(XgsQueueCreateArgs.VM_ID));
        assertEquals(-1, read.getInt(XgsQueueCreateArgs.EVENTFD_SYNC_UPDATE));
        assertEquals(1, read.getInt(XgsQueueCreateArgs.HANDLE));
        assertEquals(0, read.getInt(XgsQueueCreateArgs.PAD));
    }

    @ParameterizedTest
    @CsvSource({"1, 0x0100040000000000", "3, 0x0100040000020000"})
    void doorbellOffsetOfAHandle(int handle, String offset) {
        assertEquals(Long.decode(offset), MmapSpace.doorbellOffset(handle));
    }

    @Test
    void doorbellOffsetsEndBeforeThis() {
        assertEquals(0x0100_0400_0080_0000L, MmapSpace.DOORBELLS_END);
    }

    @ParameterizedTest
    @CsvSource({"global, 0, 0x80000", "CSG slot 0, 1, 0x90000", "CSG slot 1, 2, 0xA0000"})
    void doorbellRegister(String whose, int id, String address) {
        assertEquals(Long.decode(address), Regs.doorbell(id), whose);
    }

    @Test
    void theErrorWordBehindAFailedWaitIsTheErrno() {
        XgsWorld world = new XgsWorld();
        world.run(client -> client.await(client.submit(client.queue(), waitLe(C, 0), set(A, 1))));
        assertEquals(0xffff_ffea, world.aError());
        assertEquals(Errno.EINVAL, world.aError());
        assertEquals(0xffff_fff4, Errno.ENOMEM);
    }
}
