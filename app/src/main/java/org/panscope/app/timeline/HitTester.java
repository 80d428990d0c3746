package org.panscope.app.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.app.theme.Formats;
import org.panscope.core.timeline.Counter;
import org.panscope.core.timeline.Instants;
import org.panscope.core.timeline.LossBand;
import org.panscope.core.timeline.StateBars;
import org.panscope.core.timeline.TimelineRow;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// Finds what lies under a point of a layout, and the event nearest to it.
public final class HitTester {
    /// How far beside an instant a click still counts, in px.
    private static final double REACH = 5;

    /// The same for a stretch of lost events.
    private static final double LOSS_REACH = 3;

    /// A tooltip is no list.
    private static final int MOST_LABELS = 8;

    private final TimelineLayout layout;

    public HitTester(TimelineLayout layout) {
        this.layout = layout;
    }

    /// What lies at a point, in px from the top left of the view.
    public Hit at(double x, double y) {
        long time = layout.viewport().timeAt(x - TimelineLayout.HEADER);
        if (y < TimelineLayout.RULER) {
            return onRuler(x, time);
        }
        RowBox box = boxAt(y);
        if (box == null) {
            return plain(Hit.Kind.NOTHING, -1, time);
        }
        int id = box.row().id();
        if (x < TimelineLayout.HEADER) {
            double triangle = HeaderPainter.triangleLeft(box);
            boolean onTriangle =
                    box.isGroup() && x >= triangle - 2 && x < triangle + HeaderPainter.TRIANGLE;
            return plain(
                    onTriangle ? Hit.Kind.TRIANGLE : Hit.Kind.HEADER,
                    id,
                    layout.viewport().fromNs());
        }
        return withLosses(box.row(), inRow(box, time, y - layout.screenY(box)));
    }

    private Hit onRuler(double x, long time) {
        List<LossBand> lost = x < TimelineLayout.HEADER ? List.of() : lossesAt(time, -1);
        return lost.isEmpty() ? plain(Hit.Kind.RULER, -1, time) : loss(-1, time, lost);
    }

    /// What lies in a row, with what was lost there.
    private Hit withLosses(TimelineRow row, Hit hit) {
        if (row.losses().size() == 0) {
            return hit;
        }
        List<LossBand> lost = lossesAt(hit.timeNs(), row.id());
        if (lost.isEmpty()) {
            return hit;
        }
        if (hit.kind() == Hit.Kind.LANE) {
            return loss(row.id(), hit.timeNs(), lost);
        }
        return new Hit(
                hit.kind(),
                hit.row(),
                hit.timeNs(),
                hit.seq(),
                hit.fromNs(),
                hit.toNs(),
                hit.text() + "\n" + lossText(lost));
    }

    private Hit loss(int row, long time, List<LossBand> lost) {
        LossBand first = lost.getFirst();
        long last = layout.timeline().eventCount() - 1;
        return new Hit(
                Hit.Kind.LOSS,
                row,
                time,
                Math.min(Math.max(0, first.loss().beforeSeq()), last),
                first.fromNs(),
                first.toNs(),
                lossText(lost));
    }

    /// The losses under a time, as wide as they are drawn.
    ///
    /// @param row whose losses, or -1 for all
    private List<LossBand> lossesAt(long time, int row) {
        long reach = Math.round(LOSS_REACH * layout.viewport().nsPerPixel());
        List<LossBand> found = new ArrayList<>();
        for (LossBand band : layout.timeline().losses()) {
            boolean isHere = band.fromNs() - reach <= time && time <= band.toNs() + reach;
            if (isHere && (row < 0 || band.row() == row)) {
                found.add(band);
            }
        }
        return found;
    }

    private static String lossText(List<LossBand> lost) {
        StringJoiner text = new StringJoiner("\n");
        for (LossBand band : lost.subList(0, Math.min(MOST_LABELS, lost.size()))) {
            text.add("Lost: " + band.loss().message());
        }
        if (lost.size() > MOST_LABELS) {
            text.add("and " + (lost.size() - MOST_LABELS) + " more losses here");
        }
        return text.toString();
    }

