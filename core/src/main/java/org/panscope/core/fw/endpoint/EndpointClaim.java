package org.panscope.core.fw.endpoint;

import org.panscope.trace.event.FirmwareEvent.EndpointKind;
import org.panscope.trace.event.FirmwareEvent.EndpointStep;

/// One stream's claim to endpoints: the kinds it asks for, what it holds of each, and its jobs in
/// flight. All that changes here is told by an ENDPOINT event.
///
/// Kinds are given as masks, bit [#bit] for each.
public final class EndpointClaim {
    private static final EndpointKind[] KINDS = EndpointKind.values();

    /// Answer of [#runningJob] when none runs.
    public static final long NO_JOB = -1;

    final int csg;
    final int cs;
    final int track;
    final Holder holder;
    private final EndpointPool pool;
    private final long[] cores = new long[KINDS.length];
    private final int[] jobs = new int[KINDS.length];
    private final long[] jobPc = new long[KINDS.length];
    private int wanted;
    private int told;
    private int waiting;
    private int yielding;
    private int queuePriority;
    private long lastGrant;
    private boolean fresh;

    /// Who is told that it holds what it waited for.
    @FunctionalInterface
    public interface Holder {
        void granted();
    }

    EndpointClaim(EndpointPool pool, int csg, int cs, int track, Holder holder) {
        this.pool = pool;
        this.csg = csg;
        this.cs = cs;
        this.track = track;
        this.holder = holder;
    }

    /// Bit of a kind in a mask of kinds.
    public static int bit(EndpointKind kind) {
        return 1 << index(kind);
    }

    /// Place of a kind in arrays.
    static int index(EndpointKind kind) {
        return switch (kind) {
            case COMPUTE -> 0;
            case FRAGMENT -> 1;
            case TILER -> 2;
        };
    }

    // ---- what is true now ---------------------------------------------------------------------

    /// Whether it has asked for endpoints of this kind, granted or not, or still uses some.
    public boolean isClaimed(EndpointKind kind) {
        return (told & bit(kind)) != 0;
    }

    /// Cores, or tilers, it holds.
    public long cores(EndpointKind kind) {
        return cores[index(kind)];
    }

    /// Jobs that run there.
    public int jobs(EndpointKind kind) {
        return jobs[index(kind)];
    }

    /// Address of the instruction of the job started last, while any runs.
    public long jobPc(EndpointKind kind) {
        return jobPc[index(kind)];
    }

    /// Address of the instruction of a job that runs, or [#NO_JOB].
    public long runningJob() {
        for (EndpointKind kind : KINDS) {
            if (jobs(kind) > 0) {
                return jobPc(kind);
            }
        }
        return NO_JOB;
    }

    // ---- what the stream does -----------------------------------------------------------------

    /// CS_CONFIG priority of the stream, 15 first.
    public void setQueuePriority(int priority) {
        queuePriority = priority;
    }

    /// Replaces the kinds asked for. What is no longer wanted goes back when its jobs are done.
    public void request(int kinds) {
        wanted = kinds;
        for (EndpointKind kind : KINDS) {
            int bit = bit(kind);
            boolean needed = ((kinds | waiting) & bit) != 0 || jobs(kind) > 0;
            if (needed && !isClaimed(kind)) {
                tellRequest(kind);
            } else if (!needed && isClaimed(kind)) {
                release(kind);
            }
        }
    }

    /// Asks for what a job needs now.
    ///
    /// @return false when it has to wait; [Holder#granted] is called when that has an end
    public boolean acquire(int kinds) {
        if (holdsAll(kinds) && (yielding & kinds) == 0) {
            return true;
        }
        waiting |= kinds;
        for (EndpointKind kind : KINDS) {
            // Work that goes on after a suspension may need what the stream has stopped asking for.
            if ((kinds & bit(kind)) != 0 && !isClaimed(kind)) {
                tellRequest(kind);
            }
        }
        return pool.acquireNow(this);
    }

