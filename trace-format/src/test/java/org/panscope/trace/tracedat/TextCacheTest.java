package org.panscope.trace.tracedat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class TextCacheTest {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzäöü0123456789";

    private final TextCache texts = new TextCache();

    private String text(byte[] bytes, int at, int most) {
        return texts.text(bytes, at, most);
    }

    private static byte[] bytes(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[3 + utf8.length + TextCache.SLACK];
        System.arraycopy(utf8, 0, bytes, 3, utf8.length);
        for (int i = 0; i < TextCache.SLACK; i++) {
            bytes[3 + utf8.length + i] = 'x';
        }
        return bytes;
    }

    @Test
    void textsEndAtTheirRangeOrAtNul() {
        for (int length = 0; length <= LETTERS.length(); length++) {
            String wanted = LETTERS.substring(0, length);
            int utf8 = wanted.getBytes(StandardCharsets.UTF_8).length;
            assertEquals(wanted, text(bytes(wanted), 3, utf8));
            assertEquals(wanted, text(bytes(wanted + "\0more"), 3, utf8 + 5));
            assertEquals("", text(bytes("\0" + wanted), 3, utf8 + 1));
        }
    }

    @Test
    void theSameShortTextIsTheSameString() {
        String first = text(bytes("panthor-queue-3-1-0"), 3, 19);
        assertSame(first, text(bytes("panthor-queue-3-1-0\0behind"), 3, 26));
    }
}
