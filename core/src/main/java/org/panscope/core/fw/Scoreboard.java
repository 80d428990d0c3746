package org.panscope.core.fw;

import java.util.ArrayList;
import java.util.List;

/// Slots that count unfinished operations of a stream.
///
/// A deferred operation starts when every operation that was pending in the slots of its mask at
/// issue has ended ("drained" is not defined publicly: ASSUMPTION). An operation whose mask names
/// its own slot never starts, as on the hardware.
final class Scoreboard {
    /// Operations the deferred storage holds (ASSUMPTION: the size is not public).
    static final int CAPACITY = 48;

    private final int slots;
    private final List<AsyncOperation> pending = new ArrayList<>();
    private long issued;

    Scoreboard(int slots) {
        this.slots = slots;
    }

    boolean isFull() {
        return pending.size() >= CAPACITY;
    }

    long nextNumber() {
        return issued++;
    }

    void add(AsyncOperation operation) {
        pending.add(operation);
        issued = Math.max(issued, operation.number + 1);
    }

    void remove(AsyncOperation operation) {
        pending.remove(operation);
    }

    List<AsyncOperation> pending() {
        return List.copyOf(pending);
    }

    /// One bit for each slot that is not 0.
    int busyMask() {
        int mask = 0;
        for (AsyncOperation operation : pending) {
            mask |= 1 << operation.slot;
        }
        return mask;
    }

    int slots() {
        return slots;
    }

    /// The first operation from `number` on whose mask has drained and that has not started, or
    /// null.
    @org.jspecify.annotations.Nullable
    AsyncOperation nextReady(long number) {
        for (AsyncOperation operation : pending) {
            if (operation.number >= number && !operation.started && drained(operation)) {
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
    }

    private boolean drained(AsyncOperation operation) {
        for (AsyncOperation other : pending) {
            if (other.number <= operation.number && (operation.waitMask >> other.slot & 1) != 0) {
                return false;
            }
        }
        return true;
    }
}
