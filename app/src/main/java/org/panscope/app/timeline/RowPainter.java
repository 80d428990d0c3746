package org.panscope.app.timeline;

import org.panscope.app.surface.Fill;
import org.panscope.app.surface.FontRole;
import org.panscope.app.surface.Pattern;
import org.panscope.app.surface.Surface;
import org.panscope.app.surface.TextMetrics;
import org.panscope.app.theme.Palette;
import org.panscope.app.theme.Theme;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Style;
import org.panscope.core.timeline.TimelineRow;

import java.util.Arrays;

/// Paints what one row holds: bars with their labels, instants, and a summary of hidden children.
final class RowPainter {
    /// Bars narrower than this carry no label.
    static final double MIN_LABEL_WIDTH = 24;

    private static final String[] SEPARATORS = {": ", " · "};
    private static final int GLYPH_ROOM = 6;
    private static final double CLOSE_NS_PER_PX = 100;
    private static final double LABEL_MARGIN = 4;
    private static final double MIN_LABEL_HEIGHT = 12;
    private static final int MIN_ERROR_WIDTH = 3;
    private static final int PATTERN_WIDTH = 3;
    private static final double SUMMARY = 6;
    private static final int SUMMARY_ALPHA = 0x60000000;

    private final Surface surface;
    private final Theme theme;
    private final TimelineLayout layout;
    private final double left;

    RowPainter(Surface surface, Theme theme, TimelineLayout layout, double left) {
        this.surface = surface;
        this.theme = theme;
        this.layout = layout;
        this.left = left;
    }

    void paint(RowBox box, double top) {
        TimelineRow row = box.row();
        double shift = top - box.y();
        if (box.collapsed() && box.isGroup()) {
            double middle = row.isEmpty() ? top + box.height() / 2 : top + box.height() - 4;
            double thick = row.isEmpty() ? SUMMARY : 3;
            summary(row, middle - thick / 2, thick);
        }
        for (int lane = 0; lane < row.lanes().size(); lane++) {
            lane(row.lanes().get(lane), box.laneTop(lane) + shift, box.laneHeight() - 1);
        }
        if (row.counter() != null) {
            new CounterPainter(surface, theme, layout, left)
                    .paint(row, row.counter(), top, box.height());
        }
        new LossPainter(surface, theme, layout, left).row(row, top + 1, box.height() - 2);
        instants(row, top + RowBox.PADDING, box.stripHeight());
    }

    private void lane(StateBars bars, double y, double height) {
        layout.bars(
                bars,
                (x, width, shown, index, count, style) ->
                        bar(x, width, y, height, shown, index, count, style));
    }

    private void bar(
            int x,
            int width,
            double y,
            double height,
            StateBars bars,
            int index,
            int count,
            Style style) {
        boolean hasLabel = count == 1 && height >= MIN_LABEL_HEIGHT && width > MIN_LABEL_WIDTH;
        String label =
                hasLabel || style.isIdentity() ? layout.timeline().label(bars.label(index)) : "";
        Fill fill = theme.fill(style, label);
        if (style == Style.ERROR && width < MIN_ERROR_WIDTH) {
            surface.fillRect(left + x - 1, y, MIN_ERROR_WIDTH, height, Fill.solid(fill.argb()));
            return;
        }
        if (width < PATTERN_WIDTH) {
            boolean pale = style == Style.IDLE || style == Style.UNKNOWN;
            surface.fillRect(
                    left + x, y, width, height, Fill.solid(pale ? fill.inkArgb() : fill.argb()));
            return;
        }
        surface.fillRect(left + x, y, width - 1, height, fill);
        if (hasLabel) {
            label(label, fill, x, width - 1, y, height);
        }
    }

    private void label(String label, Fill fill, double x, double width, double y, double height) {
        double visible = Math.min(x + width, layout.viewport().width()) - x;
        if (visible < MIN_LABEL_WIDTH) {
            return;
        }
        double room = visible - 2 * LABEL_MARGIN;
        String text = TextMetrics.fit(shortened(label, room), FontRole.LABEL, room);
        if (text.isEmpty()) {
            return;
        }
        double textLeft = left + x + LABEL_MARGIN;
        if (fill.pattern() != Pattern.SOLID) {
            surface.fillRect(
                    textLeft - 2,
                    y + 2,
                    TextMetrics.width(text, FontRole.LABEL) + 4,
                    height - 4,
                    Fill.solid(fill.argb()));
        }
        surface.textMiddle(text, textLeft, y + height / 2, FontRole.LABEL, theme.textOn(fill));
    }

