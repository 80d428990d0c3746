package org.panscope.trace.io;

import java.util.Arrays;
import java.util.List;

/// Sequence numbers in a file with gaps, where damaged chunks were left out, to the dense ones a
/// reader shows.
final class SeqMap {
    private final long[] storedFirst;
    private final long[] denseFirst;
    private final int[] counts;
    private final long total;
    private final boolean identity;

    /// @param chunks the event chunks that are left, in file order
    SeqMap(List<ChunkRef> chunks) {
        storedFirst = chunks.stream().mapToLong(chunk -> chunk.head().firstSeq()).toArray();
        counts = chunks.stream().mapToInt(chunk -> chunk.head().count()).toArray();
        denseFirst = new long[counts.length];
        long next = 0;
        for (int i = 0; i < counts.length; i++) {
            denseFirst[i] = next;
            next += counts[i];
        }
        total = next;
        identity = Arrays.equals(storedFirst, denseFirst);
    }

    /// Whether nothing is left out except, perhaps, at the end.
    boolean isIdentity() {
        return identity;
    }

    /// Number of events left.
    long total() {
        return total;
    }

    /// The chunk that holds the event with this dense number.
    int chunkOf(long dense) {
        int found = Arrays.binarySearch(denseFirst, dense);
        return found >= 0 ? found : -found - 2;
    }

    long denseFirst(int chunk) {
        return denseFirst[chunk];
    }

    /// The dense number, or -1 when that event is left out or was never there.
    long dense(long stored) {
        if (identity) {
            return stored < 0 || stored >= total ? -1 : stored;
        }
        int chunk = lastAtOrBefore(stored);
        if (chunk < 0 || stored - storedFirst[chunk] >= counts[chunk]) {
            return -1;
        }
        return denseFirst[chunk] + stored - storedFirst[chunk];
    }

    /// The dense number of the first event left at or after the stored one, or [#total()].
    long denseAtOrAfter(long stored) {
        int chunk = lastAtOrBefore(stored);
        if (chunk < 0) {
            return 0;
        }
        return denseFirst[chunk] + Math.min(stored - storedFirst[chunk], counts[chunk]);
    }

    private int lastAtOrBefore(long stored) {
        int found = Arrays.binarySearch(storedFirst, stored);
        return found >= 0 ? found : -found - 2;
    }
}
