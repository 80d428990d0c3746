package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;

import java.util.LinkedHashMap;
import java.util.Map;

/// The open pairs of one kind by their key. Bounded: where a damaged or hostile capture begins
/// things without end, the oldest are given up and count as unknown.
///
/// @param <K> what tells the things apart
final class OpenPairs<K> {
    static final int MOST_OPEN = 200_000;

    private final PairBook book;
    private final int mostOpen;
    private final LinkedHashMap<K, Pair> open = new LinkedHashMap<>();

    OpenPairs(PairBook book) {
        this(book, MOST_OPEN);
    }

    OpenPairs(PairBook book, int mostOpen) {
        this.book = book;
        this.mostOpen = mostOpen;
    }

    @Nullable Pair innermost(K key) {
        return open.get(key);
    }

    /// Keeps a pair that has begun. One of the same key that it does not lie in is over.
    void put(K key, Pair pair, EventCursor event) {
        Pair before = open.put(key, pair);
        if (before != null && before != pair.outer()) {
            book.end(before, event, Outcome.ABANDONED);
        }
        if (open.size() > mostOpen) {
            Map.Entry<K, Pair> oldest = open.pollFirstEntry();
            for (Pair each = oldest.getValue(); each != null; each = each.outer()) {
                book.counter(each.kind()).unknown(each.beginSeq());
            }
        }
    }

    /// Takes the innermost pair of a key out, or null when none is open.
    @Nullable Pair take(K key) {
        Pair pair = open.remove(key);
        if (pair != null && pair.outer() != null) {
            open.put(key, pair.outer());
        }
        return pair;
    }

    /// Counts everything still open at the end of the trace.
    void finish() {
        open.values().forEach(book::openAtEnd);
        open.clear();
    }
}
