package org.panscope.core.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

class NumberMapTest {
    @Test
    void holdsWhatAnyMapWouldHold() {
        NumberMap map = new NumberMap();
        Map<Long, Long> wanted = new TreeMap<>();
        Random random = new Random(5);
        for (int step = 0; step < 200_000; step++) {
            long key = (random.nextInt(600) - 300) * 0x1_0000_0001L;
            switch (random.nextInt(4)) {
                case 0 -> {
                    map.put(key, step);
                    wanted.put(key, (long) step);
                }
                case 1 -> {
                    map.putIfAbsent(key, step);
                    wanted.putIfAbsent(key, (long) step);
                }
                case 2 -> assertEquals(orAbsent(wanted.remove(key)), map.remove(key));
                default -> assertEquals(orAbsent(wanted.get(key)), map.get(key));
            }
            assertEquals(wanted.size(), map.size());
        }
    }

    private static long orAbsent(@Nullable Long value) {
        return value == null ? NumberMap.ABSENT : value;
    }
}
