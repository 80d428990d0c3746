package org.panscope.trace.tracedat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

class TimeShiftTest {
    private static final long PEER = 0x1122_3344_5566_7788L;

    /// @param columns for each CPU: times, offsets, scalings
    private static TimeShift shift(int flags, long[] fractions, long[][]... columns)
            throws DatFormatException {
        ByteBuffer data = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        data.putLong(PEER).putInt(flags).putInt(columns.length);
        for (long[][] cpu : columns) {
            data.putInt(cpu[0].length);
            for (long[] column : cpu) {
                for (long value : column) {
                    data.putLong(value);
                }
            }
        }
        for (long fraction : fractions) {
            data.putLong(fraction);
        }
        byte[] bytes = new byte[data.position()];
        data.flip().get(bytes);
        return new TimeShift(
                new DatBytes(MemorySegment.ofArray(bytes), ByteOrder.LITTLE_ENDIAN, "test", 0));
    }

    @Test
    void oneSampleIsAnOffset() throws DatFormatException {
        TimeShift shift = shift(0, new long[0], new long[][] {{10}, {-4}, {1}});
        assertEquals(PEER, shift.peer());
        assertEquals(96, shift.toHost(100, 0));
        assertEquals(100, shift.toHost(100, 1));
    }

    @Test
    void theSamplesAroundATimeDecide() throws DatFormatException {
        long[][] cpu = {{300, 100, 200}, {30, 10, 20}, {1, 1, 1}};
        TimeShift stepwise = shift(0, new long[0], cpu);
        assertEquals(50 + 10, stepwise.toHost(50, 0));
        assertEquals(150 + 10, stepwise.toHost(150, 0));
        assertEquals(250 + 20, stepwise.toHost(250, 0));
        assertEquals(900 + 20, stepwise.toHost(900, 0));
        TimeShift sloped = shift(1, new long[0], cpu);
        assertEquals(150 + 15, sloped.toHost(150, 0));
        assertEquals(250 + 25, sloped.toHost(250, 0));
    }

    @Test
    void scalingHasBinaryPlaces() throws DatFormatException {
        TimeShift shift = shift(0, new long[] {4, 4}, new long[][] {{0, 1000}, {7, 7}, {24, 24}});
        assertEquals(150 + 7, shift.toHost(100, 0));
        assertEquals((1L << 61) / 2 * 3 + 7, shift.toHost(1L << 61, 0));
    }

    @Test
    void claimsOfTooManySamplesAreRefused() {
        assertThrows(
                DatFormatException.class,
                () -> {
                    byte[] bytes = new byte[20];
                    ByteBuffer.wrap(bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(12, 1)
                            .putInt(16, Integer.MAX_VALUE);
                    new TimeShift(
                            new DatBytes(
                                    MemorySegment.ofArray(bytes),
                                    ByteOrder.LITTLE_ENDIAN,
                                    "test",
                                    0));
                });
    }
}
