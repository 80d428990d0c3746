package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.core.isa.CsWords;
import org.panscope.core.kernel.base.RuntimePm;
import org.panscope.core.kernel.ioctl.MmapSpace;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.Mapping;
import org.panscope.core.uapi.UserMemory;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.GroupClient;
import org.panscope.core.user.GroupRequest;
import org.panscope.core.user.MemoryClient;
import org.panscope.core.user.Notify;
import org.panscope.core.user.UserGroup;
import org.panscope.core.user.UserProcess;
import org.panscope.core.user.UserSubmitQueue;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.FaultPage;
import org.panscope.trace.event.KernelEvent.FileClose;
import org.panscope.trace.event.KernelEvent.GroupRelease;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.Ringer;

import java.util.List;

/// What a store to a doorbell page does, row by row of the RFC's behaviour, and the rows of
/// mmap(2). The row about a reset is with the resets.
class DoorbellBehaviourTest {
    private static final byte[] NOTHING =
            UserSubmitQueue.bytesOf(new long[] {CsWords.nop(), 0, 0, 0, 0, 0, 0, 0});
    private static final long PAGE = 4096;

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

    private static UserGroup group(DrmFile file, int vm) {
        return new GroupClient(file)
                .create(
                        new GroupRequest(
                                vm, 1, true, 1, 1, null, List.of(new GroupRequest.Queue(0, 4096))))
                .value();
    }

    private static UserSubmitQueue mapped(DrmFile file, UserGroup group) {
        UserSubmitQueue queue = new UserSubmitQueue(file, group, 0);
        assertEquals(0, queue.mapRing() | queue.mapIo() | queue.mapDoorbell());
        return queue;
    }

    private static int vm(DrmFile file) {
        return new MemoryClient(file).createVm(0).value();
    }

    private DeviceFile device(DrmFile file) {
        return machine.device.files().get(file.fileId() - 1);
    }

