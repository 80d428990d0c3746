package org.panscope.app.surface;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Advance widths of one TrueType font, read from the font itself (tables `head`, `hhea`, `hmtx`
/// and `cmap` format 4), so that a text is as wide on every machine and in every kind of output.
final class FontWidths {
    private static final int FORMAT_BMP = 4;

    private final int unitsPerEm;
    private final int[] advances;

    private FontWidths(int unitsPerEm, int[] advances) {
        this.unitsPerEm = unitsPerEm;
        this.advances = advances;
    }

    static FontWidths load(String resource) {
        try (InputStream in = FontWidths.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("font=" + resource + " is not on the class path");
            }
            return read(ByteBuffer.wrap(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("font=" + resource, e);
        }
    }

    /// Width of one character of the basic plane at a size in px.
    double width(char c, double size) {
        return advances[c] * size / unitsPerEm;
    }

    private static FontWidths read(ByteBuffer font) {
        Map<String, Integer> tables = new TreeMap<>();
        int count = font.getShort(4);
        for (int i = 0; i < count; i++) {
            int record = 12 + 16 * i;
            byte[] tag = new byte[4];
            font.get(record, tag);
            tables.put(new String(tag, StandardCharsets.ISO_8859_1), font.getInt(record + 8));
        }
        int unitsPerEm = font.getShort(table(tables, "head") + 18) & 0xffff;
        int metrics = font.getShort(table(tables, "hhea") + 34) & 0xffff;
        int hmtx = table(tables, "hmtx");
        int[] glyphs = glyphsOfBmp(font, table(tables, "cmap"));
        int[] advances = new int[glyphs.length];
        for (int c = 0; c < glyphs.length; c++) {
            int metric = Math.min(glyphs[c], metrics - 1);
            advances[c] = font.getShort(hmtx + 4 * metric) & 0xffff;
        }
        return new FontWidths(unitsPerEm, advances);
    }

    private static int table(Map<String, Integer> tables, String tag) {
        Integer offset = tables.get(tag);
        if (offset == null) {
            throw new IllegalStateException("font has no table " + tag);
        }
        return offset;
    }

    private static int[] glyphsOfBmp(ByteBuffer font, int cmap) {
        int subtables = font.getShort(cmap + 2);
        for (int i = 0; i < subtables; i++) {
            int subtable = cmap + font.getInt(cmap + 4 + 8 * i + 4);
            if (font.getShort(subtable) == FORMAT_BMP) {
                return format4(font, subtable);
            }
        }
        throw new IllegalStateException("font has no character map of format 4");
    }

    private static int[] format4(ByteBuffer font, int subtable) {
        int[] glyphs = new int[Character.MAX_VALUE + 1];
        int doubled = font.getShort(subtable + 6) & 0xffff;
        int ends = subtable + 14;
        int starts = ends + doubled + 2;
        int deltas = starts + doubled;
        int ranges = deltas + doubled;
        for (int segment = 0; segment < doubled; segment += 2) {
            int end = font.getShort(ends + segment) & 0xffff;
            int start = font.getShort(starts + segment) & 0xffff;
            int delta = font.getShort(deltas + segment);
            int range = font.getShort(ranges + segment) & 0xffff;
            for (int c = start; c <= end && c < Character.MAX_VALUE; c++) {
                int glyph = c;
                if (range != 0) {
                    glyph = font.getShort(ranges + segment + range + 2 * (c - start)) & 0xffff;
                }
                glyphs[c] = range != 0 && glyph == 0 ? 0 : (glyph + delta) & 0xffff;
            }
        }
        return glyphs;
    }
}
