package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.quality.Loss;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What all rules of pairing share: numbers, counts, losses passed, and who listens.
final class PairBook {
    private static final int MOST_CPUS = 4096;

    private final PairSink sink;
    private final Map<PairKind, PairCounter> counters = new EnumMap<>(PairKind.class);
    private final List<Loss> losses;
    private final Map<Integer, Long> lastSeqOfCpu = new LinkedHashMap<>();
    private int nextLoss;
    private int epoch;
    private long nextNumber;

    PairBook(Trace trace, PairSink sink) {
        this.sink = sink;
        for (PairKind kind : PairKind.values()) {
            counters.put(kind, new PairCounter(kind));
        }
        losses = trace.losses().stream().sorted(Comparator.comparingLong(Loss::beforeSeq)).toList();
    }

    /// Moves on to this event. Every loss in front of it begins another epoch; so does the first
    /// event of a CPU, as each CPU's ring keeps the last part of a recording and what it held
    /// before may be gone.
    void advance(EventCursor event) {
        while (nextLoss < losses.size() && losses.get(nextLoss).beforeSeq() <= event.seq()) {
            lost(losses.get(nextLoss++));
        }
        if (event.cpu() < MOST_CPUS && lastSeqOfCpu.put(event.cpu(), event.seq()) == null) {
            epoch++;
        }
    }

    /// A CPU's loss is told in front of its first event afterwards, and lies between that and its
    /// last one before; what other CPUs did in the meantime may lack a partner because of it.
    private void lost(Loss loss) {
        epoch++;
        Integer cpu = loss.cpu();
        Long last = cpu == null ? null : lastSeqOfCpu.get(cpu);
        if (last != null) {
            counters.values().forEach(counter -> counter.forgive(last));
        }
    }

    /// Whether nothing was lost since the pair began.
    boolean isUnbroken(Pair pair) {
        return pair.epoch() == epoch;
    }

    PairCounter counter(PairKind kind) {
        PairCounter counter = counters.get(kind);
        if (counter == null) {
            throw new IllegalStateException("kind=" + kind);
        }
        return counter;
    }

    Pair begin(PairKind kind, String name, EventCursor event) {
        return begin(kind, "", name, FenceKey.of(0, 0), event, null);
    }

    /// @param fence [FenceKey] of the fence that names it, or [FenceKey#NONE]
    Pair begin(
            PairKind kind,
            String owner,
            String name,
            long fence,
            EventCursor event,
            @Nullable Pair outer) {
        Pair pair =
                new Pair(
                        kind,
                        nextNumber++,
                        owner,
                        name,
                        fence == FenceKey.NONE ? 0 : FenceKey.context(fence),
                        fence == FenceKey.NONE ? 0 : FenceKey.seqno(fence),
                        event,
                        epoch,
                        outer);
        sink.begun(pair, event);
        return pair;
    }

    void end(Pair pair, EventCursor event, Outcome outcome) {
        if (outcome == Outcome.ABANDONED) {
            counter(pair.kind()).abandoned(pair, epoch);
        } else {
            counter(pair.kind()).paired(pair, epoch);
        }
        sink.ended(pair, event, outcome);
    }

    void loneEnd(PairKind kind, String name, EventCursor event) {
        loneEnd(kind, name, 0, event);
    }

    void loneEnd(PairKind kind, String name, long seqno, EventCursor event) {
        counter(kind).loneEnd(event, epoch);
        sink.loneEnd(kind, name, seqno, event);
    }

    /// Tells of a pair that another one excludes, unless the end of that may have been lost.
    void excluded(@Nullable Pair before, Pair pair) {
        if (before != null && isUnbroken(before)) {
            sink.excluded(before, pair);
        }
    }

    void busy(Pair job, long fromNs, EventCursor event) {
        sink.busy(job, fromNs, event);
    }

    /// A pair that the trace ends before.
    void openAtEnd(Pair pair) {
        for (Pair each = pair; each != null; each = each.outer()) {
            counter(each.kind()).openAtEnd(each, epoch);
            sink.unfinished(each, isUnbroken(each));
        }
    }

    PairingReport report() {
        List<PairingReport.Count> counts = new ArrayList<>();
        for (PairCounter counter : counters.values()) {
            PairingReport.Count count = counter.count();
            if (count != null) {
                counts.add(count);
            }
        }
        return new PairingReport(counts);
    }
}
