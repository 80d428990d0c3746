package org.panscope.core.sql.derived;

import org.jspecify.annotations.Nullable;
import org.panscope.core.capture.pairing.Outcome;
import org.panscope.core.capture.pairing.Pair;
import org.panscope.core.capture.pairing.PairKind;
import org.panscope.core.capture.pairing.PairSink;
import org.panscope.trace.io.EventCursor;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Jobs, fences and waits of a capture, as the kernel's tracepoints pair up, and groups on slots,
/// as probes do.
final class CapturedRows implements PairSink {
    private final RowOutput jobs;
    private final RowOutput fences;
    private final RowOutput waits;
    private final RowOutput slots;

    /// Jobs that left the queue and whose run has not ended.
    private final Map<String, Row> running = new TreeMap<>();

    CapturedRows(RowOutput jobs, RowOutput fences, RowOutput waits, RowOutput slots) {
        this.jobs = jobs;
        this.fences = fences;
        this.waits = waits;
        this.slots = slots;
    }

    @Override
    public void begun(Pair pair, EventCursor event) {
        if (pair.kind() == PairKind.JOB_RUN) {
            Row row = running.computeIfAbsent(key(pair), key -> job(pair));
            row.place("run", begin(pair));
        }
    }

    @Override
    public void ended(Pair pair, EventCursor event, Outcome outcome) {
        boolean isSeen = outcome != Outcome.ABANDONED;
        end(pair, isSeen ? new Moment(event.seq(), event.timeNs()) : null, outcome);
    }

    @Override
    public void unfinished(Pair pair, boolean isUnbroken) {
        end(pair, null, null);
    }

    private void end(Pair pair, @Nullable Moment end, @Nullable Outcome outcome) {
        switch (pair.kind()) {
            case JOB_QUEUED -> {
                Row row = job(pair).place("pushed", begin(pair));
                if (end == null) {
                    row.put("outcome", label(outcome)).writeTo(jobs);
                } else {
                    running.put(key(pair), row);
                }
            }
            case JOB_RUN -> {
                Row row = running.remove(key(pair));
                (row == null ? job(pair).place("run", begin(pair)) : row)
                        .place("done", end)
                        .put("outcome", label(outcome))
                        .writeTo(jobs);
            }
            case FENCE ->
                    new Row(FenceTable.INFO)
                            .put("fence", fence(pair))
                            .put("context", pair.context())
                            .put("seqno", pair.seqno())
                            .put("timeline", emptyAsNull(pair.owner()))
                            .place("init", begin(pair))
                            .place("signal", end)
                            .put("outcome", label(outcome))
                            .cursor(begin(pair))
                            .writeTo(fences);
            case FENCE_WAIT ->
                    new Row(WaitTable.INFO)
                            .put("kind", "fence")
                            .put("object", fence(pair))
                            .place("from", begin(pair))
                            .place("to", end)
                            .put("ended_by", label(outcome))
                            .cursor(begin(pair))
                            .writeTo(waits);
            case GROUP_BOUND ->
                    new Row(SlotTable.INFO)
                            .put("slot", Long.parseLong(lastWord(pair.owner())))
                            .place("from", begin(pair))
                            .place("to", end)
                            .put("group_address", lastWord(pair.name()))
                            .cursor(begin(pair))
                            .writeTo(slots);
            case INTERRUPT, SOFTIRQ, WORK_QUEUED, WORK -> {
                // Of the machine around the GPU.
            }
        }
    }

    private static Row job(Pair pair) {
        return new Row(JobTable.INFO)
                .put("kind", "drm_sched")
                .put("ring", emptyAsNull(pair.owner()))
                .put("name", emptyAsNull(pair.name()))
                .put("finished_fence", pair.context() == 0 ? null : fence(pair))
                .cursor(begin(pair));
    }

    private static String key(Pair job) {
        return job.owner() + "\n" + job.name() + "\n" + job.context() + "\n" + job.seqno();
    }

    private static Moment begin(Pair pair) {
        return new Moment(pair.beginSeq(), pair.beginNs());
    }

    private static String fence(Pair pair) {
        return org.panscope.core.state.ObjectId.fence(pair.context(), pair.seqno()).toString();
    }

    private static String lastWord(String text) {
        return text.substring(text.lastIndexOf(' ') + 1);
    }

    private static @Nullable String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String label(@Nullable Outcome outcome) {
        return outcome == null ? null : outcome.name().toLowerCase(Locale.ROOT);
    }

    /// Writes jobs of which only the way out of the queue was seen.
    void finish() {
        running.values().forEach(row -> row.writeTo(jobs));
    }
}
