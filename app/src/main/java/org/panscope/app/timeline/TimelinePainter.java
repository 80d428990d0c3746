package org.panscope.app.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.app.surface.Fill;
import org.panscope.app.surface.FontRole;
import org.panscope.app.surface.Pattern;
import org.panscope.app.surface.Surface;
import org.panscope.app.surface.TextMetrics;
import org.panscope.app.theme.Formats;
import org.panscope.app.theme.Palette;
import org.panscope.app.theme.Theme;

/// Paints a layout: ruler, names, rows, and what lies over them. The same for screen, PNG and SVG.
public final class TimelinePainter {
    private static final double FLAG_PADDING = 4;
    private static final double FLAG_HEIGHT = 15;

    /// Half the width of a finding's triangle.
    private static final double FINDING = 5;

    private final Surface surface;
    private final Theme theme;
    private final TimelineLayout layout;
    private final LossPainter losses;
    private final double left;
    private final double width;
    private final double height;

    private TimelinePainter(Surface surface, Theme theme, TimelineLayout layout) {
        this.surface = surface;
        this.theme = theme;
        this.layout = layout;
        this.left = TimelineLayout.HEADER;
        this.losses = new LossPainter(surface, theme, layout, left);
        this.width = layout.viewport().width();
        this.height = layout.viewport().height();
    }

    /// Paints everything.
    ///
    /// @param marks what lies over the rows
    public static void paint(
            Surface surface, Theme theme, TimelineLayout layout, TimelineMarks marks) {
        new TimelinePainter(surface, theme, layout).paint(marks);
    }

    private void paint(TimelineMarks marks) {
        surface.fillRect(
                0, 0, left + width, TimelineLayout.RULER + height, Fill.solid(theme.window()));
        HeaderPainter headers = new HeaderPainter(surface, theme, layout, marks);
        double pinned = layout.pinnedHeight();
        area(headers, false, TimelineLayout.RULER + pinned, height - pinned);
        if (pinned > 0) {
            area(headers, true, TimelineLayout.RULER, pinned);
            double edge = TimelineLayout.RULER + pinned - 1;
            surface.line(0, edge, left + width, edge, theme.secondaryText(), 1);
        }
        CursorFlag flag = cursorFlag(marks);
        ruler(flag);
        findings(marks);
        surface.clip(left, 0, width, TimelineLayout.RULER + height);
        selection(marks);
        if (flag != null) {
            cursor(flag);
        }
        surface.unclip();
    }

    /// Either the pinned rows or all others.
    private void area(HeaderPainter headers, boolean pinned, double top, double areaHeight) {
        if (areaHeight <= 0) {
            return;
        }
        var boxes = pinned ? layout.pinnedBoxes() : layout.boxes();
        surface.clip(0, top, left + width, areaHeight);
        for (RowBox box : boxes) {
            if (layout.isVisible(box)) {
                headers.paint(box, layout.screenY(box), left, width);
            }
        }
        surface.unclip();
        surface.clip(left, top, width, areaHeight);
        grid(top, areaHeight);
        losses.general(top, areaHeight);
        RowPainter rows = new RowPainter(surface, theme, layout, left);
        for (RowBox box : boxes) {
            if (layout.isVisible(box)) {
                rows.paint(box, layout.screenY(box));
            }
        }
        surface.unclip();
    }

    private void grid(double top, double areaHeight) {
        for (Ruler.Tick tick : layout.ruler().ticks()) {
            double x = left + Math.floor(tick.x());
            surface.fillRect(x, top, 1, areaHeight, Fill.solid(theme.grid()));
        }
    }

    /// The ruler; labels under the cursor's flag are left out.
    private void ruler(@Nullable CursorFlag flag) {
        double bottom = TimelineLayout.RULER;
        surface.fillRect(0, 0, left + width, bottom, Fill.solid(theme.window()));
        surface.fillRect(0, bottom - 1, left + width, 1, Fill.solid(theme.secondaryText()));
        surface.clip(left, 0, width, bottom);
        losses.ruler(bottom - 1);
        surface.unclip();
        surface.textMiddle(
                "span " + Formats.duration(layout.viewport().spanNs()),
                8,
                bottom / 2,
                FontRole.MONO,
                theme.secondaryText());
        for (Ruler.Tick tick : layout.ruler().ticks()) {
            double x = left + Math.floor(tick.x());
            surface.fillRect(x, bottom - 6, 1, 5, Fill.solid(theme.secondaryText()));
            double labelWidth = TextMetrics.width(tick.label(), FontRole.MONO);
            double at = x - labelWidth / 2;
            boolean isFree = flag == null || !flag.covers(at, at + labelWidth);
            if (isFree && at >= left && at + labelWidth <= left + width - 2) {
                surface.textMiddle(tick.label(), at, bottom / 2 - 2, FontRole.MONO, theme.text());
            }
        }
    }

