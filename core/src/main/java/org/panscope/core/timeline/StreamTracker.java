package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;

/// One command stream interface while the trace is read, as its row shows it. A stream whose
/// EXTRACT has reached INSERT is drained: the firmware calls it idle only after the hysteresis.
final class StreamTracker {
    private final RowBuilder row;
    private long insert;
    private boolean blocked;

    StreamTracker(RowBuilder row) {
        this.row = row;
    }

    void step(
            EventCursor event,
            String step,
            @Nullable Long seenInsert,
            @Nullable Long extract,
            int blockedReason) {
        if (seenInsert != null) {
            insert = seenInsert;
        }
        switch (step) {
            case "start", "resume" -> {
                blocked = false;
                boolean work = seenInsert != null && extract != null && insert != extract;
                row.state(event, work ? "executing" : "idle", work ? Style.RUNNING : Style.IDLE);
            }
            // A blocked stream may see a new INSERT and stays blocked.
            case "fetch" -> {
                if (!blocked) {
                    row.state(event, "executing", Style.RUNNING);
                }
            }
            case "unblock" -> {
                blocked = false;
                row.state(event, "executing", Style.RUNNING);
            }
            case "block" -> {
                blocked = true;
                row.state(event, "blocked: " + BlockedReason.name(blockedReason), Style.WAITING);
            }
            case "extract" -> {
                row.instant(event, step, Style.IDLE, Glyph.TICK);
                if (extract != null && extract == insert && !blocked) {
                    row.state(event, "drained", Style.IDLE);
                }
            }
            case "empty" -> {
                blocked = false;
                row.state(event, "idle", Style.IDLE);
            }
            case "stop", "suspend" -> row.noState();
            default -> row.instant(event, step, Style.IDLE, Glyph.TICK);
        }
    }
}
