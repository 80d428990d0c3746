package org.panscope.app.surface;

/// Look of a filled area.
///
/// @param argb colour of the area
/// @param pattern drawn over it
/// @param inkArgb colour of the pattern and of the 1 px edge; an alpha of 0 leaves both out
public record Fill(int argb, Pattern pattern, int inkArgb) {
    public static Fill solid(int argb) {
        return new Fill(argb, Pattern.SOLID, 0);
    }
}
