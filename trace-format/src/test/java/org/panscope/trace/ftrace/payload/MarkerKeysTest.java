package org.panscope.trace.ftrace.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MarkerKeysTest {
    private final MarkerKeys keys = new MarkerKeys();

    private MarkerKeys.Key key(String word) {
        return keys.of("psm1 ins " + word + "=1", 9, 9 + word.length());
    }

    @Test
    void everyWordIsFoundAgainThoughThereAreMoreThanPlaces() {
        for (int round = 0; round < 2; round++) {
            for (int number = 0; number < 2000; number++) {
                String word = "k" + number;
                assertEquals(word, key(word).word());
            }
        }
        assertSame(key("seq"), key("seq"));
    }

    @Test
    void namesOfFieldsEveryMarkerHasAreNotTaken() {
        assertEquals("psm1_ip", key("ip").field());
        assertEquals("psm1_verb", key("verb").field());
        assertEquals("v", key("v").field());
    }

    @Test
    void namesAndBytesStayText() {
        assertTrue(key("crc").isText());
        assertTrue(key("ring").isText());
        assertFalse(key("g").isText());
    }
}
