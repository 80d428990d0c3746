package org.panscope.app.surface;

/// What a text is for; decides face and size.
public enum FontRole {
    /// Labels inside bars and at instants.
    LABEL("DejaVuSans.ttf", "DejaVu Sans", false, 10),
    /// Names of rows.
    ROW("DejaVuSans.ttf", "DejaVu Sans", false, 12),
    /// Names of groups of rows.
    GROUP("DejaVuSans-Bold.ttf", "DejaVu Sans", true, 12),
    /// Times, addresses, values.
    MONO("DejaVuSansMono.ttf", "DejaVu Sans Mono", false, 10),
    /// The heading of a picture.
    TITLE("DejaVuSans-Bold.ttf", "DejaVu Sans", true, 14);

    private final String file;
    private final String family;
    private final boolean bold;
    private final double size;

    FontRole(String file, String family, boolean bold, double size) {
        this.file = file;
        this.family = family;
        this.bold = bold;
        this.size = size;
    }

    /// Place of the font on the class path.
    public String resource() {
        return "/net/sf/jasperreports/fonts/dejavu/" + file;
    }

    public String family() {
        return family;
    }

    public boolean bold() {
        return bold;
    }

    /// Size in px.
    public double size() {
        return size;
    }
}
