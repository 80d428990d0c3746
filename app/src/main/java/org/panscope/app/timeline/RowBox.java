package org.panscope.app.timeline;

import org.panscope.core.timeline.TimelineRow;

/// Place of one row, in px from the top of all rows.
///
/// @param depth levels of groups around it
/// @param collapsed whether its children are hidden
/// @param pinned whether it is a copy that stays on top
/// @param index position among the rows shown, for the stripes
public record RowBox(
        TimelineRow row,
        double y,
        double height,
        int depth,
        boolean collapsed,
        boolean pinned,
        int index) {
    static final double STRIP = 11;
    static final double PADDING = 2;
    private static final double SINGLE_LANE = 16;
    private static final double FEW_LANES = 14;
    private static final double MANY_LANES = 8;
    private static final int FEW = 3;
    private static final double COUNTER = 26;
    private static final double PLAIN = 20;

    double bottom() {
        return y + height;
    }

    /// Whether children hide in it.
    boolean isGroup() {
        return !row.children().isEmpty();
    }

    /// Height of one lane of bars.
    double laneHeight() {
        return laneHeight(row.lanes().size());
    }

    /// Top of a lane of bars.
    double laneTop(int lane) {
        return y + PADDING + (hasStrip(row) ? STRIP : 0) + lane * laneHeight();
    }

    /// Whether instants have a strip of their own above bars.
    static boolean hasStrip(TimelineRow row) {
        return !row.lanes().isEmpty() && row.instants().size() > 0;
    }

    /// Height of the instants, strip or whole row.
    double stripHeight() {
        return hasStrip(row) ? STRIP : height - 2 * PADDING;
    }

    static double heightOf(TimelineRow row) {
        if (row.counter() != null) {
            return COUNTER;
        }
        int lanes = row.lanes().size();
        double bars = lanes * laneHeight(lanes);
        return Math.max(PLAIN, bars + (hasStrip(row) ? STRIP : 0) + 2 * PADDING);
    }

    private static double laneHeight(int lanes) {
        return lanes <= 1 ? SINGLE_LANE : lanes <= FEW ? FEW_LANES : MANY_LANES;
    }
}
