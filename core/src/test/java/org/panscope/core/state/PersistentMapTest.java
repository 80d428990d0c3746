package org.panscope.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;

class PersistentMapTest {

    @Test
    void behavesAsATreeMapAndNeverChangesOldVersions() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            PersistentMap<Integer, Integer> map = PersistentMap.empty();
            TreeMap<Integer, Integer> model = new TreeMap<>();
            List<PersistentMap<Integer, Integer>> versions = new ArrayList<>();
            List<TreeMap<Integer, Integer>> models = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int key = random.nextInt(100);
                if (random.nextInt(3) == 0) {
                    map = map.without(key);
                    model.remove(key);
                } else {
                    map = map.with(key, i);
                    model.put(key, i);
                }
                versions.add(map);
                models.add(new TreeMap<>(model));
                int from = random.nextInt(100);
                int to = from + random.nextInt(50);
                assertEquals(model.subMap(from, to), map.subMap(from, to), "seed=" + seed);
                assertEquals(model.subMap(from, to).size(), map.subMap(from, to).size());
                assertEquals(model.floorEntry(key), map.floor(key));
            }
            for (int i = 0; i < versions.size(); i++) {
                assertEquals(models.get(i), versions.get(i), "seed=" + seed + " version=" + i);
            }
        }
    }

    @Test
    void staysShallow() {
        PersistentMap<Integer, Integer> map = PersistentMap.empty();
        for (int i = 0; i < 100_000; i++) {
            map = map.with(i, i);
        }
        assertEquals(100_000, map.size());
        assertEquals(99_999, map.lastKey());
        assertEquals(0, map.firstKey());
    }

    @Test
    void emptyRangesHaveNoFirstKey() {
        PersistentMap<Integer, Integer> map = PersistentMap.<Integer, Integer>empty().with(5, 5);
        assertThrows(NoSuchElementException.class, () -> map.subMap(1, 5).firstKey());
        assertThrows(NoSuchElementException.class, () -> map.subMap(6, 9).lastKey());
        assertNull(map.subMap(1, 5).get(5));
        assertSame(map, map.without(6));
    }
}
