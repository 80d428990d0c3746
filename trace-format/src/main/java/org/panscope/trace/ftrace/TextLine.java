package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;

/// What one line of a capture turned out to be.
sealed interface TextLine {

    /// An event, perhaps continued on the next lines.
    record EventLine(LineHead head, EventText text) implements TextLine {}

    /// The capture's own word that events are missing.
    ///
    /// @param reason as in [org.panscope.trace.quality.Loss]
    /// @param cpu the CPU they happened on
    /// @param count how many, or null when the capture does not know
    /// @param text the line
    record LostLine(String reason, @Nullable Integer cpu, @Nullable Long count, String text)
            implements TextLine {}

    /// Something about the capture as a whole, or a comment.
    record HeaderLine(String text) implements TextLine {}

    /// Something about how the file is stored, of no interest here.
    record NoteLine() implements TextLine {}

    /// Nothing.
    record BlankLine() implements TextLine {}

    /// The rest of a multi-line event, or damage.
    ///
    /// @param why what is missing, for a person
    record OtherLine(String text, String why) implements TextLine {}
}
