package org.panscope.app.timeline;

import org.panscope.app.surface.Fill;
import org.panscope.app.surface.Surface;
import org.panscope.core.timeline.Glyph;

/// Shapes of instants. All fit into 9 by 9 px.
final class Glyphs {
    private static final double HALF = 4;

    private Glyphs() {}

    /// @param x middle of the shape
    /// @param top of the strip it stands in
    /// @param height of that strip
    static void draw(Surface surface, Glyph glyph, double x, double top, double height, int argb) {
        double middle = top + height / 2;
        double high = middle - HALF;
        double low = middle + HALF;
        switch (glyph) {
            case TICK -> surface.fillRect(Math.floor(x), high, 1, 2 * HALF, Fill.solid(argb));
            case UP -> {
                triangle(surface, x - HALF, x + HALF, middle, x, high - 0.5, argb);
                surface.fillRect(Math.floor(x), middle, 1, HALF + 0.5, Fill.solid(argb));
            }
            case DOWN -> {
                triangle(surface, x - HALF, x + HALF, middle, x, low + 0.5, argb);
                surface.fillRect(Math.floor(x), high - 0.5, 1, HALF + 0.5, Fill.solid(argb));
            }
            case DIAMOND ->
                    surface.polygon(
                            new double[] {x, x + HALF - 1, x, x - HALF + 1},
                            new double[] {high + 0.5, middle, low - 0.5, middle},
                            argb);
            case FLAG -> {
                surface.fillRect(Math.floor(x), high - 0.5, 1, 2 * HALF + 1, Fill.solid(argb));
                surface.polygon(
                        new double[] {x + 1, x + HALF + 2, x + 1},
                        new double[] {high - 0.5, high + 2, high + HALF},
                        argb);
            }
            case CROSS -> {
                surface.line(x - HALF, high, x + HALF, low, argb, 2);
                surface.line(x - HALF, low, x + HALF, high, argb, 2);
            }
        }
    }

    private static void triangle(
            Surface surface, double x1, double x2, double base, double x, double y, int argb) {
        surface.polygon(new double[] {x1, x2, x}, new double[] {base, base, y}, argb);
    }
}
