package org.panscope.app.surface;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/// How wide texts are, the same for every surface, and how to shorten those that do not fit.
public final class TextMetrics {
    private static final String ELLIPSIS = "…";
    private static final double ASCENT = 0.76;

    private static final Map<FontRole, FontWidths> WIDTHS = load();

    private TextMetrics() {}

    /// Width in px.
    public static double width(String text, FontRole role) {
        FontWidths widths = widthsOf(role);
        double width = 0;
        for (int i = 0; i < text.length(); i++) {
            width += widths.width(text.charAt(i), role.size());
        }
        return width;
    }

    /// Distance from the middle of a line of text down to its baseline.
    public static double baselineBelowMiddle(FontRole role) {
        return role.size() * ASCENT / 2 - role.size() * 0.02;
    }

    /// The text, or as much of its beginning as fits before an ellipsis; empty when not even two
    /// characters do.
    public static String fit(String text, FontRole role, double maxWidth) {
        if (width(text, role) <= maxWidth) {
            return text;
        }
        FontWidths widths = widthsOf(role);
        double width = width(ELLIPSIS, role);
        int keep = 0;
        while (keep < text.length()) {
            width += widths.width(text.charAt(keep), role.size());
            if (width > maxWidth) {
                break;
            }
            keep++;
        }
        if (keep > 0 && Character.isHighSurrogate(text.charAt(keep - 1))) {
            keep--;
        }
        return keep < 2 ? "" : text.substring(0, keep).stripTrailing() + ELLIPSIS;
    }

    /// Like [#fit], keeping the end: for names that differ at their end.
    public static String fitEnd(String text, FontRole role, double maxWidth) {
        if (width(text, role) <= maxWidth) {
            return text;
        }
        String reversed = new StringBuilder(text).reverse().toString();
        String kept = fit(reversed, role, maxWidth);
        return new StringBuilder(kept).reverse().toString();
    }

    private static FontWidths widthsOf(FontRole role) {
        FontWidths widths = WIDTHS.get(role);
        if (widths == null) {
            throw new IllegalStateException("role=" + role + " has no font");
        }
        return widths;
    }

    private static Map<FontRole, FontWidths> load() {
        Map<String, FontWidths> files = new TreeMap<>();
        Map<FontRole, FontWidths> roles = new EnumMap<>(FontRole.class);
        for (FontRole role : FontRole.values()) {
            roles.put(role, files.computeIfAbsent(role.resource(), FontWidths::load));
        }
        return roles;
    }
}
