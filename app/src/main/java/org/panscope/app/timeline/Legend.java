package org.panscope.app.timeline;

import org.panscope.app.surface.FontRole;
import org.panscope.app.surface.Surface;
import org.panscope.app.surface.TextMetrics;
import org.panscope.app.theme.Theme;
import org.panscope.core.timeline.Glyph;
import org.panscope.core.timeline.Instants;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Style;
import org.panscope.core.timeline.TimelineRow;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// One line that explains the colours, patterns and shapes of the rows shown, and no others.
final class Legend {
    static final double HEIGHT = 24;
    private static final double SWATCH_WIDTH = 22;
    private static final double SWATCH_HEIGHT = 12;
    private static final double GAP = 14;

    private final Set<Style> styles = EnumSet.noneOf(Style.class);
    private final Set<Glyph> glyphs = EnumSet.noneOf(Glyph.class);
    private final TimelineLayout layout;

    private Legend(TimelineLayout layout) {
        this.layout = layout;
        for (RowBox box : layout.boxes()) {
            if (layout.isVisible(box)) {
                collect(box.row());
            }
        }
    }

    /// The legend of what a layout shows.
    static Legend of(TimelineLayout layout) {
        return new Legend(layout);
    }

    private void collect(TimelineRow row) {
        for (StateBars bars : row.lanes()) {
            layout.bars(bars, (x, width, shown, index, count, style) -> styles.add(style));
        }
        row.instants().visit(layout.columns(), this::collect);
    }

    private void collect(Instants instants, int column, int shown, int count) {
        glyphs.add(instants.glyph(shown));
    }

    /// Leaves out entries that do not fit.
    void paint(Surface surface, Theme theme, double left, double top, double right) {
        double x = left;
        double middle = top + HEIGHT / 2;
        for (Style style : styles) {
            String text = text(style);
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
        for (Glyph glyph : glyphs) {
            String text = text(glyph);
            double width = TextMetrics.width(text, FontRole.LABEL);
            if (x + 14 + width > right) {
                return;
            }
            Glyphs.draw(surface, glyph, x + 4.5, middle - 5, 10, theme.secondaryText());
            surface.textMiddle(text, x + 14, middle, FontRole.LABEL, theme.secondaryText());
            x += 14 + width + GAP;
        }
    }

    private static String text(Style style) {
        return style == Style.IDENTITY
                ? "an object, by its own colour"
                : style.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Glyph glyph) {
        return switch (glyph) {
            case TICK -> "event";
            case UP -> "doorbell, request";
            case DOWN -> "event of the firmware, acknowledge";
            case DIAMOND -> "decision, change";
            case FLAG -> "note";
            case CROSS -> "failure";
        };
    }
}
