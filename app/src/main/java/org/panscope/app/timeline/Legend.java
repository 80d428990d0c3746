package org.panscope.app.timeline;

import org.panscope.app.surface.FontRole;
import org.panscope.app.surface.Surface;
import org.panscope.app.surface.TextMetrics;
import org.panscope.app.theme.Theme;
import org.panscope.core.timeline.Glyph;
import org.panscope.core.timeline.Style;

import java.util.Locale;
import java.util.Map;

/// One line that explains colours, patterns and shapes.
final class Legend {
    static final double HEIGHT = 24;
    private static final double SWATCH_WIDTH = 22;
    private static final double SWATCH_HEIGHT = 12;
    private static final double GAP = 14;
    private static final Style[] STYLES = {
        Style.RUNNING,
        Style.WAITING,
        Style.QUEUED,
        Style.ACTIVITY,
        Style.FENCE,
        Style.IDLE,
        Style.ERROR
    };
    private static final Map<Glyph, String> GLYPHS =
            Map.of(Glyph.UP, "doorbell, request", Glyph.DOWN, "event, acknowledge");

    private Legend() {}

    /// Leaves out entries that do not fit.
    static void paint(Surface surface, Theme theme, double left, double top, double right) {
        double x = left;
        double middle = top + HEIGHT / 2;
        for (Style style : STYLES) {
            String text = style.name().toLowerCase(Locale.ROOT);
            double width = TextMetrics.width(text, FontRole.LABEL);
            if (x + SWATCH_WIDTH + 5 + width > right) {
                return;
            }
            surface.fillRect(
                    x,
                    middle - SWATCH_HEIGHT / 2,
                    SWATCH_WIDTH,
                    SWATCH_HEIGHT,
                    theme.fill(style, text));
            surface.textMiddle(
                    text, x + SWATCH_WIDTH + 5, middle, FontRole.LABEL, theme.secondaryText());
            x += SWATCH_WIDTH + 5 + width + GAP;
        }
        for (Glyph glyph : new Glyph[] {Glyph.UP, Glyph.DOWN}) {
            String text = GLYPHS.getOrDefault(glyph, "");
            double width = TextMetrics.width(text, FontRole.LABEL);
            if (x + 14 + width > right) {
                return;
            }
            Glyphs.draw(surface, glyph, x + 4.5, middle - 5, 10, theme.secondaryText());
            surface.textMiddle(text, x + 14, middle, FontRole.LABEL, theme.secondaryText());
            x += 14 + width + GAP;
        }
    }
}
