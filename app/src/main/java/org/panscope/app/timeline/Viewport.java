package org.panscope.app.timeline;

import org.panscope.core.timeline.Columns;

/// The part of a timeline that is shown: a time range across, a stretch of rows down. Immutable.
///
/// @param fromNs time at the left edge
/// @param toNs time at the right edge, after `fromNs`
/// @param width of the plot, in px
/// @param height of the plot without the ruler, in px
/// @param scrollY px of rows above the top edge
public record Viewport(long fromNs, long toNs, int width, int height, double scrollY) {
    /// Zooming in ends here: wider than a clock tick is of no use.
    static final long MIN_SPAN_NS = 20;

    /// Zooming out ends here, in both directions from 0.
    private static final long LIMIT_NS = Long.MAX_VALUE / 4;

    public Viewport {
        if (toNs <= fromNs || width <= 0 || height < 0) {
            throw new IllegalArgumentException(
                    "from=" + fromNs + " to=" + toNs + " width=" + width + " height=" + height);
        }
        scrollY = Math.max(0, scrollY);
    }

    public long spanNs() {
        return toNs - fromNs;
    }

    public double nsPerPixel() {
        return (double) spanNs() / width;
    }

    /// One column per pixel.
    public Columns columns() {
        return new Columns(fromNs, toNs, width);
    }

    /// Time at a distance from the left edge of the plot.
    public long timeAt(double x) {
        return fromNs + Math.round(x * nsPerPixel());
    }

    /// Distance of a time from the left edge of the plot.
    public double xOf(long timeNs) {
        return (timeNs - fromNs) / nsPerPixel();
    }

    /// Zooms by a factor, below 1 closer; the time under `x` stays where it is.
    public Viewport zoomAt(double x, double factor) {
        double wanted = Math.clamp(spanNs() * factor, MIN_SPAN_NS, (double) LIMIT_NS);
        long span = Math.round(wanted);
        long anchor = timeAt(x);
        long from = anchor - Math.round(span * (x / width));
        return show(from, from + span);
    }

    /// Moves by a distance; positive goes to later times.
    public Viewport panBy(double px) {
        long by = Math.round(px * nsPerPixel());
        long from = Math.clamp(fromNs + by, -LIMIT_NS, LIMIT_NS - spanNs());
        return show(from, from + spanNs());
    }

    /// Shows a range, with a margin of one fortieth on both sides.
    public Viewport fit(long from, long to) {
        long margin = Math.max(1, (to - from) / 40);
        return show(from - margin, Math.max(to, from + 1) + margin);
    }

    /// Shows exactly a range, or one of the least width around its middle.
    public Viewport show(long from, long to) {
        long span = to - from;
        if (span < MIN_SPAN_NS) {
            long start = from - (MIN_SPAN_NS - span) / 2;
            return new Viewport(start, start + MIN_SPAN_NS, width, height, scrollY);
        }
        return new Viewport(from, to, width, height, scrollY);
    }

    public Viewport resize(int newWidth, int newHeight) {
        return new Viewport(fromNs, toNs, newWidth, newHeight, scrollY);
    }

    /// Scrolls to a height, inside the content.
    public Viewport scrollTo(double y, double contentHeight) {
        double furthest = Math.max(0, contentHeight - height);
        return new Viewport(fromNs, toNs, width, height, Math.clamp(y, 0, furthest));
    }
}
