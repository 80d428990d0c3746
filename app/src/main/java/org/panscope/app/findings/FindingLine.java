package org.panscope.app.findings;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One line of the panel.
///
/// @param kind what sort of line
/// @param badge `I12 E`, or empty
/// @param text the sentence
/// @param place where in the trace, as people read it; may be empty
/// @param seq the event to go to, or null when there is no place
/// @param timeNs its time
/// @param proof the events that show it, ascending
/// @param rule the rule as a sentence, for a closer look; may be empty
public record FindingLine(
        Kind kind,
        String badge,
        String text,
        String place,
        @Nullable Long seq,
        long timeNs,
        List<Long> proof,
        String rule) {

    /// Sorts of lines.
    public enum Kind {
        ERROR,
        WARNING,
        POLICY,
        /// Sums up, or says what could not be judged.
        NOTE
    }

    public FindingLine {
        proof = List.copyOf(proof);
    }

    static FindingLine note(String text) {
        return new FindingLine(Kind.NOTE, "", text, "", null, 0, List.of(), "");
    }

    /// The line as one sentence, for a screen reader or the clipboard.
    public String sentence() {
        String start = badge.isEmpty() ? text : badge + ": " + text;
        return place.isEmpty() ? start : start + " " + place;
    }
}
