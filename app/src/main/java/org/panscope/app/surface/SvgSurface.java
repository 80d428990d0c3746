package org.panscope.app.surface;

import java.util.Locale;

/// Draws into an SVG document. The same calls give the same bytes. Texts carry their length, so
/// they keep their width where DejaVu is not installed.
public final class SvgSurface implements Surface {
    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final int height;
    private int clips;
    private boolean clipped;

    public SvgSurface(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /// The whole document.
    public String document(String title) {
        StringBuilder out = new StringBuilder(body.length() + 512);
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width);
        out.append("\" height=\"").append(height).append("\" viewBox=\"0 0 ").append(width);
        out.append(' ').append(height).append("\" role=\"img\">\n<title>");
        escape(title, out);
        out.append("</title>\n<style>text{white-space:pre;font-kerning:none;");
        out.append("font-variant-ligatures:none}");
        for (FontRole role : FontRole.values()) {
            out.append('.').append(cssClass(role)).append("{font:");
            out.append(role.bold() ? "bold " : "").append(number(role.size())).append("px '");
            out.append(role.family()).append("',").append(fallback(role)).append('}');
        }
        out.append("</style>\n").append(body);
        if (clipped) {
            out.append("</g>\n");
        }
        return out.append("</svg>\n").toString();
    }

    @Override
    public void fillRect(double x, double y, double width, double height, Fill fill) {
        if (width <= 0 || height <= 0) {
            return;
        }
        if (fill.argb() >>> 24 != 0) {
            rect(x, y, width, height);
            paint("fill", fill.argb());
            body.append("/>\n");
        }
        if (fill.inkArgb() >>> 24 == 0) {
            return;
        }
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        PatternLines.draw(
                fill.pattern(),
                x,
                y,
                width,
                height,
                new PatternLines.Pen() {
                    @Override
                    public void line(double x1, double y1, double x2, double y2) {
                        path.append('M').append(number(x1)).append(' ').append(number(y1));
                        path.append('L').append(number(x2)).append(' ').append(number(y2));
                    }

                    @Override
                    public void dot(double dotX, double dotY, double size) {
                        dots.append('M').append(number(dotX)).append(' ').append(number(dotY));
                        dots.append('h').append(number(size)).append('v').append(number(size));
                        dots.append('h').append(number(-size)).append('z');
                    }
                });
        if (!path.isEmpty()) {
            body.append("<path fill=\"none\" d=\"").append(path).append('"');
            paint("stroke", fill.inkArgb());
            body.append("/>\n");
        }
        if (!dots.isEmpty()) {
            body.append("<path d=\"").append(dots).append('"');
            paint("fill", fill.inkArgb());
            body.append("/>\n");
        }
        strokeRect(x, y, width, height, fill.inkArgb(), 1);
    }

    @Override
    public void strokeRect(
            double x, double y, double width, double height, int argb, double thickness) {
        if (width <= 2 * thickness || height <= 2 * thickness) {
            rect(x, y, width, height);
            paint("fill", argb);
        } else {
            double half = thickness / 2;
            rect(x + half, y + half, width - thickness, height - thickness);
            body.append(" fill=\"none\"");
            paint("stroke", argb);
            thickness(thickness);
        }
        body.append("/>\n");
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, int argb, double thickness) {
        body.append("<path fill=\"none\" d=\"M").append(number(x1)).append(' ');
        body.append(number(y1)).append('L').append(number(x2)).append(' ').append(number(y2));
        body.append('"');
        paint("stroke", argb);
        thickness(thickness);
        body.append("/>\n");
    }

    @Override
    public void polyline(double[] xs, double[] ys, int count, int argb, double thickness) {
        if (count < 2) {
            return;
        }
        body.append("<polyline fill=\"none\" points=\"");
        points(xs, ys, count);
        body.append('"');
        paint("stroke", argb);
        thickness(thickness);
        body.append("/>\n");
    }

    @Override
    public void polygon(double[] xs, double[] ys, int argb) {
        body.append("<polygon points=\"");
        points(xs, ys, xs.length);
        body.append('"');
        paint("fill", argb);
        body.append("/>\n");
    }

    @Override
    public void text(String text, double x, double baseline, FontRole role, int argb) {
        if (text.isEmpty()) {
            return;
        }
        body.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(baseline));
        body.append("\" class=\"").append(cssClass(role)).append("\" textLength=\"");
        body.append(number(TextMetrics.width(text, role))).append('"');
        body.append(" lengthAdjust=\"spacingAndGlyphs\"");
        paint("fill", argb);
        body.append('>');
        escape(text, body);
        body.append("</text>\n");
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        unclip();
        int id = ++clips;
        body.append("<clipPath id=\"c").append(id).append("\">");
        rect(x, y, width, height);
        body.append("/></clipPath>\n<g clip-path=\"url(#c").append(id).append(")\">\n");
        clipped = true;
    }

    @Override
    public void unclip() {
        if (clipped) {
            body.append("</g>\n");
            clipped = false;
        }
    }

    private void rect(double x, double y, double width, double height) {
        body.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y));
        body.append("\" width=\"").append(number(width)).append("\" height=\"");
        body.append(number(height)).append('"');
    }

    private void points(double[] xs, double[] ys, int count) {
        for (int i = 0; i < count; i++) {
            body.append(i == 0 ? "" : " ").append(number(xs[i])).append(',').append(number(ys[i]));
        }
    }

    private void paint(String what, int argb) {
        body.append(' ').append(what).append("=\"#");
        body.append(String.format(Locale.ROOT, "%06x", argb & 0xffffff)).append('"');
        int alpha = argb >>> 24;
        if (alpha != 0xff) {
            body.append(' ').append(what).append("-opacity=\"");
            body.append(number(alpha / 255.0)).append('"');
        }
    }

    private void thickness(double thickness) {
        if (thickness != 1) {
            body.append(" stroke-width=\"").append(number(thickness)).append('"');
        }
    }

    private static String cssClass(FontRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static String fallback(FontRole role) {
        return role == FontRole.MONO ? "monospace" : "Verdana,sans-serif";
    }

    /// At most two digits after the point, no trailing zeros.
    private static String number(double value) {
        long hundredths = Math.round(value * 100);
        String sign = hundredths < 0 ? "-" : "";
        long size = Math.abs(hundredths);
        String whole = sign + size / 100;
        long rest = size % 100;
        if (rest == 0) {
            return size == 0 ? "0" : whole;
        }
        String digits = rest < 10 ? "0" + rest : Long.toString(rest);
        return whole + "." + (digits.endsWith("0") ? digits.substring(0, 1) : digits);
    }

    /// Characters XML cannot hold become the replacement character.
    private static void escape(String text, StringBuilder out) {
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '&' -> out.append("&amp;");
                        case '<' -> out.append("&lt;");
                        case '>' -> out.append("&gt;");
                        default -> out.appendCodePoint(isXml(c) ? c : 0xfffd);
                    }
                });
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || (c >= 0x20 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd)
                || c > 0xffff;
    }
}
