package org.panscope.app.timeline;

import org.panscope.app.surface.Fill;
import org.panscope.app.surface.FontRole;
import org.panscope.app.surface.Surface;
import org.panscope.app.surface.TextMetrics;
import org.panscope.app.theme.Theme;
import org.panscope.core.timeline.Counter;
import org.panscope.core.timeline.TimelineRow;

/// Paints the background of rows and the column of their names.
final class HeaderPainter {
    static final double INDENT = 14;
    static final double TRIANGLE = 14;
    private static final double LEFT = 6;
    private static final double RIGHT = 8;
    private static final double MIN_NAME = 40;

    private final Surface surface;
    private final Theme theme;
    private final TimelineMarks marks;

    HeaderPainter(Surface surface, Theme theme, TimelineLayout layout, TimelineMarks marks) {
        this.surface = surface;
        this.theme = theme;
        this.marks = marks;
    }

    /// Left end of the triangle that opens and closes a group.
    static double triangleLeft(RowBox box) {
        return LEFT + box.depth() * INDENT;
    }

    void paint(RowBox box, double top, double left, double width) {
        boolean heads = box.depth() == 0 && !box.pinned();
        int background =
                heads ? theme.groupBand() : box.index() % 2 == 0 ? theme.laneA() : theme.laneB();
        surface.fillRect(0, top, left + width, box.height(), Fill.solid(background));
        surface.fillRect(left - 1, top, 1, box.height(), Fill.solid(theme.grid()));
        if (heads) {
            surface.fillRect(0, top, left + width, 1, Fill.solid(theme.grid()));
        }
        if (box.row().id() == marks.selectedRow()) {
            surface.fillRect(0, top, 3, box.height(), Fill.solid(theme.cursor()));
        }
        double middle = top + box.height() / 2;
        double x = triangleLeft(box);
        if (box.isGroup()) {
            triangle(x + TRIANGLE / 2 - 1, middle, box.collapsed());
        }
        x += TRIANGLE;
        String extra = extra(box.row());
        double extraWidth = TextMetrics.width(extra, FontRole.MONO);
        double room = left - RIGHT - x;
        FontRole role = heads ? FontRole.GROUP : FontRole.ROW;
        double nameWidth = TextMetrics.width(box.row().name(), role);
        if (!extra.isEmpty() && Math.max(MIN_NAME, nameWidth) + 8 + extraWidth <= room) {
            surface.textMiddle(
                    extra, left - RIGHT - extraWidth, middle, FontRole.MONO, theme.secondaryText());
        }
        boolean address = box.row().name().contains("0x");
        String name =
                address
                        ? TextMetrics.fitEnd(box.row().name(), role, room)
                        : TextMetrics.fit(box.row().name(), role, room);
        surface.textMiddle(name, x, middle, role, theme.text());
    }

    /// Range of a counter, or the number of bars too deep to draw.
    private static String extra(TimelineRow row) {
        Counter counter = row.counter();
        if (counter != null) {
            return "max " + CounterPainter.format(counter.max(), row.counterUnit());
        }
        return row.overflow() > 0 ? "+" + row.overflow() + " deeper" : "";
    }

    private void triangle(double x, double middle, boolean collapsed) {
        double half = 4;
        if (collapsed) {
            surface.polygon(
                    new double[] {x - 2, x + 3, x - 2},
                    new double[] {middle - half, middle, middle + half},
                    theme.secondaryText());
        } else {
            surface.polygon(
                    new double[] {x - half, x + half, x},
                    new double[] {middle - 2, middle - 2, middle + 3},
                    theme.secondaryText());
        }
    }
}
