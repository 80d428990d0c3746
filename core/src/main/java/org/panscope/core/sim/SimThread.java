package org.panscope.core.sim;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.locks.LockSupport;

/// A thread of the simulated machine. It runs only while the event loop waits for it, so code in it
/// needs no synchronisation of its own.
public final class SimThread {
    private final Simulation simulation;
    private final Actor actor;
    private final Thread thread;
    private volatile boolean mayRun;
    private volatile boolean handedBack = true;
    private volatile boolean killed;
    private boolean started;
    private boolean finished;
    private boolean interrupted;
    private @Nullable Runnable onInterrupt;
    private @Nullable Throwable failure;

    SimThread(Simulation simulation, Actor actor, Runnable body) {
        this.simulation = simulation;
        this.actor = actor;
        this.thread = Thread.ofVirtual().unstarted(() -> execute(body));
    }

    public Actor actor() {
        return actor;
    }

    /// Whether its body has ended.
    public boolean isFinished() {
        return finished;
    }

    /// A signal is sent to it: what it waits for interruptibly now, or will wait for, ends at once.
    /// Anything else it does first.
    public void interrupt() {
        interrupted = true;
        Runnable wake = onInterrupt;
        if (wake != null) {
            wake.run();
        }
    }

    /// Whether a signal was sent to it.
    public boolean isInterrupted() {
        return interrupted;
    }

    /// What ends the interruptible wait it is in; null when it is in none.
    void setOnInterrupt(@Nullable Runnable wake) {
        onInterrupt = wake;
    }

    private void execute(Runnable body) {
        try {
            simulation.tellRuns(actor);
            body.run();
            simulation.tellRests(actor, ThreadListener.Rest.DEAD);
        } catch (Killed e) {
            // The run is over; this thread was still waiting.
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        finished = true;
        handedBack = true;
        simulation.wakeLoop();
    }

    /// Event loop side: gives control to this thread.
    void handOver() {
        if (finished) {
            return;
        }
        handedBack = false;
        mayRun = true;
        if (started) {
            LockSupport.unpark(thread);
        } else {
            started = true;
            thread.start();
        }
    }

    boolean hasHandedBack() {
        return handedBack;
    }

    @Nullable Throwable failure() {
        return failure;
    }

    /// Thread side: gives control back and waits until it is handed over again.
    void handBack() {
        mayRun = false;
        handedBack = true;
        simulation.wakeLoop();
        while (!mayRun) {
            if (killed) {
                throw new Killed();
            }
            LockSupport.park(this);
        }
    }

    void kill() {
        if (started && !finished) {
            killed = true;
            LockSupport.unpark(thread);
        }
    }

    /// Unwinds a simulated thread at the end of a run.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("run is over", null, false, false);
        }
    }
}
