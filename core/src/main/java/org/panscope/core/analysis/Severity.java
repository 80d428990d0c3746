package org.panscope.core.analysis;

/// How bad it is that a rule is broken.
public enum Severity {
    /// A bug of the driver, the firmware or an application.
    ERROR("E", "bug"),
    /// Something that goes wrong when the timing is slightly different.
    WARNING("W", "hazard"),
    /// Works, and reviewers of the series object to it.
    POLICY("P", "policy");

    private final String letter;
    private final String meaning;

    Severity(String letter, String meaning) {
        this.letter = letter;
        this.meaning = meaning;
    }

    /// `E`, `W` or `P`, as reports and JSON write it.
    public String letter() {
        return letter;
    }

    /// In a word.
    public String meaning() {
        return meaning;
    }
}
