package org.panscope.app.timeline;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What lies over the rows of a timeline.
///
/// @param cursorNs time of the cursor, or null
/// @param cursorSeq event the cursor stands on, or null
/// @param selectionFromNs start of the selected range
/// @param selectionToNs its end; not after the start when nothing is selected
/// @param selectedRow id of the row chosen, or -1
/// @param findings what the analyzer found, by time
public record TimelineMarks(
        @Nullable Long cursorNs,
        @Nullable Long cursorSeq,
        long selectionFromNs,
        long selectionToNs,
        int selectedRow,
        List<FindingMark> findings) {

    public static final TimelineMarks NONE = new TimelineMarks(null, null, 0, 0, -1, List.of());

    /// Where something was found.
    ///
    /// @param isError whether it is a bug rather than a hazard or a matter of policy
    public record FindingMark(long timeNs, boolean isError) {}

    public TimelineMarks {
        findings = List.copyOf(findings);
    }

    public boolean hasSelection() {
        return selectionToNs > selectionFromNs;
    }
}