    /// What follows the colon or the dot when the whole does not fit: `blocked: sync wait` becomes
    /// `sync wait` and `group 1 · idle` becomes `idle`, since the bar's style says the rest.
    private static String shortened(String label, double room) {
        if (TextMetrics.width(label, FontRole.LABEL) <= room) {
            return label;
        }
        for (String separator : SEPARATORS) {
            int at = label.indexOf(separator);
            if (at >= 0) {
                return label.substring(at + separator.length());
            }
        }
        return label;
    }

    private void instants(TimelineRow row, double top, double height) {
        InstantTexts texts = new InstantTexts(top, height);
        row.instants()
                .visit(
                        layout.columns(),
                        (instants, column, shown, count) -> {
                            Style style = instants.style(shown);
                            String identity =
                                    style.isIdentity()
                                            ? layout.timeline().label(instants.label(shown))
                                            : "";
                            Glyphs.draw(
                                    surface,
                                    instants.glyph(shown),
                                    left + column + 0.5,
                                    top,
                                    height,
                                    theme.strokeOf(theme.color(style, identity)));
                            texts.endAt(column);
                            texts.begin(column, instants.label(shown), isNamed(row, style, count));
                        });
        texts.endAt(layout.viewport().width() + GLYPH_ROOM);
    }

    /// Whether the label stands beside an instant, given room: failures always, others when they
    /// are alone; what tells little only when the view is close.
    private boolean isNamed(TimelineRow row, Style style, int count) {
        if (row.counter() != null) {
            return false; // The values of the counter stand there.
        }
        return style == Style.ERROR
                || (count == 1
                        && (style != Style.IDLE
                                || layout.viewport().nsPerPixel() <= CLOSE_NS_PER_PX));
    }

    /// Writes the label of an instant beside its shape where all of it fits before the next one.
    private final class InstantTexts {
        private final double top;
        private final double height;
        private int column;
        private int label;
        private boolean isNamed;

        InstantTexts(double top, double height) {
            this.top = top;
            this.height = height;
        }

        void begin(int at, int text, boolean shown) {
            column = at;
            label = text;
            isNamed = shown;
        }

        /// The next instant, or the edge of the view, is here.
        void endAt(int end) {
            double room = end - column - 2.0 * GLYPH_ROOM;
            if (!isNamed || room < MIN_LABEL_WIDTH) {
                return;
            }
            String text = layout.timeline().label(label);
            if (TextMetrics.width(text, FontRole.LABEL) <= room) {
                surface.textMiddle(
                        text,
                        left + column + GLYPH_ROOM,
                        top + height / 2,
                        FontRole.LABEL,
                        theme.secondaryText());
            }
        }
    }

    /// A thin band that shows where hidden children have something, with their errors on top.
    private void summary(TimelineRow row, double y, double height) {
        int busy = SUMMARY_ALPHA | (theme.secondaryText() & 0xffffff);
        boolean[] used = new boolean[layout.viewport().width()];
        mark(row, used, false);
        strips(used, y, height, busy);
        boolean[] wrong = new boolean[used.length];
        mark(row, wrong, true);
        strips(wrong, y - 1, height + 2, Palette.VERMILLION);
        losses(row, y - 3, height + 6);
    }

    private void losses(TimelineRow row, double y, double height) {
        for (TimelineRow child : row.children()) {
            new LossPainter(surface, theme, layout, left).row(child, y, height);
            losses(child, y, height);
        }
    }

    private void mark(TimelineRow row, boolean[] columns, boolean errorsOnly) {
        for (TimelineRow child : row.children()) {
            for (StateBars bars : child.lanes()) {
                layout.bars(
                        errorsOnly ? bars.errors() : bars,
                        (x, width, shown, index, count, style) -> {
                            if (style != Style.IDLE) {
                                int end = Math.min(columns.length, x + width);
                                Arrays.fill(columns, Math.min(x, end), end, true);
                            }
                        });
            }
            child.instants()
                    .visit(
                            layout.columns(),
                            (instants, column, shown, count) ->
                                    columns[column] |=
                                            !errorsOnly || instants.style(shown) == Style.ERROR);
            if (child.counter() != null && !errorsOnly) {
                child.counter()
                        .visit(
                                layout.columns(),
                                (counter, column, last, count, min, max) -> {
                                    if (column >= 0) {
                                        columns[column] = true;
                                    }
                                });
            }
            mark(child, columns, errorsOnly);
        }
    }

    private void strips(boolean[] columns, double y, double height, int argb) {
        int from = 0;
        while (from < columns.length) {
            int to = from + 1;
            while (to < columns.length && columns[to] == columns[from]) {
                to++;
            }
            if (columns[from]) {
                surface.fillRect(left + from, y, to - from, height, Fill.solid(argb));
            }
            from = to;
        }
    }
}
