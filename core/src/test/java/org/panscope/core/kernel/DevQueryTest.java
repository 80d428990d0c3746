package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.panscope.core.uapi.CsifInfo;
import org.panscope.core.uapi.DevQueryArgs;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.GpuInfo;
import org.panscope.core.uapi.GroupPrioritiesInfo;
import org.panscope.core.uapi.Ioctl;
import org.panscope.core.uapi.MmuInfo;
import org.panscope.core.uapi.TimestampInfo;
import org.panscope.trace.event.SchedEvent.Pm;
import org.panscope.trace.event.SchedEvent.PmOwner;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// DEV_QUERY: its validation table and what it answers.
class DevQueryTest {
    private static final int RFC = 1;
    private static final int MAINLINE = 2;
    private static final int BOTH = RFC | MAINLINE;

    /// A query with room for some bytes; -1 asks for the size, -2 is a bad pointer.
    enum Row {
        GPU_INFO_SIZE(0, RFC, DevQueryArgs.GPU_INFO, -1, GpuInfo.BASE_SIZE),
        GPU_INFO_SIZE_2026(0, MAINLINE, DevQueryArgs.GPU_INFO, -1, GpuInfo.SIZE),
        CSIF_INFO_SIZE(0, BOTH, DevQueryArgs.CSIF_INFO, -1, CsifInfo.SIZE),
        TIMESTAMP_INFO_SIZE(0, MAINLINE, DevQueryArgs.TIMESTAMP_INFO, -1, TimestampInfo.SIZE),
        PRIORITIES_SIZE(
                0, MAINLINE, DevQueryArgs.GROUP_PRIORITIES_INFO, -1, GroupPrioritiesInfo.SIZE),
        MMU_INFO_SIZE(0, MAINLINE, DevQueryArgs.MMU_INFO, -1, MmuInfo.SIZE),
        UNKNOWN_TYPE_WITHOUT_POINTER(Errno.EINVAL, BOTH, 5, -1, 0),
        UNKNOWN_TYPE(Errno.EINVAL, BOTH, 5, 64, 64),
        TIMESTAMP_INFO_BEFORE_V6_13(Errno.EINVAL, RFC, DevQueryArgs.TIMESTAMP_INFO, 24, 24),
        PRIORITIES_BEFORE_V6_13(Errno.EINVAL, RFC, DevQueryArgs.GROUP_PRIORITIES_INFO, 4, 4),
        MMU_INFO_BEFORE_2026(Errno.EINVAL, RFC, DevQueryArgs.MMU_INFO, 8, 8),
        GPU_INFO_BELOW_ITS_MINIMUM(Errno.EINVAL, BOTH, DevQueryArgs.GPU_INFO, 95, 95),
        CSIF_INFO_BELOW_ITS_MINIMUM(Errno.EINVAL, BOTH, DevQueryArgs.CSIF_INFO, 23, 23),
        TIMESTAMP_INFO_BELOW_ITS_MINIMUM(
                Errno.EINVAL, MAINLINE, DevQueryArgs.TIMESTAMP_INFO, 15, 15),
        PRIORITIES_BELOW_THEIR_MINIMUM(
                Errno.EINVAL, MAINLINE, DevQueryArgs.GROUP_PRIORITIES_INFO, 3, 3),
        GPU_INFO_AT_ITS_MINIMUM(0, BOTH, DevQueryArgs.GPU_INFO, 96, 96),
        GPU_INFO_WITH_MORE_ROOM(0, BOTH, DevQueryArgs.GPU_INFO, 200, 200),
        GPU_INFO_COPY_FAILURE(Errno.EFAULT, BOTH, DevQueryArgs.GPU_INFO, -2, 200),
        CSIF_INFO(0, BOTH, DevQueryArgs.CSIF_INFO, 24, 24),
        TIMESTAMP_INFO_OF_V6_13(0, MAINLINE, DevQueryArgs.TIMESTAMP_INFO, 24, 24),
        MMU_INFO(0, MAINLINE, DevQueryArgs.MMU_INFO, 8, 8);

        private final int errno;
        private final int drivers;
        private final int type;
        private final int room;
        private final int size;

        Row(int errno, int drivers, int type, int room, int size) {
            this.errno = errno;
            this.drivers = drivers;
            this.type = type;
            this.room = room;
            this.size = size;
        }
    }

    @ParameterizedTest
    @EnumSource
    void devQueryAnswersAsTheTableSays(Row row) {
        if ((row.drivers & RFC) != 0) {
            RawProcess.run(raw -> check(row, raw));
        }
        if ((row.drivers & MAINLINE) != 0) {
            RawProcess.run(new Machine(1, RawProcess.MAINLINE), raw -> check(row, raw));
        }
    }

