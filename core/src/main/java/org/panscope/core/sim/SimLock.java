package org.panscope.core.sim;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/// A mutex of the simulated machine, first come first served. Its holder is known, and events of
/// the holder carry its name.
public final class SimLock {
    private final Simulation simulation;
    private final String name;
    private final Deque<SimThread> waiters = new ArrayDeque<>();
    private @Nullable Actor holder;

    public SimLock(Simulation simulation, String name) {
        this.simulation = simulation;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /// Who holds it, or null.
    public @Nullable Actor holder() {
        return holder;
    }

    public boolean isHeldByCurrent() {
        return holder != null && holder == simulation.current();
    }

    /// Takes the lock, waiting for it if need be.
    ///
    /// @throws IllegalStateException if the current actor holds it already
    public void lock() {
        Actor actor = simulation.current();
        if (holder == actor) {
            throw new IllegalStateException("lock=" + name + " taken twice by " + actor.comm());
        }
        if (holder == null) {
            holder = actor;
        } else {
            SimThread thread = simulation.currentThread();
            waiters.add(thread);
            long cause = actor.cause();
            simulation.tellRests(actor, ThreadListener.Rest.UNINTERRUPTIBLE);
            thread.handBack();
            simulation.tellRuns(actor);
            actor.setCause(cause);
        }
        actor.acquired(name);
    }

    /// Gives the lock to the longest waiter, or frees it.
    public void unlock() {
        Actor actor = simulation.current();
        if (holder != actor) {
            throw new IllegalStateException(
                    "lock=" + name + " released by " + actor.comm() + " who does not hold it");
        }
        actor.released(name);
        SimThread next = waiters.poll();
        if (next == null) {
            holder = null;
        } else {
            holder = next.actor();
            simulation.wake(next, 0);
        }
    }

    /// Runs `body` with the lock held.
    public void with(Runnable body) {
        lock();
        try {
            body.run();
        } finally {
            unlock();
        }
    }
}