    private DbRing lastRing() {
        return machine.of(DbRing.class).stream()
                .filter(e -> e.by() == Ringer.USER_PAGE)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    // ---- what a ring hits

    @Test
    void onSlotTheFirmwareReadsInsertAgain() {
        run(() -> {
            DrmFile file = process.open();
            UserSubmitQueue queue = mapped(file, group(file, vm(file)));
            queue.submit(NOTHING, Notify.KICK);
            machine.sim.sleep(5 * Machine.MS);
            queue.write(NOTHING);
            queue.storeInsert();
            int before = machine.of(FwCs.class).size();
            queue.ring();
            machine.sim.sleep(Machine.MS);
            assertEquals(128, queue.loadExtract());
            assertTrue(
                    machine.of(FwCs.class).stream()
                            .skip(before)
                            .anyMatch(e -> e.step() == CsStep.FETCH));
        });
        assertEquals(DoorbellPage.REAL, lastRing().page());
        assertEquals(lastRing().intendedGid(), lastRing().targetGid());
    }

    @Test
    void offSlotTheRingGoesNowhereAndAKickIsNeeded() {
        run(() -> {
            DrmFile file = process.open();
            UserSubmitQueue queue = mapped(file, group(file, vm(file)));
            queue.write(NOTHING);
            queue.storeInsert();
            queue.ring();
            machine.sim.sleep(20 * Machine.MS);
            assertEquals(0, queue.loadExtract());
            queue.kick();
            machine.sim.sleep(5 * Machine.MS);
            assertEquals(64, queue.loadExtract());
        });
        assertEquals(DoorbellPage.DUMMY, lastRing().page());
        assertNull(lastRing().targetGid());
    }

    @Test
    void ofADestroyedGroupWhoseHandleIsFreeTheLookUpFails() {
        run(() -> {
            DrmFile file = process.open();
            UserGroup group = group(file, vm(file));
            UserSubmitQueue queue = mapped(file, group);
            assertEquals(0, new GroupClient(file).destroy(group.handle()));
            queue.ring();
        });
        DbFault fault = machine.of(DbFault.class).getLast();
        assertNull(fault.gid());
        assertEquals(FaultPage.DUMMY, fault.page());
        assertNull(lastRing().intendedGid());
    }

    @Test
    void ofADestroyedGroupWhoseHandleIsUsedAgainItRingsTheNewGroup() {
        run(() -> {
            DrmFile file = process.open();
            int vm = vm(file);
            UserGroup old = group(file, vm);
            UserSubmitQueue stale = mapped(file, old);
            assertEquals(0, new GroupClient(file).destroy(old.handle()));
            UserGroup fresh = group(file, vm);
            assertEquals(old.handle(), fresh.handle());
            mapped(file, fresh).submit(NOTHING, Notify.KICK);
            machine.sim.sleep(5 * Machine.MS);
            stale.ring();
            assertEquals(fresh.identity(), lastRing().intendedGid());
            assertEquals(fresh.identity(), lastRing().targetGid());
        });
        assertEquals(DoorbellPage.REAL, lastRing().page());
    }

    @Test
    void whileTheDeviceSleepsTheRingGoesNowhereAndWakesNobody() {
        run(() -> {
            DrmFile file = process.open();
            UserSubmitQueue queue = mapped(file, group(file, vm(file)));
            queue.submit(NOTHING, Notify.KICK);
            machine.sim.sleep(200 * Machine.MS);
            assertEquals(RuntimePm.State.SUSPENDED, machine.device.pm().state());
            queue.write(NOTHING);
            queue.storeInsert();
            queue.ring();
            machine.sim.sleep(100 * Machine.MS);
            assertEquals(RuntimePm.State.SUSPENDED, machine.device.pm().state());
            assertEquals(64, queue.loadExtract());
        });
        assertEquals(DoorbellPage.DUMMY, lastRing().page());
    }

    @Test
    void ofAnUnpluggedDeviceTheTouchIsABusError() {
        run(() -> {
            DrmFile file = process.open();
            UserSubmitQueue queue = mapped(file, group(file, vm(file)));
            machine.device.scheduler().kernel().drmDevice().unplug();
            assertThrows(Mapping.BusError.class, queue::ring);
        });
        assertEquals(FaultPage.SIGBUS, machine.of(DbFault.class).getLast().page());
    }

    @Test
    void readAndExecAreRefusedAndCanBeAddedLater() {
        run(() -> {
            DrmFile file = process.open();
            UserGroup group = group(file, vm(file));
            long at = group.queues().getFirst().doorbell();
            for (int prot : new int[] {Mapping.READ, Mapping.EXEC}) {
                assertEquals(
                        Errno.EINVAL, device(file).mmap(at, PAGE, Mapping.WRITE | prot).errno());
            }
            Mapping mapping = map(file, at, PAGE, Mapping.WRITE);
            assertEquals(0, mapping.mprotect(Mapping.READ | Mapping.WRITE | Mapping.EXEC));
        });
    }

    /// D5: nothing is mapped for writing alone.
    @Test
    void theDummyPageCarriesAWordFromOneProcessToAnother() {
        run(() -> {
            DrmFile file = process.open();
            UserGroup group = group(file, vm(file));
            Mapping sender = map(file, group.queues().getFirst().doorbell(), PAGE, Mapping.WRITE);
            DeviceFile spy = machine.device.open("spy", new UserMemory());
            Mapping reader = spy.mmap(MmapSpace.doorbellOffset(7), PAGE, Mapping.WRITE).mapping();
            assertNotNull(reader);
            assertEquals(0, reader.load32(16));
            sender.store32(16, 0x1234);
            assertEquals(0x1234, reader.load32(16));
        });
    }

    // ---- mmap

    private Mapping map(DrmFile file, long offset, long length, int prot) {
        DeviceFile.MmapResult result = device(file).mmap(offset, length, prot);
        assertEquals(0, result.errno());
        @Nullable Mapping mapping = result.mapping();
        assertNotNull(mapping);
        return mapping;
    }

    @Test
    void offsetsAreThoseOfTheHandle64KibApart() {
        run(() -> {
            DrmFile file = process.open();
            int vm = vm(file);
            for (int handle = 1; handle <= 3; handle++) {
                UserGroup.Offsets offsets = group(file, vm).queues().getFirst();
                assertEquals(0x0100_0400_0000_0000L + (handle - 1) * 0x10000L, offsets.doorbell());
            }
            assertEquals(
                    Errno.EINVAL,
                    device(file).mmap(0x0100_0400_0080_0000L, PAGE, Mapping.WRITE).errno());
            assertEquals(0, device(file).mmap(0x0100_0400_007f_0000L, PAGE, Mapping.WRITE).errno());
        });
    }

    @Test
    void theSameOffsetInTwoFilesNamesTwoGroups() {
        run(() -> {
            DrmFile first = process.open();
            DrmFile second = process.open();
            UserGroup a = group(first, vm(first));
            UserGroup b = group(second, vm(second));
            assertEquals(a.queues().getFirst().doorbell(), b.queues().getFirst().doorbell());
            mapped(first, a).ring();
            assertEquals(a.identity(), lastRing().intendedGid());
            mapped(second, b).ring();
            assertEquals(b.identity(), lastRing().intendedGid());
        });
    }

    @Test
    void ringAndUserIoCanBeReadAndWrittenByTheirFileAlone() {
        run(() -> {
            DrmFile file = process.open();
            DrmFile other = process.open();
            UserGroup.Offsets offsets = group(file, vm(file)).queues().getFirst();
            int both = Mapping.READ | Mapping.WRITE;
            Mapping io = map(file, offsets.userIo(), 2 * PAGE, both);
            io.store64(PAGE, io.load64(PAGE));
            Mapping ring = map(file, offsets.ring(), PAGE, both);
            ring.store64(0, ring.load64(0));
            assertEquals(Errno.EACCES, device(other).mmap(offsets.ring(), PAGE, both).errno());
            assertEquals(Errno.EACCES, device(other).mmap(offsets.userIo(), PAGE, both).errno());
            assertEquals(Errno.EINVAL, device(file).mmap(offsets.ring(), 2 * PAGE, both).errno());
            assertEquals(Errno.EINVAL, device(file).mmap(offsets.userIo(), 0, both).errno());
        });
    }

    @Test
    void whatIsMappedStaysWhenTheGroupIsGoneButNothingNewIsMapped() {
        run(() -> {
            DrmFile file = process.open();
            UserGroup group = group(file, vm(file));
            UserGroup.Offsets offsets = group.queues().getFirst();
            int both = Mapping.READ | Mapping.WRITE;
            Mapping ring = map(file, offsets.ring(), PAGE, both);
            new GroupClient(file).destroy(group.handle());
            machine.sim.sleep(5 * Machine.MS);
            ring.store64(0, ring.load64(0));
            assertEquals(Errno.EACCES, device(file).mmap(offsets.ring(), PAGE, both).errno());
            assertEquals(Errno.EINVAL, device(file).mmap(offsets.userIo(), PAGE, both).errno());
        });
        assertEquals(1, machine.of(GroupRelease.class).size());
    }

    @Test
    void theFlushIdPageCannotBeMadeWritable() {
        run(() -> {
            DrmFile file = process.open();
            Mapping page = map(file, MmapSpace.FLUSH_ID, PAGE, Mapping.READ);
            assertEquals(Errno.EACCES, page.mprotect(Mapping.READ | Mapping.WRITE));
            assertEquals(0, page.mprotect(Mapping.READ | Mapping.EXEC));
            assertEquals(
                    Errno.EINVAL,
                    device(file)
                            .mmap(MmapSpace.FLUSH_ID, PAGE, Mapping.READ | Mapping.WRITE)
                            .errno());
        });
    }

    // ---- closing

    @Test
    void aMappingKeepsTheFileAfterItsDescriptorIsClosed() {
        run(() -> {
            DrmFile file = process.open();
            UserSubmitQueue queue = mapped(file, group(file, vm(file)));
            file.close();
            assertTrue(machine.of(FileClose.class).isEmpty());
            assertEquals(Errno.EBADF, new GroupClient(file).kick(1, 1));
            queue.ring();
            queue.unmap();
            assertEquals(1, machine.of(FileClose.class).size());
        });
        assertFalse(machine.device.files().getFirst().isOpen());
        assertEquals(1, machine.of(GroupRelease.class).size());
    }
}
