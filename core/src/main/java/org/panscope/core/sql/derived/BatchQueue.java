package org.panscope.core.sql.derived;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.UserEvent.InsertWrite;

import java.util.ArrayDeque;
import java.util.Deque;

/// The batches of one queue that are on their way. Offsets run freely and are compared as
/// differences.
final class BatchQueue {
    /// Ended batches that are kept for a wake-up that may still come.
    private static final int MOST_ENDED = 256;

    /// More batches than this never are in a ring; of a trace that does not tell how queues go on
    /// the oldest are given up.
    private static final int MOST_LIVE = 1 << 14;

    private final long gid;
    private final int index;
    private final RowOutput output;
    private final Deque<Batch> live = new ArrayDeque<>();
    private final Deque<Batch> ended = new ArrayDeque<>();
    private @Nullable Moment write;
    private @Nullable Long insert;
    private long count;
    private long jobEnd;
    private long job;
    private @Nullable String jobFinished;
    private boolean hasJob;

    /// @param finished finished fence of its job, or null
    record Batch(Row row, long end, @Nullable String finished) {
        boolean isEnded() {
            return row.has("end_seq");
        }
    }

    BatchQueue(long gid, int index, RowOutput output) {
        this.gid = gid;
        this.index = index;
        this.output = output;
    }

    int index() {
        return index;
    }

    void written(Moment moment) {
        write = write == null ? moment : write;
    }

    /// The kernel wrote a job's instructions; its INSERT comes next.
    void jobWritten(long ringEnd, long jobId, @Nullable String finished) {
        jobEnd = ringEnd;
        job = jobId;
        jobFinished = finished;
        hasJob = true;
    }

    /// INSERT was stored.
    ///
    /// @return the new batch, or null when INSERT did not advance
    @Nullable Batch inserted(InsertWrite stored, Moment moment) {
        Long before = stored.oldInsert() != null ? stored.oldInsert() : insert;
        insert = stored.newInsert();
        if (before != null && stored.newInsert() - before <= 0) {
            return null;
        }
        boolean isOfJob = hasJob && jobEnd == stored.newInsert();
        Row row =
                new Row(BatchTable.INFO)
                        .put("gid", gid)
                        .put("queue", index)
                        .put("batch", ++count)
                        .put("written_by", stored.by().label())
                        .put("ring_from", before)
                        .put("ring_to", stored.newInsert())
                        .put("job", isOfJob ? job : null)
                        .place("write", write)
                        .place("insert", moment)
                        .cursor(moment);
        write = null;
        hasJob = false;
        Batch batch = new Batch(row, stored.newInsert(), isOfJob ? jobFinished : null);
        live.add(batch);
        if (live.size() > MOST_LIVE) {
            finish(live.removeFirst());
        }
        return batch;
    }

    // What holds for a batch holds for those before it, so the newest are looked at first.

    void kicked(@Nullable String branch, Moment moment) {
        for (Batch batch : newestFirst(live)) {
            if (batch.row().has("kick_seq")) {
                return;
            }
            batch.row().place("kick", moment).put("kick_branch", branch);
        }
    }

    void rung(String page, Moment moment) {
        for (Batch batch : newestFirst(live)) {
            if (batch.row().has("doorbell_seq")) {
                return;
            }
            batch.row().place("doorbell", moment).put("doorbell_page", page);
        }
    }

    void fetched(long seenInsert, Moment moment) {
        for (Batch batch : newestFirst(live)) {
            if (batch.row().has("fetch_seq")) {
                return;
            }
            if (seenInsert - batch.end() >= 0) {
                batch.row().place("fetch", moment);
            }
        }
    }

    void executed(Moment moment) {
        Batch oldest = live.peekFirst();
        if (oldest != null && oldest.row().has("fetch_seq")) {
            oldest.row().first("execute", moment);
        }
    }

    void extracted(long extract, Moment moment) {
        Batch oldest = live.peekFirst();
        while (oldest != null && extract - oldest.end() >= 0) {
            oldest.row().place("end", moment);
            ended.add(live.removeFirst());
            if (ended.size() > MOST_ENDED) {
                finish(ended.removeFirst());
            }
            oldest = live.peekFirst();
        }
    }

    /// A sync object was written: by the batch that executes, else by the last that ended.
    ///
    /// @return that batch, or null when its interrupt came before
    @Nullable Batch synced(Moment moment) {
        Batch oldest = live.peekFirst();
        Batch writer =
                oldest != null && oldest.row().has("execute_seq") ? oldest : ended.peekLast();
        if (writer == null || (writer.isEnded() && writer.row().has("irq_seq"))) {
            return null;
        }
        writer.row().place("sync", moment).place("irq", null);
        return writer;
    }

    void woken(Moment moment) {
        for (Batch batch : newestFirst(ended)) {
            if (batch.row().has("wake_seq")) {
                return;
            }
            if (batch.row().has("irq_seq")) {
                batch.row().place("wake", moment);
            }
        }
    }

    private static Iterable<Batch> newestFirst(Deque<Batch> batches) {
        return batches::descendingIterator;
    }

    void finish() {
        ended.forEach(this::finish);
        live.forEach(this::finish);
    }

    private void finish(Batch batch) {
        Row row = batch.row();
        String state =
                batch.isEnded()
                        ? "ended"
                        : row.has("execute_seq")
                                ? "executing"
                                : row.has("fetch_seq") ? "fetched" : "pending";
        row.put("state", state).writeTo(output);
    }
}
