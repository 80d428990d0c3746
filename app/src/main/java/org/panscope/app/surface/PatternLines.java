package org.panscope.app.surface;

/// Geometry of patterns, worked out once for every surface: which lines and dots lie in a
/// rectangle. Patterns are anchored to the origin of the surface, so neighbouring areas join and a
/// moving area does not shimmer against its edge.
final class PatternLines {
    private static final double STEP = 6;
    private static final double DOT_STEP = 5;
    private static final double DOT = 1.2;

    private PatternLines() {}

    /// Receives the strokes of a pattern.
    interface Pen {
        void line(double x1, double y1, double x2, double y2);

        void dot(double x, double y, double size);
    }

    static void draw(Pattern pattern, double x, double y, double width, double height, Pen pen) {
        switch (pattern) {
            case SOLID, OUTLINE -> {
                // Nothing inside the edge.
            }
            case HATCH -> diagonals(x, y, width, height, true, pen);
            case CROSS_HATCH -> {
                diagonals(x, y, width, height, true, pen);
                diagonals(x, y, width, height, false, pen);
            }
            case DOTS -> dots(x, y, width, height, pen);
        }
    }

    /// Lines `px + py = n * STEP` (rising) or `px - py = n * STEP`, cut to the rectangle.
    private static void diagonals(
            double x, double y, double width, double height, boolean rising, Pen pen) {
        double sign = rising ? 1 : -1;
        double corner1 = x + sign * y;
        double corner2 = x + sign * (y + height);
        double low = Math.min(corner1, corner2);
        double high = Math.max(corner1, corner2) + width;
        for (double c = Math.ceil(low / STEP) * STEP; c < high; c += STEP) {
            double x1 = Math.max(x, rising ? c - (y + height) : c + y);
            double x2 = Math.min(x + width, rising ? c - y : c + y + height);
            if (x2 > x1) {
                pen.line(x1, rising ? c - x1 : x1 - c, x2, rising ? c - x2 : x2 - c);
            }
        }
    }

    private static void dots(double x, double y, double width, double height, Pen pen) {
        for (double py = Math.ceil((y + 1) / DOT_STEP) * DOT_STEP;
                py + DOT <= y + height - 1;
                py += DOT_STEP) {
            for (double px = Math.ceil((x + 1) / DOT_STEP) * DOT_STEP;
                    px + DOT <= x + width - 1;
                    px += DOT_STEP) {
                pen.dot(px, py, DOT);
            }
        }
    }
}
