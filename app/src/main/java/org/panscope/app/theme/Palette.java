package org.panscope.app.theme;

/// The colour-blind safe colours of Okabe and Ito, and a ring of hues for identities.
public final class Palette {
    public static final int ORANGE = 0xffe69f00;
    public static final int SKY_BLUE = 0xff56b4e9;
    public static final int GREEN = 0xff009e73;
    public static final int YELLOW = 0xfff0e442;
    public static final int BLUE = 0xff0072b2;
    public static final int VERMILLION = 0xffd55e00;
    public static final int PURPLE = 0xffcc79a7;
    public static final int GREY = 0xff999999;
    public static final int BLACK = 0xff000000;
    public static final int WHITE = 0xffffffff;

    /// Hues of equal lightness for objects; black text is readable on all of them.
    private static final int[] IDENTITIES = {
        0xff8fb8de,
        0xffd9b26f,
        0xff86c5a4,
        0xffd9a0c0,
        0xffb4bd6a,
        0xffb3aadf,
        0xffe0a58c,
        0xff7cc4c9,
        0xffc9b08f,
        0xffa3c07c,
        0xffc7a6d8,
        0xff9fb6bf
    };

    private Palette() {}

    /// Number of identity colours.
    public static int identityCount() {
        return IDENTITIES.length;
    }

    public static int identity(int index) {
        return IDENTITIES[index];
    }

    /// Colour of the object with this name: the same in every view and every trace.
    public static int identityOf(String name) {
        int hash = 0x811c9dc5;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x01000193;
        }
        hash ^= hash >>> 15;
        return IDENTITIES[Math.floorMod(hash, IDENTITIES.length)];
    }

    /// Contrast ratio of two opaque colours by the formula of WCAG 2, from 1 to 21.
    public static double contrast(int argb1, int argb2) {
        double a = luminance(argb1);
        double b = luminance(argb2);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    /// Black or white, whichever is easier to read on a colour.
    public static int inkOn(int argb) {
        return contrast(BLACK, argb) >= contrast(WHITE, argb) ? BLACK : WHITE;
    }

    /// A colour moved towards another.
    ///
    /// @param share 0 gives `argb`, 1 gives `target`
    public static int mix(int argb, int target, double share) {
        int mixed = 0xff;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = argb >> shift & 0xff;
            int to = target >> shift & 0xff;
            mixed = mixed << 8 | (int) Math.round(from + (to - from) * share);
        }
        return mixed;
    }

    private static double luminance(int argb) {
        return 0.2126 * linear(argb >> 16 & 0xff)
                + 0.7152 * linear(argb >> 8 & 0xff)
                + 0.0722 * linear(argb & 0xff);
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