    /// A triangle on the ruler where something was found: filled for a bug, an outline for anything
    /// less. Of those that would overlap the first is drawn, and a bug before all others.
    private void findings(TimelineMarks marks) {
        for (boolean isError : new boolean[] {true, false}) {
            double next = -1;
            for (TimelineMarks.FindingMark mark : marks.findings()) {
                double x = layout.viewport().xOf(mark.timeNs());
                if (mark.isError() == isError && x >= Math.max(0, next) && x <= width) {
                    next = x + 2 * FINDING;
                    finding(left + Math.floor(x), isError);
                }
            }
        }
    }

    private void finding(double x, boolean isError) {
        double tip = TimelineLayout.RULER - 1;
        double top = tip - 1.5 * FINDING;
        surface.polygon(
                new double[] {x - FINDING, x + FINDING, x},
                new double[] {top, top, tip},
                Palette.VERMILLION);
        if (!isError) {
            surface.polygon(
                    new double[] {x - FINDING + 2, x + FINDING - 2, x},
                    new double[] {top + 1.2, top + 1.2, tip - 2.2},
                    theme.window());
        }
    }

    private void selection(TimelineMarks marks) {
        if (!marks.hasSelection()) {
            return;
        }
        double from = Math.clamp(layout.viewport().xOf(marks.selectionFromNs()), -1, width + 1);
        double to = Math.clamp(layout.viewport().xOf(marks.selectionToNs()), -1, width + 1);
        surface.fillRect(
                left + from,
                TimelineLayout.RULER,
                to - from,
                height,
                Fill.solid(theme.selectionWash()));
        surface.line(left + from, TimelineLayout.RULER, left + from, bottom(), theme.cursor(), 1);
        surface.line(left + to, TimelineLayout.RULER, left + to, bottom(), theme.cursor(), 1);
        flag(
                "Δ " + Formats.duration(marks.selectionToNs() - marks.selectionFromNs()),
                left + (from + to) / 2,
                TimelineLayout.RULER + 2,
                Palette.SKY_BLUE);
    }

    private @Nullable CursorFlag cursorFlag(TimelineMarks marks) {
        Long time = marks.cursorNs();
        if (time == null || time < layout.viewport().fromNs() || time > layout.viewport().toNs()) {
            return null;
        }
        String text = cursorText(time, marks.cursorSeq());
        double x = left + Math.floor(layout.viewport().xOf(time));
        return new CursorFlag(text, x, flagLeft(text, x), flagWidth(text));
    }

    private void cursor(CursorFlag flag) {
        surface.fillRect(
                flag.x(), TimelineLayout.RULER - 8, 1, height + 8, Fill.solid(theme.cursor()));
        flag(flag.text(), flag.x(), 2, Palette.YELLOW);
    }

    private static String cursorText(long timeNs, @Nullable Long seq) {
        return Formats.time(timeNs) + (seq == null ? "" : "  #" + seq);
    }

    /// A small sign with text, moved to stay inside the plot.
    private void flag(String text, double x, double top, int argb) {
        double at = flagLeft(text, x);
        surface.fillRect(
                at,
                top,
                flagWidth(text),
                FLAG_HEIGHT,
                new Fill(argb, Pattern.SOLID, Palette.mix(argb, Palette.BLACK, 0.4)));
        surface.textMiddle(
                text, at + FLAG_PADDING, top + FLAG_HEIGHT / 2, FontRole.MONO, Palette.BLACK);
    }

    private double flagLeft(String text, double x) {
        double flagWidth = flagWidth(text);
        return Math.clamp(x - flagWidth / 2, left, Math.max(left, left + width - flagWidth));
    }

    private static double flagWidth(String text) {
        return TextMetrics.width(text, FontRole.MONO) + 2 * FLAG_PADDING;
    }

    private double bottom() {
        return TimelineLayout.RULER + height;
    }

    /// The cursor inside the view and its sign on the ruler.
    private record CursorFlag(String text, double x, double signLeft, double signWidth) {
        boolean covers(double from, double to) {
            return to > signLeft - FLAG_PADDING && from < signLeft + signWidth + FLAG_PADDING;
        }
    }
}
