package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;

/// An interval that has begun. Lives until its end has been told.
public final class Pair {
    private final PairKind kind;
    private final long number;
    private final String owner;
    private final String name;
    private final long context;
    private final long seqno;
    private final long beginSeq;
    private final long beginNs;
    private final int epoch;
    private final @Nullable Pair outer;

    Pair(
            PairKind kind,
            long number,
            String owner,
            String name,
            long context,
            long seqno,
            EventCursor event,
            int epoch,
            @Nullable Pair outer) {
        this.kind = kind;
        this.number = number;
        this.owner = owner;
        this.name = name;
        this.context = context;
        this.seqno = seqno;
        this.beginSeq = event.seq();
        this.beginNs = event.timeNs();
        this.epoch = epoch;
        this.outer = outer;
    }

    public PairKind kind() {
        return kind;
    }

    /// Different for every pair of one pass.
    public long number() {
        return number;
    }

    /// Where it happens: the ring of a job, the timeline of a fence; empty for other kinds.
    public String owner() {
        return owner;
    }

    /// What it is an interval of: `7:2` or an id for a job, the interrupt handler, the function;
    /// may be empty.
    public String name() {
        return name;
    }

    /// Context of the fence that names it (of a job: its finished fence), in the low 32 bits the
    /// kernel prints everywhere; 0 where none does.
    public long context() {
        return context;
    }

    /// Number of that fence in its context.
    public long seqno() {
        return seqno;
    }

    public long beginSeq() {
        return beginSeq;
    }

    public long beginNs() {
        return beginNs;
    }

    /// How many losses there had been when it began.
    int epoch() {
        return epoch;
    }

    /// The interval of the same key that goes on around this one, or null.
    @Nullable Pair outer() {
        return outer;
    }
}
