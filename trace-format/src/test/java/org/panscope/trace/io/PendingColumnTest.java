package org.panscope.trace.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

class PendingColumnTest {
    private final PendingColumn column = new PendingColumn();

    private void check(long... numbers) {
        for (long number : numbers) {
            column.add(number);
        }
        assertEquals(numbers.length, column.size());
        long[] room = new long[numbers.length];
        assertArrayEquals(numbers, Arrays.copyOf(column.values(room), numbers.length));
        column.clear();
        assertEquals(0, column.size());
    }

    @Test
    void numbersComeBackWhereverTheyBecomeDifferentOrWide() {
        check();
        check(7);
        check(7, 7, 7);
        check(Long.MIN_VALUE, Long.MIN_VALUE);
        check(7, 7, Integer.MAX_VALUE, Integer.MIN_VALUE);
        check(7, 7, Integer.MAX_VALUE + 1L);
        check(Long.MAX_VALUE, 1);
        check(1, 2, 1L << 31, 3);
        check(0, -1, Integer.MIN_VALUE - 1L);
    }

    @Test
    void aColumnServesChunkAfterChunk() {
        Random random = new Random(1);
        for (int chunk = 0; chunk < 500; chunk++) {
            int width = random.nextInt(1, 64);
            long first = random.nextLong() >> width;
            int change = random.nextInt(400);
            LongSupplier next = () -> random.nextLong() >> random.nextInt(width, 64);
            check(
                    LongStream.range(0, random.nextInt(400))
                            .map(i -> i < change ? first : next.getAsLong())
                            .toArray());
        }
    }
}
