package org.panscope.app.timeline;

import org.panscope.app.surface.FontRole;
import org.panscope.app.surface.Surface;
import org.panscope.app.surface.TextMetrics;
import org.panscope.app.theme.Theme;
import org.panscope.core.timeline.Glyph;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Style;
import org.panscope.core.timeline.TimelineRow;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Explains the colours, patterns and shapes of the rows shown, and no others.
final class Legend {
    private static final double LINE = 20;
    private static final double PADDING = 2;
    private static final double SWATCH_WIDTH = 22;
    private static final double SWATCH_HEIGHT = 12;
    private static final double GLYPH_WIDTH = 9;
    private static final double TEXT_GAP = 5;
    private static final double GAP = 14;

    private final Set<Style> styles = EnumSet.noneOf(Style.class);
    private boolean hasLosses;
    private final Set<Glyph> glyphs = EnumSet.noneOf(Glyph.class);

    private Legend() {}

    /// One entry.
    ///
    /// @param kind what its symbol is
    /// @param style of a swatch
    /// @param glyph of a glyph
    private record Entry(Kind kind, Style style, Glyph glyph, String text) {
        double symbolWidth() {
            return kind == Kind.GLYPH ? GLYPH_WIDTH : SWATCH_WIDTH;
        }

        double width() {
            return symbolWidth() + TEXT_GAP + TextMetrics.width(text, FontRole.LABEL);
        }
    }

    private enum Kind {
        BAR,
        GLYPH,
        LOSS
    }

    /// The legend of what a layout shows.
    static Legend of(TimelineLayout layout) {
        Legend legend = new Legend();
        legend.hasLosses = LossPainter.isInView(layout);
        for (RowBox box : layout.boxes()) {
            if (layout.isVisible(box)) {
                legend.collect(layout, box.row());
            }
        }
        return legend;
    }

    private void collect(TimelineLayout layout, TimelineRow row) {
        for (StateBars bars : row.lanes()) {
            layout.bars(bars, (x, width, shown, index, count, style) -> styles.add(style));
        }
        row.instants()
                .visit(
                        layout.columns(),
                        (instants, column, shown, count) -> glyphs.add(instants.glyph(shown)));
    }

    /// Height with as many lines as this width needs.
    double height(double width) {
        return lines(width).size() * LINE + 2 * PADDING;
    }

    void paint(Surface surface, Theme theme, double left, double top, double width) {
        double middle = top + PADDING + LINE / 2;
        for (List<Entry> line : lines(width)) {
            double x = left;
            for (Entry entry : line) {
                paint(surface, theme, entry, x, middle);
                x += entry.width() + GAP;
            }
            middle += LINE;
        }
    }

    private static void paint(Surface surface, Theme theme, Entry entry, double x, double middle) {
        if (entry.kind() != Kind.GLYPH) {
            surface.fillRect(
                    x,
                    middle - SWATCH_HEIGHT / 2,
                    SWATCH_WIDTH,
                    SWATCH_HEIGHT,
                    entry.kind() == Kind.LOSS
                            ? LossPainter.fill(theme)
                            : theme.fill(entry.style(), entry.text()));
        } else {
            Glyphs.draw(
                    surface,
                    entry.glyph(),
                    x + GLYPH_WIDTH / 2,
                    middle - 5,
                    10,
                    theme.secondaryText());
        }
        surface.textMiddle(
                entry.text(),
                x + entry.symbolWidth() + TEXT_GAP,
                middle,
                FontRole.LABEL,
                theme.secondaryText());
    }

    private List<List<Entry>> lines(double width) {
        List<List<Entry>> lines = new ArrayList<>(List.of(new ArrayList<>()));
        double x = 0;
        for (Entry entry : entries()) {
            if (x > 0 && x + entry.width() > width) {
                lines.add(new ArrayList<>());
                x = 0;
            }
            lines.getLast().add(entry);
            x += entry.width() + GAP;
        }
        return lines;
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Style style : styles) {
            entries.add(new Entry(Kind.BAR, style, Glyph.TICK, text(style)));
        }
        if (hasLosses) {
            entries.add(new Entry(Kind.LOSS, Style.UNKNOWN, Glyph.TICK, "events lost"));
        }
        for (Glyph glyph : glyphs) {
            entries.add(new Entry(Kind.GLYPH, Style.IDLE, glyph, text(glyph)));
        }
        return entries;
    }

    private static String text(Style style) {
        return switch (style) {
            case IDENTITY -> "an object, by its own colour";
            case IDENTITY_IDLE -> "object at rest";
            case IDENTITY_WAITING -> "object that waits";
            default -> style.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String text(Glyph glyph) {
        return switch (glyph) {
            case TICK -> "event";
            case UP -> "doorbell, request";
            case DOWN -> "firmware event, acknowledge";
            case DIAMOND -> "decision, change";
            case FLAG -> "note";
            case CROSS -> "failure";
        };
    }
}
