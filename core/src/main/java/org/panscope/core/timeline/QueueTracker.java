package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.schema.Unit;

/// One ring buffer while the trace is read: how far it was written, published and consumed, and
/// what its row therefore shows. Offsets run freely and are compared as differences.
final class QueueTracker {
    private final Build build;
    private final RowBuilder row;
    private @Nullable RowBuilder pendingRow;
    private long written;
    private long insert;
    private long extract;

    /// Whether a firmware interface runs this queue now.
    private boolean onFirmware;

    private boolean fetched;
    private boolean blocked;

    QueueTracker(Build build, RowBuilder row) {
        this.build = build;
        this.row = row;
    }

    void created(EventCursor event) {
        row.state(event, "empty", Style.IDLE);
    }

    void written(EventCursor event, long at, long length) {
        written = at + length;
        if (onFirmware && insert != extract) {
            row.instant(event, "ring write", Style.QUEUED, Glyph.TICK);
        } else if (written != insert) {
            row.state(event, "written", Style.QUEUED);
        }
    }

    void inserted(EventCursor event, long newInsert) {
        insert = newInsert;
        pending(event);
        row.instant(event, "INSERT " + insert, Style.QUEUED, Glyph.DIAMOND);
        if (!executes()) {
            rest(event);
        }
    }

    /// Somebody read both words; who executes the queue is not known.
    void sampled(EventCursor event, long seenInsert, long seenExtract) {
        insert = seenInsert;
        extract = seenExtract;
        pending(event);
        row.state(
                event,
                insert != extract ? "pending" : "empty",
                insert != extract ? Style.QUEUED : Style.IDLE);
    }

    void firmware(
            EventCursor event, String step, @Nullable Long seenInsert, @Nullable Long newExtract) {
        if (newExtract != null) {
            extract = newExtract;
            pending(event);
        }
        switch (step) {
            case "fetch" -> {
                // A blocked stream may see a new INSERT and stays blocked.
                if (!blocked) {
                    fetch(event, seenInsert);
                }
            }
            case "start", "resume", "unblock" -> fetch(event, seenInsert);
            case "extract" -> {
                if (fetched && !blocked && insert == extract) {
                    fetched = false;
                    row.state(event, "drained", Style.IDLE);
                }
            }
            case "empty" -> {
                fetched = false;
                blocked = false;
                rest(event);
            }
            case "stop", "suspend" -> {
                onFirmware = false;
                fetched = false;
                blocked = false;
                rest(event);
            }
            default -> {
                // `active` changes a word, not what the queue does.
            }
        }
    }

    /// @param label of the state, as on the stream's own row
    void blocked(EventCursor event, int reason, int label) {
        onFirmware = true;
        blocked = true;
        if (reason == Streams.SCOREBOARD) {
            // The stream waits for its own work: for the queue that is progress.
            row.state(event, "async work", Style.RUNNING);
        } else {
            row.state(event, label, Style.WAITING);
        }
    }

    private void fetch(EventCursor event, @Nullable Long seenInsert) {
        blocked = false;
        onFirmware = true;
        fetched = seenInsert == null ? insert != extract : seenInsert != extract;
        if (fetched) {
            row.state(event, "executing", Style.RUNNING);
        } else {
            rest(event);
        }
    }

    void fault(EventCursor event, String kind) {
        row.state(event, kind, Style.ERROR);
    }

    void released() {
        row.noState();
    }

    private boolean executes() {
        return onFirmware && (fetched || blocked);
    }

    /// The state of a ring nobody executes at the moment.
    private void rest(EventCursor event) {
        if (insert != extract) {
            row.state(event, "pending", Style.QUEUED);
        } else {
            row.state(event, "empty", Style.IDLE);
        }
    }

    /// A ring that never holds anything unread gets no row of its own.
    private void pending(EventCursor event) {
        if (pendingRow == null && insert == extract) {
            return;
        }
        if (pendingRow == null) {
            pendingRow = build.child(row.id, "pending", "pending bytes");
        }
        pendingRow.step(event, insert - extract, Unit.BYTES);
    }
}
