package org.panscope.app.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.InputStream;

class TextMetricsTest {
    private static final String TEXT = "queue 0 → blocked: µs 0x7f00… Ärger";

    @Test
    void widthsAgreeWithWhatJava2dDraws() throws Exception {
        for (FontRole role : FontRole.values()) {
            try (InputStream in = TextMetrics.class.getResourceAsStream(role.resource())) {
                Font font = Font.createFont(Font.TRUETYPE_FONT, in).deriveFont((float) role.size());
                double java2d =
                        font.getStringBounds(TEXT, new FontRenderContext(null, true, true))
                                .getWidth();
                assertEquals(java2d, TextMetrics.width(TEXT, role), 0.6, role.name());
            }
        }
    }

    @Test
    void textThatFitsIsLeftAlone() {
        double width = TextMetrics.width("executing", FontRole.LABEL);
        assertEquals("executing", TextMetrics.fit("executing", FontRole.LABEL, width));
    }

    @Test
    void shortenedTextFitsAtEveryWidth() {
        for (double room = 0; room < 200; room += 0.5) {
            String start = TextMetrics.fit(TEXT, FontRole.LABEL, room);
            String end = TextMetrics.fitEnd(TEXT, FontRole.LABEL, room);
            assertTrue(TextMetrics.width(start, FontRole.LABEL) <= room);
            assertTrue(TextMetrics.width(end, FontRole.LABEL) <= room);
        }
    }

    @Test
    void namesThatDifferAtTheirEndKeepIt() {
        String name = TextMetrics.fitEnd("vm 1 0x7f0000100010", FontRole.ROW, 90);
        assertTrue(name.startsWith("…"), name);
        assertTrue(name.endsWith("100010"), name);
    }
}