    /// A job starts on what is held.
    ///
    /// @return how many cores, or tilers, of `main` it has
    public int start(int kinds, EndpointKind main, long pc) {
        fresh = false;
        for (EndpointKind kind : KINDS) {
            if ((kinds & bit(kind)) != 0) {
                jobs[index(kind)]++;
                jobPc[index(kind)] = pc;
                pool.tell(this, kind, EndpointStep.START, cores(kind), pc);
                pool.jobStarted(kind);
            }
        }
        return Long.bitCount(cores(main));
    }

    /// A job ended, or was taken off its endpoints before its end.
    public void end(int kinds, long pc, EndpointStep how) {
        for (EndpointKind kind : KINDS) {
            if ((kinds & bit(kind)) != 0) {
                endOn(kind, pc, how);
            }
        }
        pool.workEnded();
    }

    /// The stream stops: everything goes back.
    public void giveUp() {
        wanted = 0;
        waiting = 0;
        fresh = false;
        for (EndpointKind kind : KINDS) {
            while (jobs(kind) > 0) {
                endOn(kind, jobPc(kind), EndpointStep.DROP);
            }
            if (isClaimed(kind)) {
                release(kind);
            }
        }
        pool.workEnded();
    }

    private void endOn(EndpointKind kind, long pc, EndpointStep how) {
        int bit = bit(kind);
        jobs[index(kind)]--;
        pool.tell(this, kind, how, null, pc);
        pool.jobEnded(kind);
        if (jobs(kind) == 0 && ((wanted & bit) == 0 || (yielding & bit) != 0)) {
            release(kind);
        }
    }

    // ---- what the pool does -------------------------------------------------------------------

    int waiting() {
        return waiting;
    }

    boolean holdsAll(int kinds) {
        for (EndpointKind kind : KINDS) {
            if ((kinds & bit(kind)) != 0 && cores(kind) == 0) {
                return false;
            }
        }
        return true;
    }

    boolean isYielding(EndpointKind kind) {
        return (yielding & bit(kind)) != 0;
    }

    /// Whether it holds endpoints of this kind that nothing of it uses or is about to use.
    boolean isUnused(EndpointKind kind) {
        return cores(kind) != 0 && jobs(kind) == 0 && !fresh;
    }

    /// No further job starts there; they go back when the last one has ended.
    void makeRoom(EndpointKind kind) {
        yielding |= bit(kind);
    }

    void grant(EndpointKind kind, long granted) {
        cores[index(kind)] = granted;
        pool.tell(this, kind, EndpointStep.GRANT, granted, null);
    }

    /// Everything it waited for has been granted.
    void satisfied(long grantNumber) {
        waiting = 0;
        fresh = true;
        lastGrant = grantNumber;
    }

    void notFresh() {
        fresh = false;
    }

    /// Takes the endpoints back; the claim stands when the stream still asks.
    void release(EndpointKind kind) {
        int bit = bit(kind);
        cores[index(kind)] = 0;
        yielding &= ~bit;
        told &= ~bit;
        pool.tell(this, kind, EndpointStep.RELEASE, null, null);
        if ((wanted & bit) != 0) {
            tellRequest(kind);
        }
        pool.arbitrateLater();
    }

    private void tellRequest(EndpointKind kind) {
        told |= bit(kind);
        pool.tell(this, kind, EndpointStep.REQUEST, null, null);
    }

    /// Negative when this one comes before the other: priority of the group, then of the queue.
    int comparePriority(EndpointClaim other) {
        int byGroup =
                Integer.compare(pool.limits(other.csg).priority(), pool.limits(csg).priority());
        return byGroup != 0 ? byGroup : Integer.compare(other.queuePriority, queuePriority);
    }

    /// As [#comparePriority]; among equals the one served longest ago comes first.
    int compareTurn(EndpointClaim other) {
        int byPriority = comparePriority(other);
        if (byPriority != 0) {
            return byPriority;
        }
        int byTurn = Long.compare(lastGrant, other.lastGrant);
        return byTurn != 0 ? byTurn : Integer.compare(order(), other.order());
    }

    private int order() {
        return csg << 8 | cs;
    }
}
