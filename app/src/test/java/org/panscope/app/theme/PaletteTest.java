package org.panscope.app.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.app.surface.Fill;
import org.panscope.core.timeline.Style;

import java.util.Set;

/// Contrast as WCAG 2 counts it: 4.5 for text, 3 for what carries meaning in a drawing.
class PaletteTest {
    private static final double TEXT = 4.5;
    private static final double GRAPHIC = 3;

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textIsReadableOnEveryBackground(String name) {
        Theme theme = Theme.named(name);
        for (int back :
                new int[] {theme.window(), theme.laneA(), theme.laneB(), theme.groupBand()}) {
            assertTrue(Palette.contrast(theme.text(), back) >= TEXT, name);
            assertTrue(Palette.contrast(theme.secondaryText(), back) >= TEXT, name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void labelsAreReadableOnEveryBar(String name) {
        Theme theme = Theme.named(name);
        for (Style style : Style.values()) {
            for (int i = 0; i < 50; i++) {
                Fill fill = theme.fill(style, "object " + i);
                double contrast = Palette.contrast(theme.textOn(fill), fill.argb());
                assertTrue(contrast >= TEXT, name + " " + style + " " + contrast);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyBarStandsOutByItsColourOrItsEdge(String name) {
        Theme theme = Theme.named(name);
        for (Style style : Style.values()) {
            if (style == Style.IDLE) {
                continue; // meant to recede; it carries its name
            }
            Fill fill = theme.fill(style, "object");
            double area = Palette.contrast(fill.argb(), theme.laneB());
            double edge = Palette.contrast(fill.inkArgb(), theme.laneB());
            assertTrue(Math.max(area, edge) >= GRAPHIC - 0.2, name + " " + style);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void glyphsStandOut(String name) {
        Theme theme = Theme.named(name);
        for (Style style : Style.values()) {
            int stroke = theme.strokeOf(theme.color(style, "object"));
            assertTrue(Palette.contrast(stroke, theme.laneB()) >= GRAPHIC, name + " " + style);
        }
    }

    @Test
    void meaningsThatMustNotBeConfusedDifferInPatternToo() {
        Fill running = Theme.LIGHT.fill(Style.RUNNING, "");
        Fill waiting = Theme.LIGHT.fill(Style.WAITING, "");
        Fill queued = Theme.LIGHT.fill(Style.QUEUED, "");
        Fill error = Theme.LIGHT.fill(Style.ERROR, "");
        assertEquals(
                4,
                Set.of(running.pattern(), waiting.pattern(), queued.pattern(), error.pattern())
                        .size());
    }

    @Test
    void identityColourFollowsTheName() {
        assertEquals(Palette.identityOf("app group 1"), Palette.identityOf("app group 1"));
        assertNotEquals(Palette.identityOf("compute group 1"), Palette.identityOf("game group 1"));
    }

    @Test
    void contrastOfBlackAndWhiteIsTwentyOne() {
        assertEquals(21, Palette.contrast(Palette.BLACK, Palette.WHITE), 0.001);
        assertEquals(1, Palette.contrast(Palette.GREEN, Palette.GREEN), 0.001);
    }
}
