package org.panscope.app.timeline;

import org.panscope.core.timeline.BarVisitor;
import org.panscope.core.timeline.Columns;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.Style;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineRow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Where everything is: rows, ruler marks and rectangles for one timeline in one viewport. Pure;
/// the same input gives the same layout.
public final class TimelineLayout {
    /// Height of the ruler above the rows.
    static final int RULER = 28;

    /// Width of the column of names.
    static final int HEADER = 216;

    /// Merging and neighbours cannot hide a bar of this width.
    private static final int WIDE = 3;

    private final Timeline timeline;
    private final Viewport viewport;
    private final Columns columns;
    private final Ruler ruler;
    private final List<RowBox> boxes = new ArrayList<>();
    private final List<RowBox> pinnedBoxes = new ArrayList<>();
    private double contentHeight;
    private double pinnedHeight;

    private TimelineLayout(Timeline timeline, Viewport viewport) {
        this.timeline = timeline;
        this.viewport = viewport;
        this.columns = viewport.columns();
        this.ruler = Ruler.of(viewport);
    }

    /// The layout of a timeline in a viewport.
    ///
    /// @param collapsed ids of rows whose children are hidden
    /// @param pinned ids of rows that are repeated above all others
    public static TimelineLayout of(
            Timeline timeline, Viewport viewport, Set<Integer> collapsed, Set<Integer> pinned) {
        TimelineLayout layout = new TimelineLayout(timeline, viewport);
        for (int id : pinned) {
            TimelineRow row = timeline.rows().get(id);
            double height = RowBox.heightOf(row);
            layout.pinnedBoxes.add(
                    new RowBox(
                            row,
                            layout.pinnedHeight,
                            height,
                            0,
                            true,
                            true,
                            layout.pinnedBoxes.size()));
            layout.pinnedHeight += height;
        }
        layout.place(timeline.roots(), 0, collapsed);
        return layout;
    }

    public Timeline timeline() {
        return timeline;
    }

    public Viewport viewport() {
        return viewport;
    }

    Columns columns() {
        return columns;
    }

    Ruler ruler() {
        return ruler;
    }

    /// Rows in order, at their place in the whole content.
    public List<RowBox> boxes() {
        return boxes;
    }

    List<RowBox> pinnedBoxes() {
        return pinnedBoxes;
    }

    /// Height of all rows together.
    public double contentHeight() {
        return contentHeight;
    }

    /// Height that scrolling has to reach: all rows, and the part pinned rows cover.
    public double scrollableHeight() {
        return contentHeight + pinnedHeight;
    }

    double pinnedHeight() {
        return pinnedHeight;
    }

    /// Distance of a row's top from the top of the view.
    double screenY(RowBox box) {
        return RULER + (box.pinned() ? box.y() : pinnedHeight + box.y() - viewport.scrollY());
    }

    /// Whether any of the row is in view.
    boolean isVisible(RowBox box) {
        double top = screenY(box);
        double first = box.pinned() ? RULER : RULER + pinnedHeight;
        return top + box.height() > first && top < RULER + viewport.height();
    }

    /// The rectangles of a lane, then once more the errors too narrow to be safe from their
    /// neighbours, so that they end up on top.
    void bars(StateBars bars, BarSink sink) {
        bars.visit(columns, new Rectangles(sink));
        if (bars.errors() != bars) {
            bars.errors()
                    .visit(
                            columns,
                            new Rectangles((x, width, errors, index, count, style) -> {
                                if (width < WIDE) {
                                    sink.bar(x, width, errors, index, count, style);
                                }
                            }));
        }
    }

    private void place(List<TimelineRow> rows, int depth, Set<Integer> collapsed) {
        for (TimelineRow row : rows) {
            boolean closed = !row.children().isEmpty() && collapsed.contains(row.id());
            double height = RowBox.heightOf(row);
            boxes.add(new RowBox(row, contentHeight, height, depth, closed, false, boxes.size()));
            contentHeight += height;
            if (!closed) {
                place(row.children(), depth + 1, collapsed);
            }
        }
    }

    /// Turns bars and columns into whole pixels.
    private final class Rectangles implements BarVisitor {
        private final BarSink sink;

        Rectangles(BarSink sink) {
            this.sink = sink;
        }

        @Override
        public void bar(StateBars bars, int index) {
            int from = Math.max(0, columns.columnOf(bars.startNs(index)));
            int to = Math.max(from + 1, columns.columnOf(bars.endNs(index)));
            sink.bar(from, to - from, bars, index, 1, bars.style(index));
        }

        @Override
        public void merged(
                StateBars bars, int column, int first, int count, Style dominant, long busyNs) {
            sink.bar(column, 1, bars, first, count, dominant);
        }
    }
}
