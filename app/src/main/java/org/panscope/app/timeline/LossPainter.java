package org.panscope.app.timeline;

import org.panscope.app.surface.Fill;
import org.panscope.app.surface.Pattern;
import org.panscope.app.surface.Surface;
import org.panscope.app.theme.Palette;
import org.panscope.app.theme.Theme;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineRow;

/// Paints where events were lost: a hatched stretch on the row of the CPU they were lost on, or
/// over all rows when they concern no CPU in particular, and for each a mark on the ruler, which
/// stays in view.
final class LossPainter {
    /// A stretch is never narrower than this.
    private static final double LEAST_WIDTH = 3;

    private static final int WASH_ALPHA = 0x38000000;
    private static final int FAINT_ALPHA = 0x18000000;
    private static final double BAND = 4;
    private static final double MARK = 4;

    /// Marks on the ruler keep this distance, or they would be one smear.
    private static final double MARK_DISTANCE = 6;

    private final Surface surface;
    private final Theme theme;
    private final TimelineLayout layout;
    private final double left;

    LossPainter(Surface surface, Theme theme, TimelineLayout layout, double left) {
        this.surface = surface;
        this.theme = theme;
        this.layout = layout;
        this.left = left;
    }

    /// The look of a stretch.
    static Fill fill(Theme theme) {
        int ink = theme.strokeOf(Palette.VERMILLION) & 0xffffff;
        return new Fill(WASH_ALPHA | ink, Pattern.HATCH, 0xb0000000 | ink);
    }

    private static Fill faint(Theme theme) {
        int ink = theme.strokeOf(Palette.VERMILLION) & 0xffffff;
        return new Fill(FAINT_ALPHA | ink, Pattern.HATCH, 0x40000000 | ink);
    }

    /// Whether anything of the trace's losses lies in the view.
    static boolean isInView(TimelineLayout layout) {
        boolean[] any = new boolean[1];
        visit(layout, layout.timeline().lossBars(), (x, width) -> any[0] = true);
        return any[0];
    }

    /// What was lost on one row.
    void row(TimelineRow row, double top, double height) {
        visit(
                layout,
                row.losses(),
                (x, width) -> surface.fillRect(left + x, top, width, height, fill(theme)));
    }

    /// What was lost nowhere in particular, over all rows.
    void general(double top, double height) {
        visit(
                layout,
                layout.timeline().generalLossBars(),
                (x, width) -> surface.fillRect(left + x, top, width, height, faint(theme)));
    }

    /// The band and the marks of all losses at the lower edge of the ruler.
    void ruler(double bottom) {
        Timeline timeline = layout.timeline();
        int ink = theme.strokeOf(Palette.VERMILLION);
        double[] next = {Double.NEGATIVE_INFINITY};
        visit(
                layout,
                timeline.lossBars(),
                (x, width) -> {
                    surface.fillRect(left + x, bottom - BAND, width, BAND, Fill.solid(ink));
                    double middle = x + width / 2;
                    if (middle >= next[0]) {
                        double tip = left + middle;
                        surface.polygon(
                                new double[] {tip - MARK, tip + MARK, tip},
                                new double[] {
                                    bottom - BAND - MARK - 2,
                                    bottom - BAND - MARK - 2,
                                    bottom - BAND
                                },
                                ink);
                        next[0] = middle + MARK_DISTANCE;
                    }
                });
    }

    private interface Stretch {
        void at(double x, double width);
    }

    private static void visit(TimelineLayout layout, StateBars bars, Stretch stretch) {
        if (bars.size() > 0) {
            layout.bars(
                    bars,
                    (x, width, shown, index, count, style) ->
                            stretch.at(x, Math.max(LEAST_WIDTH, width)));
        }
    }
}
