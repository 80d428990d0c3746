package org.panscope.trace.ftrace.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class Psm1LineTest {
    private static Psm1Line parse(String text) {
        Psm1Line line = Psm1Line.parse(text);
        assertNotNull(line, text);
        return line;
    }

    private static Map<String, String> pairs(String text) {
        Psm1Line line = parse(text);
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < line.keys().size(); i++) {
            pairs.put(line.keys().get(i), line.texts().get(i));
        }
        return pairs;
    }

    @Test
    void pairsKeepTheirOrder() {
        Psm1Line line = parse("psm1 que g=1 q=0 rb=0x7fff01000000 sz=0x10000 mode=user");

        assertEquals("que", line.verb());
        assertEquals(List.of("g", "q", "rb", "sz", "mode"), line.keys());
        assertEquals(0x7fff01000000L, line.number("rb"));
        assertEquals("user", line.text("mode"));
        assertNull(line.number("mode"));
        assertNull(line.number("prio"));
    }

    @Test
    void quotedValuesMayHoldBlanksAndNothing() {
        assertEquals(
                Map.of("umd", "pan vk", "drv", "", "x", "a=b"),
                pairs("psm1 hdr umd=\"pan vk\" drv=\"\" x=a=b"));
    }

    @Test
    void numbersAreUnsigned64Bits() {
        assertEquals(-1L, parse("psm1 sv a=0xffffffffffffffff").number("a"));
        assertEquals(-1L, parse("psm1 sv a=18446744073709551615").number("a"));
        assertNull(parse("psm1 sv a=18446744073709551616").number("a"));
        assertNull(parse("psm1 sv a=-1").number("a"));
        assertNull(parse("psm1 sv a=0x").number("a"));
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
        assertEquals(5L, parse("psm1 xgs g=1 q=2 op=wait so=10 pt=3 id=5").number("id"));
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
            assertNull(Psm1Line.parse(text), text);
        }
    }
}
