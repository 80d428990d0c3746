package org.panscope.core.sql.derived;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.UserEvent.InsertWrite;

import java.util.ArrayDeque;
import java.util.Deque;

/// The batches of one queue that are on their way. Offsets run freely and are compared as
/// differences.
final class BatchQueue {
    /// Ended batches that are kept for a wake-up that may still come.
    private static final int MOST_KEPT = 256;

    private final long gid;
    private final int index;
    private final RowOutput output;
    private final Deque<Batch> batches = new ArrayDeque<>();
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

    long gid() {
        return gid;
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
        batches.add(batch);
        shrink();
        return batch;
    }

    private void shrink() {
        while (batches.size() > MOST_KEPT && batches.getFirst().isEnded()) {
            finish(batches.removeFirst());
        }
    }

    void kicked(@Nullable String branch, Moment moment) {
        for (Batch batch : batches) {
            if (!batch.isEnded() && !batch.row().has("kick_seq")) {
                batch.row().place("kick", moment).put("kick_branch", branch);
            }
        }
    }

    void rung(String page, Moment moment) {
        for (Batch batch : batches) {
            if (!batch.isEnded() && !batch.row().has("doorbell_seq")) {
                batch.row().place("doorbell", moment).put("doorbell_page", page);
            }
        }
    }

    void fetched(long seenInsert, Moment moment) {
        for (Batch batch : batches) {
            if (!batch.isEnded() && seenInsert - batch.end() >= 0) {
                batch.row().first("fetch", moment);
            }
        }
    }

    void executed(Moment moment) {
        for (Batch batch : batches) {
            if (!batch.isEnded() && batch.row().has("fetch_seq")) {
                batch.row().first("execute", moment);
                return;
            }
        }
    }

    void extracted(long extract, Moment moment) {
        for (Batch batch : batches) {
            if (!batch.isEnded() && extract - batch.end() >= 0) {
                batch.row().place("end", moment);
            }
        }
    }

    /// A sync object was written: by the batch that executes, else by the last that ended.
    ///
    /// @return that batch, or null when its interrupt came before
    @Nullable Batch synced(Moment moment) {
        Batch writer = null;
        for (Batch batch : batches) {
            if (batch.row().has("execute_seq")) {
                writer = batch;
                if (!batch.isEnded()) {
                    break;
                }
            }
        }
        if (writer == null || (writer.isEnded() && writer.row().has("irq_seq"))) {
            return null;
        }
        writer.row().place("sync", moment).place("irq", null);
        return writer;
    }

    void woken(Moment moment) {
        for (Batch batch : batches) {
            if (batch.row().has("irq_seq")) {
                batch.row().first("wake", moment);
            }
        }
    }

    void finish() {
        batches.forEach(this::finish);
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