    /// The event of a row nearest to a time, or -1 when the row shows none.
    public long nearestSeq(TimelineRow row, long timeNs) {
        Nearest nearest = new Nearest(timeNs);
        for (StateBars bars : row.lanes()) {
            int at = bars.at(timeNs);
            if (at >= 0) {
                nearest.offer(bars.startNs(at), bars.seq(at));
            }
            int next = bars.firstFrom(timeNs);
            if (next < bars.size()) {
                nearest.offer(bars.startNs(next), bars.seq(next));
            }
            if (next > 0) {
                nearest.offer(bars.startNs(next - 1), bars.seq(next - 1));
            }
        }
        int instant = row.instants().nearest(timeNs);
        if (instant >= 0) {
            nearest.offer(row.instants().timeNs(instant), row.instants().seq(instant));
        }
        Counter counter = row.counter();
        if (counter != null) {
            int step = counter.at(timeNs);
            if (step >= 0) {
                nearest.offer(counter.timeNs(step), counter.seq(step));
            }
            if (step + 1 < counter.size()) {
                nearest.offer(counter.timeNs(step + 1), counter.seq(step + 1));
            }
        }
        return nearest.seq;
    }

    private Hit inRow(RowBox box, long time, double y) {
        TimelineRow row = box.row();
        Hit instant = instant(box, time, y);
        if (instant != null) {
            return instant;
        }
        for (int lane = 0; lane < row.lanes().size(); lane++) {
            double top = box.laneTop(lane) - box.y();
            if (y >= top && y < top + box.laneHeight()) {
                Hit hit = bar(row, row.lanes().get(lane), time);
                if (hit != null) {
                    return hit;
                }
            }
        }
        Counter counter = row.counter();
        if (counter != null && counter.at(time) >= 0) {
            int step = counter.at(time);
            String text = CounterPainter.format(counter.value(step), row.counterUnit());
            return new Hit(Hit.Kind.COUNTER, row.id(), time, counter.seq(step), time, time, text);
        }
        return new Hit(Hit.Kind.LANE, row.id(), time, nearestSeq(row, time), time, time, "");
    }

    private @Nullable Hit instant(RowBox box, long time, double y) {
        Instants instants = box.row().instants();
        int nearest = instants.nearest(time);
        if (nearest < 0 || y > RowBox.PADDING + box.stripHeight()) {
            return null;
        }
        long at = instants.timeNs(nearest);
        if (Math.abs(layout.viewport().xOf(at) - layout.viewport().xOf(time)) > REACH) {
            return null;
        }
        String text = labelsAt(instants, at);
        return new Hit(Hit.Kind.INSTANT, box.row().id(), time, instants.seq(nearest), at, at, text);
    }

    /// The labels of all instants of one time, in order; only some when they are many.
    private String labelsAt(Instants instants, long time) {
        StringJoiner text = new StringJoiner("\n");
        int first = instants.firstFrom(time);
        int end = instants.firstFrom(time + 1);
        for (int i = first; i < Math.min(end, first + MOST_LABELS); i++) {
            text.add(layout.timeline().label(instants.label(i)));
        }
        if (end - first > MOST_LABELS) {
            text.add("and " + (end - first - MOST_LABELS) + " more at this time");
        }
        return text.toString();
    }

    private @Nullable Hit bar(TimelineRow row, StateBars bars, long time) {
        long reach = Math.round(layout.viewport().nsPerPixel());
        int at = bars.at(time);
        if (at < 0) {
            int next = bars.firstFrom(time - reach);
            if (next >= bars.size() || bars.startNs(next) > time + reach) {
                return null;
            }
            at = next;
        }
        long from = bars.startNs(at);
        long to = bars.endNs(at);
        String text =
                layout.timeline().label(bars.label(at)) + lasting(to - from, bars.isOpenEnded(at));
        return new Hit(Hit.Kind.BAR, row.id(), time, bars.seq(at), from, to, text);
    }

    private static String lasting(long ns, boolean isOpenEnded) {
        if (isOpenEnded && ns == 0) {
            return "; its end was not seen";
        }
        return ", " + Formats.duration(ns) + (isOpenEnded ? " so far" : "");
    }

    private @Nullable RowBox boxAt(double y) {
        for (RowBox box : layout.pinnedBoxes()) {
            double top = layout.screenY(box);
            if (y >= top && y < top + box.height()) {
                return box;
            }
        }
        if (y < TimelineLayout.RULER + layout.pinnedHeight()) {
            return null;
        }
        for (RowBox box : layout.boxes()) {
            double top = layout.screenY(box);
            if (y >= top && y < top + box.height()) {
                return box;
            }
        }
        return null;
    }

    private static Hit plain(Hit.Kind kind, int row, long time) {
        return new Hit(kind, row, time, -1, time, time, "");
    }

    /// Keeps the event closest to a time.
    private static final class Nearest {
        private final long timeNs;
        private long distance = Long.MAX_VALUE;
        private long seq = -1;

        Nearest(long timeNs) {
            this.timeNs = timeNs;
        }

        void offer(long eventNs, long eventSeq) {
            long away = Math.abs(eventNs - timeNs);
            if (away < distance) {
                distance = away;
                seq = eventSeq;
            }
        }
    }
}
