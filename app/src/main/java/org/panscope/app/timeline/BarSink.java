package org.panscope.app.timeline;

import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Style;

/// Receives the rectangles of one lane, left to right.
interface BarSink {
    /// One rectangle.
    ///
    /// @param x px from the left edge of the plot, whole
    /// @param width px, whole, at least 1
    /// @param index the bar, or the first of those merged
    /// @param count how many bars the rectangle stands for
    void bar(int x, int width, StateBars bars, int index, int count, Style style);
}
