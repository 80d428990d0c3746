package org.panscope.app.timeline;

import org.panscope.app.surface.Fill;
import org.panscope.app.surface.FontRole;
import org.panscope.app.surface.Surface;
import org.panscope.app.surface.TextMetrics;
import org.panscope.app.theme.Formats;
import org.panscope.app.theme.Palette;
import org.panscope.app.theme.Theme;
import org.panscope.core.timeline.Counter;
import org.panscope.core.timeline.TimelineRow;
import org.panscope.trace.schema.Unit;

/// Paints a counter as steps with the value written where there is room.
final class CounterPainter {
    private static final double MARGIN = 3;
    private static final int AREA_ALPHA = 0x38000000;
    private static final double TEXT_HEIGHT = 10;

    private final Surface surface;
    private final Theme theme;
    private final TimelineLayout layout;
    private final double left;
    private final int stroke;

    /// The step being drawn: from this column on, this value.
    private int column;

    private long value;
    private boolean known;

    CounterPainter(Surface surface, Theme theme, TimelineLayout layout, double left) {
        this.surface = surface;
        this.theme = theme;
        this.layout = layout;
        this.left = left;
        this.stroke = theme.strokeOf(Palette.BLUE);
    }

    void paint(TimelineRow row, Counter counter, double top, double height) {
        Scale scale =
                new Scale(
                        Math.min(0, counter.min()),
                        Math.max(counter.max(), Math.min(0, counter.min()) + 1),
                        top + MARGIN,
                        top + height - MARGIN);
        counter.visit(
                layout.columns(),
                (steps, at, last, count, min, max) -> {
                    int here = Math.max(0, at);
                    segment(row, scale, here);
                    if (known || count > 1) {
                        double high = scale.y(count > 1 || !known ? max : Math.max(value, max));
                        double low = scale.y(count > 1 || !known ? min : Math.min(value, min));
                        high = known ? Math.min(high, scale.y(value)) : high;
                        low = known ? Math.max(low, scale.y(value)) : low;
                        surface.fillRect(
                                left + here,
                                high,
                                1,
                                Math.max(1, low - high + 1),
                                Fill.solid(stroke));
                    }
                    column = here;
                    value = steps.value(last);
                    known = true;
                });
        segment(row, scale, layout.columns().columnOf(layout.timeline().toNs()));
    }

    private void segment(TimelineRow row, Scale scale, int to) {
        int end = Math.min(to, layout.viewport().width());
        if (!known || end <= column) {
            return;
        }
        double y = Math.round(scale.y(value));
        double width = end - column;
        surface.fillRect(
                left + column,
                y,
                width,
                scale.y(0) - y,
                Fill.solid(AREA_ALPHA | (Palette.SKY_BLUE & 0xffffff)));
        surface.fillRect(left + column, y, width, 1, Fill.solid(stroke));
        String text = format(value, row.counterUnit());
        if (TextMetrics.width(text, FontRole.MONO) + 2 * MARGIN <= width) {
            boolean below = y - scale.top() < TEXT_HEIGHT;
            double middle = below ? y + TEXT_HEIGHT / 2 + 2 : y - TEXT_HEIGHT / 2 - 1;
            surface.textMiddle(text, left + column + MARGIN, middle, FontRole.MONO, theme.text());
        }
    }

    /// A value with its unit.
    static String format(long value, Unit unit) {
        return unit == Unit.BYTES ? Formats.size(value) : Formats.grouped(value);
    }

    /// @param top y of the greatest value
    /// @param bottom y of the smallest
    private record Scale(long min, long max, double top, double bottom) {
        double y(long value) {
            double share = ((double) value - min) / ((double) max - min);
            return bottom - share * (bottom - top);
        }
    }
}
