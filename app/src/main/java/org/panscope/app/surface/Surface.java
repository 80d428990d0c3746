package org.panscope.app.surface;

/// Something to draw on. Units are px from the top left; colours are ARGB.
public interface Surface {
    /// Fills a rectangle, with its pattern and edge inside it.
    void fillRect(double x, double y, double width, double height, Fill fill);

    /// Draws the edge of a rectangle, inside it.
    void strokeRect(double x, double y, double width, double height, int argb, double thickness);

    void line(double x1, double y1, double x2, double y2, int argb, double thickness);

    /// Joins points by lines.
    ///
    /// @param count how many of the points to use
    void polyline(double[] xs, double[] ys, int count, int argb, double thickness);

    /// Fills the area inside the points.
    void polygon(double[] xs, double[] ys, int argb);

    /// Draws one line of text.
    ///
    /// @param x left end
    /// @param baseline y of the line the letters stand on
    void text(String text, double x, double baseline, FontRole role, int argb);

    /// Limits drawing to a rectangle until [#unclip()]. Clips do not nest.
    void clip(double x, double y, double width, double height);

    void unclip();

    /// Text with its middle on a height.
    default void textMiddle(String text, double x, double middle, FontRole role, int argb) {
        text(text, x, middle + TextMetrics.baselineBelowMiddle(role), role, argb);
    }
}
