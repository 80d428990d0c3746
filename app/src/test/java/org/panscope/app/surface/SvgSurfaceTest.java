package org.panscope.app.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import java.io.StringReader;

import javax.xml.parsers.DocumentBuilderFactory;

class SvgSurfaceTest {
    @Test
    void hostileTextStaysTextAndTheDocumentWellFormed() throws Exception {
        SvgSurface surface = new SvgSurface(100, 50);
        String hostile = "</text><script>&\u0000\ud800 \"x\" ]]>";
        surface.text(hostile, 1, 2, FontRole.ROW, 0xff000000);
        Document document = parse(surface.document(hostile));
        assertEquals(0, document.getElementsByTagName("script").getLength());
        String text = document.getElementsByTagName("text").item(0).getTextContent();
        assertTrue(text.startsWith("</text><script>&\ufffd\ufffd"), text);
    }

    @Test
    void everyShapeIsWrittenAndClipsAreClosed() throws Exception {
        SvgSurface surface = new SvgSurface(100, 50);
        surface.clip(0, 0, 10, 10);
        for (Pattern pattern : Pattern.values()) {
            surface.fillRect(1, 2, 30, 20, new Fill(0x80ff0000, pattern, 0xff000000));
        }
        surface.clip(0, 0, 20, 20);
        surface.line(0, 0, 1, 1, 0xff00ff00, 2);
        surface.polyline(new double[] {0, 1, 2}, new double[] {0, 1, 0}, 2, 0xff0000ff, 1);
        surface.polygon(new double[] {0, 1, 2}, new double[] {0, 1, 0}, 0xff0000ff);
        Document document = parse(surface.document("shapes"));
        assertEquals(2, document.getElementsByTagName("clipPath").getLength());
        assertEquals(1, document.getElementsByTagName("polygon").getLength());
        assertFalse(surface.document("x").contains("NaN"));
    }

    @Test
    void patternsStayInsideTheirArea() {
        for (Pattern pattern : Pattern.values()) {
            PatternLines.draw(
                    pattern,
                    13,
                    27,
                    40,
                    11,
                    new PatternLines.Pen() {
                        @Override
                        public void line(double x1, double y1, double x2, double y2) {
                            inside(x1, y1);
                            inside(x2, y2);
                        }

                        @Override
                        public void dot(double x, double y, double size) {
                            inside(x, y);
                            inside(x + size, y + size);
                        }

                        private void inside(double x, double y) {
                            assertTrue(x >= 13 && x <= 53 && y >= 27 && y <= 38, x + " " + y);
                        }
                    });
        }
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
    }
}
