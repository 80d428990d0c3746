package org.panscope.core.scenario;

/// How well founded a default or a choice of the model is.
public enum Standing {
    /// Register values and sizes of the device that is emulated unless told otherwise.
    DEVICE("", "fact of the default device"),
    /// Read in a public source.
    READ("R", "read in a public source"),
    /// Not stated publicly, but inferred from what is.
    INFERRED("I", "inferred"),
    /// No public source says anything.
    OPEN("?", "nobody public says");

    private final String mark;
    private final String meaning;

    Standing(String mark, String meaning) {
        this.mark = mark;
        this.meaning = meaning;
    }

    /// Its letter in square brackets at the end of a description; empty for facts of the device.
    public String mark() {
        return mark;
    }

    /// Its meaning, for legends.
    public String meaning() {
        return meaning;
    }
}
