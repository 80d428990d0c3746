package org.panscope.app.timeline;

import org.panscope.app.surface.Fill;
import org.panscope.app.surface.FontRole;
import org.panscope.app.surface.Surface;

/// A surface whose origin lies elsewhere on another one.
record ShiftedSurface(Surface target, double dx, double dy) implements Surface {

    @Override
    public void fillRect(double x, double y, double width, double height, Fill fill) {
        target.fillRect(x + dx, y + dy, width, height, fill);
    }

    @Override
    public void strokeRect(
            double x, double y, double width, double height, int argb, double thickness) {
        target.strokeRect(x + dx, y + dy, width, height, argb, thickness);
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, int argb, double thickness) {
        target.line(x1 + dx, y1 + dy, x2 + dx, y2 + dy, argb, thickness);
    }

    @Override
    public void polyline(double[] xs, double[] ys, int count, int argb, double thickness) {
        target.polyline(moved(xs, dx), moved(ys, dy), count, argb, thickness);
    }

    @Override
    public void polygon(double[] xs, double[] ys, int argb) {
        target.polygon(moved(xs, dx), moved(ys, dy), argb);
    }

    @Override
    public void text(String text, double x, double baseline, FontRole role, int argb) {
        target.text(text, x + dx, baseline + dy, role, argb);
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        target.clip(x + dx, y + dy, width, height);
    }

    @Override
    public void unclip() {
        target.unclip();
    }

    private static double[] moved(double[] values, double by) {
        double[] result = values.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] += by;
        }
        return result;
    }
}
