package org.panscope.app.timeline;

import org.jspecify.annotations.Nullable;

/// What lies over the rows of a timeline.
///
/// @param cursorNs time of the cursor, or null
/// @param cursorSeq event the cursor stands on, or null
/// @param selectionFromNs start of the selected range
/// @param selectionToNs its end; not after the start when nothing is selected
/// @param selectedRow id of the row chosen, or -1
public record TimelineMarks(
        @Nullable Long cursorNs,
        @Nullable Long cursorSeq,
        long selectionFromNs,
        long selectionToNs,
        int selectedRow) {

    public static final TimelineMarks NONE = new TimelineMarks(null, null, 0, 0, -1);

    public boolean hasSelection() {
        return selectionToNs > selectionFromNs;
    }
}
