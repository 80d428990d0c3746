package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;

import java.util.Set;
import java.util.TreeSet;

/// Work items that wait for a worker. A worker clears the item's pending bit a moment before its
/// start is traced, and in that moment the item may be queued once more; so there may be two
/// waiting for their starts, which come in order. Cancelling an item is not traced: one that is
/// queued anew with another waiting from before its last start was cancelled in between.
final class QueuedWork {
    private final PairBook book;
    private final OpenPairs<Long> first;
    private final OpenPairs<Long> second;

    /// Items of which a start was given to the first of two.
    private final Set<Long> heldOver = new TreeSet<>();

    QueuedWork(PairBook book) {
        this.book = book;
        first = new OpenPairs<>(book);
        second = new OpenPairs<>(book);
    }

    void queued(long item, String function, EventCursor event) {
        Pair waiting = second.take(item);
        if (waiting != null) {
            if (heldOver.remove(item)) {
                book.end(waiting, event, Outcome.ABANDONED);
            } else {
                first.put(item, waiting, event);
            }
        }
        second.put(item, book.begin(PairKind.WORK_QUEUED, function, event), event);
    }

    /// The pair that the start of an item ends, or null.
    @Nullable Pair started(long item) {
        Pair oldest = first.take(item);
        if (oldest == null) {
            heldOver.remove(item);
            return second.take(item);
        }
        if (heldOver.size() < OpenPairs.MOST_OPEN) {
            heldOver.add(item);
        }
        return oldest;
    }

    void finish() {
        first.finish();
        second.finish();
    }
}