    private static void check(Row row, RawProcess raw) {
        ByteBuffer args = RawProcess.args(Ioctl.DEV_QUERY).putInt(DevQueryArgs.TYPE, row.type);
        if (row.room >= 0) {
            args.putInt(DevQueryArgs.QUERY_SIZE, row.room);
            args.putLong(DevQueryArgs.POINTER, raw.memory.place(new byte[row.room]));
        } else if (row.room == -2) {
            args.putInt(DevQueryArgs.QUERY_SIZE, row.size);
            args.putLong(DevQueryArgs.POINTER, 16);
        }
        assertEquals(row.errno, raw.call(Ioctl.DEV_QUERY, args));
        assertEquals(row.size, args.getInt(DevQueryArgs.QUERY_SIZE));
    }

    private static ByteBuffer ask(RawProcess raw, int type, byte[] into) {
        ByteBuffer args = RawProcess.args(Ioctl.DEV_QUERY).putInt(DevQueryArgs.TYPE, type);
        long at = raw.memory.place(into);
        args.putInt(DevQueryArgs.QUERY_SIZE, into.length);
        args.putLong(DevQueryArgs.POINTER, at);
        assertEquals(0, raw.call(Ioctl.DEV_QUERY, args));
        return raw.read(at, into.length);
    }

    @Test
    void gpuInfoIsWhatTheRegistersSayAndItsTailIsZero() {
        RawProcess.run(raw -> {
            byte[] full = new byte[GpuInfo.SIZE];
            Arrays.fill(full, (byte) 0xee);
            ByteBuffer info = ask(raw, DevQueryArgs.GPU_INFO, full);
            assertEquals(0xa, info.getInt(GpuInfo.GPU_ID) >>> 28);
            assertEquals(0x2830, info.getInt(GpuInfo.MMU_FEATURES));
            assertEquals(
                    Long.bitCount(raw.machine.gpu.registers().read64(0x100)),
                    Long.bitCount(info.getLong(GpuInfo.SHADER_PRESENT)));
            assertEquals(
                    raw.machine.gpu.registers().read32(0xa0), info.getInt(GpuInfo.MAX_THREADS));
            assertEquals(
                    raw.machine.gpu.registers().read32(0xbc),
                    info.getInt(GpuInfo.TEXTURE_FEATURES + 12));
            assertEquals(0, info.getLong(GpuInfo.GPU_FEATURES));
        });
    }

    @Test
    void timestampInfoPowersTheDeviceUpAndTellsWhatWasWanted() {
        Machine machine =
                RawProcess.run(
                        new Machine(1, RawProcess.MAINLINE),
                        raw -> {
                            ByteBuffer old = ask(raw, DevQueryArgs.TIMESTAMP_INFO, new byte[24]);
                            assertEquals(
                                    24_000_000, old.getLong(TimestampInfo.TIMESTAMP_FREQUENCY));
                            byte[] wish = new byte[TimestampInfo.SIZE];
                            wish[TimestampInfo.FLAGS] =
                                    TimestampInfo.GPU_CYCLE_COUNT | TimestampInfo.FREQ | 1 << 1;
                            ByteBuffer info = ask(raw, DevQueryArgs.TIMESTAMP_INFO, wish);
                            assertEquals(0, info.getLong(TimestampInfo.CURRENT_TIMESTAMP));
                            assertEquals(true, info.getLong(TimestampInfo.CPU_TIMESTAMP_NSEC) > 0);
                        });
        assertEquals(
                true, machine.of(Pm.class).stream().anyMatch(pm -> pm.owner() == PmOwner.IOCTL));
    }

    @Test
    void timestampInfoRefusesUnknownWishes() {
        RawProcess.run(
                new Machine(1, RawProcess.MAINLINE),
                raw -> {
                    byte[] wish = new byte[TimestampInfo.SIZE];
                    wish[TimestampInfo.FLAGS + 1] = 1;
                    ByteBuffer args = RawProcess.args(Ioctl.DEV_QUERY);
                    args.putInt(DevQueryArgs.TYPE, DevQueryArgs.TIMESTAMP_INFO);
                    args.putInt(DevQueryArgs.QUERY_SIZE, wish.length);
                    args.putLong(DevQueryArgs.POINTER, raw.memory.place(wish));
                    assertEquals(Errno.EINVAL, raw.call(Ioctl.DEV_QUERY, args));
                });
    }

    @Test
    void mmuInfoNamesThePageSizes() {
        RawProcess.run(
                new Machine(1, RawProcess.MAINLINE),
                raw ->
                        assertEquals(
                                (1L << 12) | (1L << 21),
                                ask(raw, DevQueryArgs.MMU_INFO, new byte[8])
                                        .getLong(MmuInfo.PAGE_SIZE_BITMAP)));
    }
}
