package org.panscope.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/// The order of names: kinds first, then keys, with the numbers in them counting as numbers.
class ObjectIdTest {
    private static final List<String> ORDERED =
            List.of(
                    "as:1",
                    "bo:2",
                    "bo:9",
                    "bo:10",
                    "bo:100",
                    "fence:2:3",
                    "fence:2:10",
                    "fence:10:1",
                    "iface:CSG0",
                    "iface:CSG0.CS0",
                    "iface:CSG0.CS1",
                    "iface:CSG2",
                    "iface:CSG10",
                    "queue:1.0",
                    "queue:1.2",
                    "queue:1.10",
                    "queue:12.0",
                    "sync:1@0x100",
                    "sync:1@0x200",
                    "sync:1@0xa00");

    @Test
    void namesAreOrderedByTheNumbersInThem() {
        for (int i = 0; i < ORDERED.size(); i++) {
            for (int j = 0; j < ORDERED.size(); j++) {
                ObjectId a = ObjectId.parse(ORDERED.get(i));
                ObjectId b = ObjectId.parse(ORDERED.get(j));
                assertEquals(Integer.compare(i, j), Integer.signum(a.compareTo(b)), a + " " + b);
            }
        }
    }

    @Test
    void equalNamesCompareAsEqualAndOthersDoNot() {
        assertEquals(0, ObjectId.of("bo", 7).compareTo(ObjectId.parse("bo:7")));
        assertTrue(ObjectId.parse("bo:7").compareTo(ObjectId.parse("bo:07")) != 0);
    }
}
