package org.panscope.core.report.fences;

import java.util.List;

/// A question of the review of the series and what a trace says to it.
///
/// @param id `V1` to `V17`
/// @param asker who asked
/// @param question in one line
/// @param isAnswered false when the trace lacks the events for it
/// @param answer in one or two sentences; what is lacking when it is not answered
/// @param details figures and places, one a line
public record Answer(
        String id,
        String asker,
        String question,
        boolean isAnswered,
        String answer,
        List<String> details) {
    public Answer {
        details = List.copyOf(details);
    }
}
