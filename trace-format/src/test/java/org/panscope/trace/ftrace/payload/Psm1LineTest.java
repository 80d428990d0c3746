package org.panscope.trace.ftrace.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class Psm1LineTest {
    private final Psm1Line line = new Psm1Line(new MarkerKeys());

    private Map<String, String> pairs(String text) {
        assertTrue(line.read(text), text);
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int pair = 0; pair < line.size(); pair++) {
            pairs.put(line.key(pair).word(), line.text(pair));
        }
        return pairs;
    }

    @Test
    void pairsKeepTheirOrder() {
        Map<String, String> pairs =
                pairs("psm1 que g=1 q=0 rb=0x7fff01000000 sz=0x10000 mode=user");

        assertEquals("que", line.verb());
        assertEquals(List.of("g", "q", "rb", "sz", "mode"), List.copyOf(pairs.keySet()));
        assertEquals("0x7fff01000000", pairs.get("rb"));
        assertEquals("user", pairs.get("mode"));
    }

    @Test
    void onlyShortDecimalsAreReadWithoutTheirText() {
        assertEquals(
                Map.of("a", "0", "b", "999999999999999999", "c", "1000000000000000000"),
                pairs("psm1 sv a=0 b=999999999999999999 c=1000000000000000000"));

        assertTrue(line.isShortDecimal(0));
        assertEquals(0, line.shortDecimal(0));
        assertTrue(line.isShortDecimal(1));
        assertEquals(999_999_999_999_999_999L, line.shortDecimal(1));
        assertFalse(line.isShortDecimal(2));
        assertTrue(line.read("psm1 sv a=-1 b=0x1 c=1a d=\"\""));
        for (int pair = 0; pair < line.size(); pair++) {
            assertFalse(line.isShortDecimal(pair), line.text(pair));
        }
    }

    @Test
    void aLineLeavesNothingToTheNext() {
        pairs("psm1 note frame 7 begins");

        assertEquals(Map.of("g", "2"), pairs("psm1 ins g=2"));
        assertFalse(line.read("psm1 ins g=2 q=3 g=4"));
        assertEquals(Map.of("q", "3"), pairs("psm1 kick q=3"));
    }

    @Test
    void asManyPairsAsALineHasRoomFor() {
        StringBuilder text = new StringBuilder("psm1 ab");
        int count = 0;
        for (char first = 'a'; text.length() + 5 <= 1000; first++) {
            for (char second = '0'; second <= '9' && text.length() + 5 <= 1000; second++) {
                text.append(' ').append(first).append(second).append("=1");
                count++;
            }
            for (char second = 'a'; second <= 'z' && text.length() + 5 <= 1000; second++) {
                text.append(' ').append(first).append(second).append("=1");
                count++;
            }
        }

        assertEquals(count, pairs(text.toString()).size());
    }

    @Test
    void quotedValuesMayHoldBlanksAndNothing() {
        assertEquals(
                Map.of("umd", "pan vk", "drv", "", "x", "a=b"),
                pairs("psm1 hdr umd=\"pan vk\" drv=\"\" x=a=b"));
    }

    @Test
    void numbersAreUnsigned64Bits() {
        assertEquals(-1L, Psm1Line.asNumber("0xffffffffffffffff"));
        assertEquals(-1L, Psm1Line.asNumber("18446744073709551615"));
        assertNull(Psm1Line.asNumber("18446744073709551616"));
        assertNull(Psm1Line.asNumber("-1"));
        assertNull(Psm1Line.asNumber("0x"));
    }

    @Test
    void unknownVerbsAndKeysAreKept() {
        assertEquals(Map.of("zz9", "1"), pairs("psm1 newverb zz9=1"));
        assertEquals(Map.of(), pairs("psm1 upd"));
    }

    @Test
    void notesMayBeFreeText() {
        assertEquals(Map.of("t", "frame 7 begins"), pairs("psm1 note frame 7 begins"));
        assertEquals(Map.of("t", "frame 7"), pairs("psm1 note t=\"frame 7\""));
    }

    @Test
    void olderFormOfXgsIsALineToo() {
        assertEquals("5", pairs("psm1 xgs g=1 q=2 op=wait so=10 pt=3 id=5").get("id"));
    }

    @Test
    void everythingElseIsNoMarker() {
        for (String text :
                List.of(
                        "psm1",
                        "psm1 ",
                        "psm1 x",
                        "psm1 toolongverb a=1",
                        "psm1 Ins g=1",
                        "psm1 ins  g=1",
                        "psm1 ins g=1 ",
                        "psm1 ins g",
                        "psm1 ins g=",
                        "psm1 ins =1",
                        "psm1 ins G=1",
                        "psm1 ins toolongkey=1",
                        "psm1 ins g=\"1",
                        "psm1 ins g=\"1\"x",
                        "psm1 ins g=1\"2",
                        "psm1 ins g=1 g=2",
                        "psm1 ins g=1\n",
                        "psm2 ins g=1",
                        "psm1 rbd d=" + "0".repeat(1000))) {
            assertFalse(line.read(text), text);
        }
    }
}
