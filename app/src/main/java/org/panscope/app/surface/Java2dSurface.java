package org.panscope.app.surface;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

import javax.imageio.ImageIO;

/// Draws into an image in memory, without a display, and writes it as PNG.
public final class Java2dSurface implements Surface {
    private static final int MAX_PIXELS = 120_000_000;
    private static final double HAIRLINE = 1;

    private final BufferedImage image;
    private final Graphics2D graphics;
    private final Map<FontRole, Font> fonts;

    /// An image of `width` by `height` px, each drawn as `scale` by `scale` pixels.
    public Java2dSurface(int width, int height, double scale) {
        double pixels = width * scale * height * scale;
        if (width <= 0 || height <= 0 || scale <= 0 || pixels > MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "width=" + width + " height=" + height + " scale=" + scale);
        }
        image =
                new BufferedImage(
                        (int) Math.ceil(width * scale),
                        (int) Math.ceil(height * scale),
                        BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.scale(scale, scale);
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        fonts = loadFonts();
    }

    public BufferedImage image() {
        return image;
    }

    public void writePng(OutputStream out) throws IOException {
        if (!ImageIO.write(image, "png", out)) {
            throw new IOException("this Java runtime has no PNG writer");
        }
    }

    @Override
    public void fillRect(double x, double y, double width, double height, Fill fill) {
        if (width <= 0 || height <= 0) {
            return;
        }
        Rectangle2D area = new Rectangle2D.Double(x, y, width, height);
        color(fill.argb());
        graphics.fill(area);
        if (fill.inkArgb() >>> 24 == 0) {
            return;
        }
        color(fill.inkArgb());
        stroke(HAIRLINE);
        PatternLines.draw(
                fill.pattern(),
                x,
                y,
                width,
                height,
                new PatternLines.Pen() {
                    @Override
                    public void line(double x1, double y1, double x2, double y2) {
                        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
                    }

                    @Override
                    public void dot(double dotX, double dotY, double size) {
                        graphics.fill(new Rectangle2D.Double(dotX, dotY, size, size));
                    }
                });
        strokeRect(x, y, width, height, fill.inkArgb(), HAIRLINE);
    }

    @Override
    public void strokeRect(
            double x, double y, double width, double height, int argb, double thickness) {
        color(argb);
        if (width <= 2 * thickness || height <= 2 * thickness) {
            graphics.fill(new Rectangle2D.Double(x, y, width, height));
            return;
        }
        stroke(thickness);
        double half = thickness / 2;
        graphics.draw(
                new Rectangle2D.Double(x + half, y + half, width - thickness, height - thickness));
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, int argb, double thickness) {
        color(argb);
        stroke(thickness);
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void polyline(double[] xs, double[] ys, int count, int argb, double thickness) {
        if (count >= 2) {
            color(argb);
            stroke(thickness);
            graphics.draw(path(xs, ys, count));
        }
    }

    @Override
    public void polygon(double[] xs, double[] ys, int argb) {
        color(argb);
        Path2D path = path(xs, ys, xs.length);
        path.closePath();
        graphics.fill(path);
    }

    @Override
    public void text(String text, double x, double baseline, FontRole role, int argb) {
        color(argb);
        graphics.setFont(fonts.get(role));
        graphics.drawString(text, (float) x, (float) baseline);
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        graphics.setClip(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void unclip() {
        graphics.setClip(null);
    }

    private void color(int argb) {
        graphics.setColor(new Color(argb, true));
    }

    private void stroke(double thickness) {
        graphics.setStroke(
                new BasicStroke((float) thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    }

    private static Path2D path(double[] xs, double[] ys, int count) {
        Path2D path = new Path2D.Double();
        path.moveTo(xs[0], ys[0]);
        for (int i = 1; i < count; i++) {
            path.lineTo(xs[i], ys[i]);
        }
        return path;
    }

    private static Map<FontRole, Font> loadFonts() {
        Map<String, Font> files = new TreeMap<>();
        Map<FontRole, Font> fonts = new EnumMap<>(FontRole.class);
        for (FontRole role : FontRole.values()) {
            Font font = files.computeIfAbsent(role.resource(), Java2dSurface::loadFont);
            fonts.put(role, font.deriveFont((float) role.size()));
        }
        return fonts;
    }

    private static Font loadFont(String resource) {
        try (InputStream in = Java2dSurface.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("font=" + resource + " is not on the class path");
            }
            return Font.createFont(Font.TRUETYPE_FONT, in);
        } catch (IOException | FontFormatException e) {
            throw new IllegalStateException("font=" + resource, e);
        }
    }
}
