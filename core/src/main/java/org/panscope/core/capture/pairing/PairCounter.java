package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;

/// Counts the intervals of one kind. After a loss, and at the start of a trace, one end alone says
/// nothing: its partner may be among what is missing. That lasts until an interval that began after
/// the loss has ended.
final class PairCounter {
    private static final long NONE = Long.MAX_VALUE;

    /// No more than so many are taken back when a loss turns up.
    private static final int MOST_FORGIVEN = 1024;

    private final PairKind kind;
    private boolean beginsRecorded;
    private boolean endsRecorded;
    private int sharpEpoch = -1;
    private long paired;
    private long openAtEnd;
    private long withoutEnd;
    private long withoutBegin;
    private long unknown;
    private long firstUnpaired = NONE;
    private long firstUnknown = NONE;

    /// The latest events that were found alone, as a ring.
    private final long[] alone = new long[MOST_FORGIVEN];

    private long aloneCount;

    PairCounter(PairKind kind) {
        this.kind = kind;
    }

    void recorded(boolean begins, boolean ends) {
        beginsRecorded |= begins;
        endsRecorded |= ends;
    }

    void paired(Pair pair, int epoch) {
        paired++;
        if (pair.epoch() == epoch) {
            sharpEpoch = epoch;
        }
    }

    void loneEnd(EventCursor event, int epoch) {
        if (sharpEpoch != epoch || !beginsRecorded) {
            unknown(event.seq());
        } else {
            withoutBegin++;
            firstUnpaired = Math.min(firstUnpaired, event.seq());
            alone[(int) (aloneCount++ % MOST_FORGIVEN)] = event.seq();
        }
    }

    /// Events were lost after this one: ends that came since and had no beginning may have had one.
    void forgive(long lastSeq) {
        while (aloneCount > 0 && withoutBegin > 0) {
            long seq = alone[(int) ((aloneCount - 1) % MOST_FORGIVEN)];
            if (seq <= lastSeq) {
                return;
            }
            alone[(int) ((aloneCount - 1) % MOST_FORGIVEN)] = lastSeq;
            aloneCount--;
            withoutBegin--;
            unknown(seq);
            if (firstUnpaired == seq) {
                firstUnpaired = NONE;
            }
        }
    }

    void abandoned(Pair pair, int epoch) {
        if (sharpEpoch != epoch || pair.epoch() != epoch) {
            unknown(pair.beginSeq());
        } else {
            withoutEnd++;
            firstUnpaired = Math.min(firstUnpaired, pair.beginSeq());
        }
    }

    void openAtEnd(Pair pair, int epoch) {
        if (pair.epoch() != epoch) {
            unknown(pair.beginSeq());
        } else {
            openAtEnd++;
            firstUnpaired = Math.min(firstUnpaired, pair.beginSeq());
        }
    }

    /// An end that nothing identifies, or a beginning that was given up.
    void unknown(long seq) {
        unknown++;
        firstUnknown = Math.min(firstUnknown, seq);
    }

    /// The count, or null when the trace has nothing of this kind.
    PairingReport.@Nullable Count count() {
        if (paired + openAtEnd + withoutEnd + withoutBegin + unknown == 0) {
            return null;
        }
        long first = firstUnpaired != NONE ? firstUnpaired : firstUnknown;
        return new PairingReport.Count(
                kind,
                paired,
                openAtEnd,
                withoutEnd,
                withoutBegin,
                unknown,
                first == NONE ? null : (Long) first,
                beginsRecorded,
                endsRecorded);
    }
}
