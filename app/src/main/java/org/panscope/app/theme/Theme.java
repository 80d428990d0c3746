package org.panscope.app.theme;

import org.panscope.app.surface.Fill;
import org.panscope.app.surface.Pattern;
import org.panscope.core.timeline.Style;

/// Colours of everything drawn. States are coded twice, by colour and by pattern.
///
/// @param name `light` or `dark`
/// @param window background of header and ruler
/// @param laneA background of every other row
/// @param laneB background of the rows between
/// @param groupBand background of rows that head a group
/// @param grid time grid and separators
/// @param text names and values
/// @param secondaryText units, counts, hints
/// @param cursor time cursor and selection edge
public record Theme(
        String name,
        int window,
        int laneA,
        int laneB,
        int groupBand,
        int grid,
        int text,
        int secondaryText,
        int cursor) {

    public static final Theme LIGHT =
            new Theme(
                    "light",
                    0xffffffff,
                    0xffffffff,
                    0xfff5f6f8,
                    0xffeceef2,
                    0xffe1e4e8,
                    0xff1a1a1a,
                    0xff5c6068,
                    0xff1a1a1a);

    public static final Theme DARK =
            new Theme(
                    "dark",
                    0xff1e1f22,
                    0xff232428,
                    0xff27282d,
                    0xff2f3137,
                    0xff34363c,
                    0xffd6d6d6,
                    0xff9a9ca3,
                    0xffffffff);

    private static final int SOFT_ALPHA = 0x30000000;

    /// The theme of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Theme named(String name) {
        return switch (name) {
            case "light" -> LIGHT;
            case "dark" -> DARK;
            default ->
                    throw new IllegalArgumentException("theme=" + name + " is not light or dark");
        };
    }

    public boolean isDark() {
        return name.equals(DARK.name());
    }

    /// Base colour of a meaning.
    ///
    /// @param label decides the colour of an identity
    public int color(Style style, String label) {
        return switch (style) {
            case RUNNING -> Palette.GREEN;
            case WAITING -> Palette.ORANGE;
            case QUEUED -> Palette.SKY_BLUE;
            case ACTIVITY -> Palette.BLUE;
            case FENCE -> Palette.PURPLE;
            case ATTENTION -> Palette.YELLOW;
            case IDLE, UNKNOWN -> Palette.GREY;
            case IDENTITY, IDENTITY_IDLE, IDENTITY_WAITING ->
                    Palette.identityOf(Style.identityIn(label));
            case ERROR -> Palette.VERMILLION;
        };
    }

    /// How a bar of this meaning is filled.
    public Fill fill(Style style, String label) {
        int color = color(style, label);
        int edge = edge(color);
        return switch (style) {
            case RUNNING, ACTIVITY, FENCE, ATTENTION, IDENTITY ->
                    new Fill(color, Pattern.SOLID, edge);
            case WAITING, IDENTITY_WAITING -> new Fill(color, Pattern.HATCH, patternInk(color));
            case IDENTITY_IDLE -> new Fill(Palette.mix(laneA, color, 0.35), Pattern.SOLID, edge);
            case QUEUED -> new Fill(color, Pattern.DOTS, patternInk(color));
            case ERROR -> new Fill(color, Pattern.CROSS_HATCH, patternInk(color));
            case IDLE ->
                    new Fill(
                            Palette.mix(laneA, Palette.GREY, 0.18),
                            Pattern.SOLID,
                            Palette.mix(laneA, Palette.GREY, 0.6));
            case UNKNOWN -> new Fill(laneA, Pattern.OUTLINE, strokeOf(color));
        };
    }

    /// Colour of text on such a bar.
    public int textOn(Fill fill) {
        return Palette.inkOn(fill.argb());
    }

    /// Colour of the edge of an area: dark on light, light on dark, close to the area's own.
    public int edge(int color) {
        return Palette.mix(color, isDark() ? Palette.WHITE : Palette.BLACK, isDark() ? 0.15 : 0.35);
    }

    /// Strokes and glyphs of a colour that must stand out from the lanes.
    public int strokeOf(int color) {
        int stroke = color;
        for (int i = 0; i < 8 && Palette.contrast(stroke, laneB) < 3; i++) {
            stroke = Palette.mix(stroke, isDark() ? Palette.WHITE : Palette.BLACK, 0.15);
        }
        return stroke;
    }

    /// Wash over the selected time range.
    public int selectionWash() {
        return SOFT_ALPHA | (Palette.SKY_BLUE & 0xffffff);
    }

    private int patternInk(int color) {
        return Palette.mix(color, Palette.BLACK, 0.35);
    }
}
