package org.panscope.app.quality;

import org.jspecify.annotations.Nullable;

/// One line of the panel.
///
/// @param kind what sort of line
/// @param name what it is about
/// @param value what is known of that
/// @param place where in the trace, as people read it; may be empty
/// @param seq the event to go to, or null when there is no place
public record QualityLine(Kind kind, String name, String value, String place, @Nullable Long seq) {
    /// Sorts of lines.
    public enum Kind {
        /// Begins a section; its value sums it up.
        HEADING,
        /// Something that is as it should be.
        FACT,
        /// Something to know before trusting the trace.
        PROBLEM,
        /// Something that is not there, and could not be expected to.
        ABSENT
    }

    static QualityLine heading(String name, String value) {
        return new QualityLine(Kind.HEADING, name, value, "", null);
    }

    static QualityLine fact(String name, String value) {
        return new QualityLine(Kind.FACT, name, value, "", null);
    }

    /// The line as one sentence, for a screen reader or the clipboard.
    public String sentence() {
        String text = value.isEmpty() ? name : name + ": " + value;
        return place.isEmpty() ? text : text + ", " + place;
    }
}
