package org.panscope.app.timeline;

import org.panscope.app.theme.Formats;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineRow;

/// What a screen reader says about the timeline.
final class Narration {
    private Narration() {}

    static String of(TimelineModel model) {
        Timeline timeline = model.timeline();
        if (timeline == null) {
            return "timeline without a trace";
        }
        StringBuilder text = new StringBuilder("timeline from ");
        text.append(Formats.duration(model.viewport().fromNs())).append(" to ");
        text.append(Formats.duration(model.viewport().toNs()));
        TimelineRow row = model.selected();
        if (row != null) {
            text.append(", row ").append(timeline.path(row));
        }
        Long cursor = model.cursorNs();
        if (cursor != null) {
            text.append(", cursor at ").append(Formats.time(cursor));
        }
        return text.toString();
    }
}
