package org.panscope.app.timeline;

import org.panscope.app.surface.FontRole;
import org.panscope.app.surface.TextMetrics;
import org.panscope.app.theme.Formats;

import java.util.ArrayList;
import java.util.List;

/// The marks of a time axis: steps of 1, 2 or 5 times a power of ten, all in one unit, far enough
/// apart for their labels.
///
/// @param stepNs distance of two marks
/// @param ticks the marks, in order
record Ruler(long stepNs, List<Tick> ticks) {
    private static final double LABEL_GAP = 24;
    private static final int[] MANTISSAS = {1, 2, 5};

    Ruler {
        ticks = List.copyOf(ticks);
    }

    /// @param x distance from the left edge of the plot
    record Tick(long timeNs, double x, String label) {}

    static Ruler of(Viewport viewport) {
        Formats.TimeUnit unit =
                Formats.TimeUnit.fitting(
                        Math.max(Math.abs(viewport.fromNs()), Math.abs(viewport.toNs())));
        long decade = 1;
        while (true) {
            for (int mantissa : MANTISSAS) {
                long step = decade * mantissa;
                if (fits(viewport, unit, step)) {
                    return new Ruler(step, ticks(viewport, unit, step));
                }
            }
            decade *= 10;
        }
    }

    private static boolean fits(Viewport viewport, Formats.TimeUnit unit, long step) {
        double distance = step / viewport.nsPerPixel();
        if (distance < LABEL_GAP) {
            return false;
        }
        double widest =
                Math.max(
                        TextMetrics.width(label(viewport.fromNs(), unit, step), FontRole.MONO),
                        TextMetrics.width(label(viewport.toNs(), unit, step), FontRole.MONO));
        return distance >= widest + LABEL_GAP;
    }

    private static List<Tick> ticks(Viewport viewport, Formats.TimeUnit unit, long step) {
        List<Tick> ticks = new ArrayList<>();
        long time = Math.ceilDiv(viewport.fromNs(), step) * step;
        while (time <= viewport.toNs()) {
            ticks.add(new Tick(time, viewport.xOf(time), label(time, unit, step)));
            time += step;
        }
        return ticks;
    }

    private static String label(long timeNs, Formats.TimeUnit unit, long step) {
        return Formats.timeIn(timeNs, unit, step) + " " + unit.symbol();
    }
}
