package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;

import java.util.function.Consumer;

/// Fences from making to signal, and the waits for them (`include/trace/events/dma_fence.h`;
/// `fence_…` before 4.10). Jobs are told what happens to fences, as their ends show there too.
final class FencePairs {
    private final PairBook book;
    private final JobPairs jobs;
    private final OpenPairs<Long> fences;
    private final OpenPairs<Wait> waits;

    /// One thread waits for one fence; it may do so within itself.
    private record Wait(int thread, long fence) {}

    FencePairs(PairBook book, JobPairs jobs) {
        this.book = book;
        this.jobs = jobs;
        fences = new OpenPairs<>(book);
        waits = new OpenPairs<>(book);
    }

    /// What reads the events of this name, or null.
    @Nullable Consumer<EventCursor> reader(String name, Fields fields) {
        String step = name.startsWith("dma_") ? name.substring("dma_".length()) : name;
        FieldReader driver = fields.get("driver");
        FieldReader timeline = fields.get("timeline");
        FieldReader context = fields.get("context");
        FieldReader seqno = fields.get("seqno");
        return switch (step) {
            case "fence_init" ->
                    event -> {
                        long key = key(context, seqno, event);
                        init(key, timeline.text(event), event);
                        jobs.fenceMade(key, driver.text(event), timeline.text(event), event);
                    };
            case "fence_signaled" ->
                    event -> {
                        long key = key(context, seqno, event);
                        signaled(key, timeline.text(event), event);
                        jobs.fenceSignaled(key, event);
                    };
            case "fence_destroy" -> event -> destroyed(key(context, seqno, event), event);
            case "fence_wait_start" -> event -> wait(key(context, seqno, event), true, event);
            case "fence_wait_end" -> event -> wait(key(context, seqno, event), false, event);
            default -> null;
        };
    }

    private static long key(FieldReader context, FieldReader seqno, EventCursor event) {
        return context.isPresent(event) && seqno.isPresent(event)
                ? FenceKey.of(context.number(event, 0), seqno.number(event, 0))
                : FenceKey.NONE;
    }

    private void init(long key, String timeline, EventCursor event) {
        if (key == FenceKey.NONE) {
            book.counter(PairKind.FENCE).unknown(event.seq());
            return;
        }
        Pair pair = book.begin(PairKind.FENCE, timeline, "", key, event, null);
        fences.put(key, pair, event);
    }

    private void signaled(long key, String timeline, EventCursor event) {
        Pair pair = fences.take(key);
        if (pair == null) {
            book.loneEnd(PairKind.FENCE, timeline, FenceKey.seqno(key), event);
        } else {
            book.end(pair, event, Outcome.ENDED);
        }
    }

    /// A fence may be freed without ever signalling; then nobody will see its end.
    private void destroyed(long key, EventCursor event) {
        Pair pair = fences.take(key);
        if (pair != null) {
            book.end(pair, event, Outcome.ABANDONED);
        }
    }

    private void wait(long key, boolean begins, EventCursor event) {
        Wait wait = new Wait(event.pid(), key);
        if (begins) {
            Pair pair = book.begin(PairKind.FENCE_WAIT, "", "", key, event, waits.innermost(wait));
            waits.put(wait, pair, event);
            return;
        }
        Pair pair = waits.take(wait);
        if (pair == null) {
            book.loneEnd(PairKind.FENCE_WAIT, "", FenceKey.seqno(key), event);
        } else {
            book.end(pair, event, Outcome.ENDED);
        }
    }

    void finish() {
        fences.finish();
        waits.finish();
    }
}
