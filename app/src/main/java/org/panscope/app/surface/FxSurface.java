package org.panscope.app.surface;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Draws on a JavaFX canvas. For the JavaFX thread only.
public final class FxSurface implements Surface {
    private static final Map<FontRole, Font> FONTS = new EnumMap<>(FontRole.class);

    private final GraphicsContext graphics;
    private final Map<Integer, Color> colors = new LinkedHashMap<>();

    public FxSurface(GraphicsContext graphics) {
        this.graphics = graphics;
    }

    @Override
    public void fillRect(double x, double y, double width, double height, Fill fill) {
        if (width <= 0 || height <= 0) {
            return;
        }
        graphics.setFill(color(fill.argb()));
        graphics.fillRect(x, y, width, height);
        if (fill.inkArgb() >>> 24 == 0) {
            return;
        }
        Color ink = color(fill.inkArgb());
        graphics.setStroke(ink);
        graphics.setFill(ink);
        graphics.setLineWidth(1);
        PatternLines.draw(
                fill.pattern(),
                x,
                y,
                width,
                height,
                new PatternLines.Pen() {
                    @Override
                    public void line(double x1, double y1, double x2, double y2) {
                        graphics.strokeLine(x1, y1, x2, y2);
                    }

                    @Override
                    public void dot(double dotX, double dotY, double size) {
                        graphics.fillRect(dotX, dotY, size, size);
                    }
                });
        strokeRect(x, y, width, height, fill.inkArgb(), 1);
    }

    @Override
    public void strokeRect(
            double x, double y, double width, double height, int argb, double thickness) {
        if (width <= 2 * thickness || height <= 2 * thickness) {
            graphics.setFill(color(argb));
            graphics.fillRect(x, y, width, height);
            return;
        }
        graphics.setStroke(color(argb));
        graphics.setLineWidth(thickness);
        double half = thickness / 2;
        graphics.strokeRect(x + half, y + half, width - thickness, height - thickness);
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, int argb, double thickness) {
        graphics.setStroke(color(argb));
        graphics.setLineWidth(thickness);
        graphics.strokeLine(x1, y1, x2, y2);
    }

    @Override
    public void polyline(double[] xs, double[] ys, int count, int argb, double thickness) {
        graphics.setStroke(color(argb));
        graphics.setLineWidth(thickness);
        graphics.strokePolyline(xs, ys, count);
    }

    @Override
    public void polygon(double[] xs, double[] ys, int argb) {
        graphics.setFill(color(argb));
        graphics.fillPolygon(xs, ys, xs.length);
    }

    @Override
    public void text(String text, double x, double baseline, FontRole role, int argb) {
        graphics.setFill(color(argb));
        graphics.setFont(FONTS.computeIfAbsent(role, FxSurface::load));
        graphics.fillText(text, x, baseline);
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        graphics.save();
        graphics.beginPath();
        graphics.rect(x, y, width, height);
        graphics.clip();
    }

    @Override
    public void unclip() {
        graphics.restore();
    }

    private Color color(int argb) {
        return colors.computeIfAbsent(
                argb, c -> Color.rgb(c >> 16 & 0xff, c >> 8 & 0xff, c & 0xff, (c >>> 24) / 255.0));
    }

    private static Font load(FontRole role) {
        try (InputStream in = FxSurface.class.getResourceAsStream(role.resource())) {
            Font font = in == null ? null : Font.loadFont(in, role.size());
            if (font == null) {
                throw new IllegalStateException("font=" + role.resource() + " cannot be loaded");
            }
            return font;
        } catch (IOException e) {
            throw new UncheckedIOException("font=" + role.resource(), e);
        }
    }
}
