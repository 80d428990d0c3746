package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.panscope.core.uapi.BoCreateArgs;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.SyncobjWaitArgs;
import org.panscope.core.uapi.UserMemory;
import org.panscope.trace.event.KernelEvent.IoctlEnter;

import java.nio.ByteBuffer;

/// How the DRM core copies argument structs, whatever size the caller's headers gave them.
class DrmIoctlTest {
    @Test
    void whatAShortStructLacksIsZero() {
        RawProcess.run(raw -> {
            ByteBuffer args = UserMemory.struct(12);
            args.putLong(BoCreateArgs.BO_SIZE, 1);
            assertEquals(0, raw.call(Ioctl.BO_CREATE.withSize(12), args));
            assertEquals(4096, args.getLong(BoCreateArgs.BO_SIZE));
            assertEquals(2, raw.bo(1));
        });
    }

    @Test
    void whatALongStructHasMoreIsNotLookedAtAndComesBack() {
        RawProcess.run(raw -> {
            ByteBuffer args = UserMemory.struct(BoCreateArgs.SIZE + 8);
            args.putLong(BoCreateArgs.BO_SIZE, 1).putLong(BoCreateArgs.SIZE, 77);
            assertEquals(0, raw.call(Ioctl.BO_CREATE.withSize(args.capacity()), args));
            assertEquals(1, args.getInt(BoCreateArgs.HANDLE));
            assertEquals(77, args.getLong(BoCreateArgs.SIZE));
        });
    }

    @Test
    void aStructOutsideOfMemoryIsAFault() {
        RawProcess.run(raw ->
                assertEquals(Errno.EFAULT, raw.file.ioctl(Ioctl.BO_CREATE.request(), new byte[8])));
    }

    @Test
    void aStructIsCopiedOnlyInTheDirectionsBothSidesKnow() {
        RawProcess.run(raw -> {
            ByteBuffer args = UserMemory.struct(BoCreateArgs.SIZE);
            args.putLong(BoCreateArgs.BO_SIZE, 1);
            int writeOnly = Ioctl.BO_CREATE.request() & 0x7fff_ffff;
            assertEquals(0, raw.call(writeOnly, args));
            assertEquals(0, args.getInt(BoCreateArgs.HANDLE));
            int readOnly = (Ioctl.BO_CREATE.request() & 0x3fff_ffff) | 0x8000_0000;
            assertEquals(Errno.EINVAL, raw.call(readOnly, args));
        });
    }

    @Test
    void aWaitOfHeadersWithoutDeadlineWorks() {
        RawProcess.run(raw -> {
            int syncobj = raw.syncobj(1);
            ByteBuffer args = UserMemory.struct(32);
            args.putLong(SyncobjWaitArgs.HANDLES, raw.u32s(syncobj));
            args.putInt(SyncobjWaitArgs.COUNT_HANDLES, 1);
            assertEquals(0, raw.call(0xc020_64c3, args));
            assertEquals(0, args.getInt(SyncobjWaitArgs.FIRST_SIGNALED));
        });
    }

    @Test
    void unknownNumbersAreInvalidAndOtherTypesAreNoIoctlsOfTheDevice() {
        RawProcess.run(raw -> {
            assertEquals(Errno.EINVAL, raw.file.ioctl(0xc010_6452, new byte[16]));
            assertEquals(Errno.EINVAL, raw.file.ioctl(0xc010_6401, new byte[16]));
            assertEquals(Errno.ENOTTY, raw.file.ioctl(0xc010_6540, new byte[16]));
        });
    }

    @Test
    void theTraceTellsWhoseNumbersTheyAre() {
        Machine rfc = RawProcess.run(raw -> raw.bo(1));
        Machine mainline = RawProcess.run(new Machine(1, RawProcess.MAINLINE), raw -> raw.bo(1));
        assertTrue(rfc.of(IoctlEnter.class).stream().allMatch(e -> e.dialect().equals(Ioctl.RFC)));
        assertTrue(
                mainline.of(IoctlEnter.class).stream()
                        .allMatch(e -> e.dialect().equals(Ioctl.MAINLINE)));
    }
}
