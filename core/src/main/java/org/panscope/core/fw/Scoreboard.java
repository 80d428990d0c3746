package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Slots that count unfinished operations of a stream.
///
/// When the slots of a mask count as drained is not defined publicly (ASSUMPTION: cs.drained). An
/// operation whose mask names its own slot never starts, as on the hardware.
final class Scoreboard {
    /// Most operations that can be pending, and that the context of a suspended stream has room
    /// for.
    static final int CAPACITY = 48;

    private final CsRules rules;
    private final int[] counts;
    private final List<AsyncOperation> pending = new ArrayList<>();
    private int busyMask;
    private int notStarted;
    private long issued;

    Scoreboard(int slots, CsRules rules) {
        this.rules = rules;
        counts = new int[slots];
    }

    boolean isFull() {
        // ASSUMPTION: cs.deferred_capacity.
        return pending.size() >= rules.deferredCapacity;
    }

    long nextNumber() {
        return issued++;
    }

    void add(AsyncOperation operation) {
        pending.add(operation);
        counts[operation.slot]++;
        busyMask |= 1 << operation.slot;
        notStarted++;
        issued = Math.max(issued, operation.number + 1);
    }

    void started(AsyncOperation operation) {
        operation.started = true;
        notStarted--;
    }

    /// A started operation could not be performed and has to start again.
    void unstarted(AsyncOperation operation) {
        operation.started = false;
        notStarted++;
    }

    void remove(AsyncOperation operation) {
        pending.remove(operation);
        counts[operation.slot]--;
        if (counts[operation.slot] == 0) {
            busyMask &= ~(1 << operation.slot);
        }
        if (!operation.started) {
            notStarted--;
        }
    }

    List<AsyncOperation> pending() {
        return List.copyOf(pending);
    }

    /// One bit for each slot that is not 0.
    int busyMask() {
        return busyMask;
    }

    int slots() {
        return counts.length;
    }

    /// The first operation from `number` on that may start and has not, or null.
    @Nullable AsyncOperation nextReady(long number) {
        if (notStarted == 0) {
            return null;
        }
        for (AsyncOperation operation : pending) {
            boolean waits = operation.number >= number && !operation.started && !operation.faulted;
            if (waits && mayStart(operation)) {
                return operation;
            }
        }
        return null;
    }

    void clear() {
        for (AsyncOperation operation : pending) {
            if (operation.timer != null) {
                operation.timer.cancel();
            }
        }
        pending.clear();
        java.util.Arrays.fill(counts, 0);
        busyMask = 0;
        notStarted = 0;
    }

    private boolean mayStart(AsyncOperation operation) {
        if (operation.waitMask == 0) {
            return true;
        }
        for (AsyncOperation other : pending) {
            boolean earlier = other.number < operation.number;
            boolean inMask = (operation.waitMask >> other.slot & 1) != 0;
            boolean awaited = earlier || other == operation || rules.drainedAtOneMoment;
            // ASSUMPTION: cs.deferred_in_order.
            boolean alike = other.slot == operation.slot && other.waitMask == operation.waitMask;
            if ((inMask && awaited) || (rules.deferredInOrder && earlier && alike)) {
                return false;
            }
        }
        return true;
    }
}
