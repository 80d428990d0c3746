package org.panscope.core.sim;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Where simulated threads wait for a condition, as on the kernel's `wait_queue_head_t`.
public final class WaitQueue {
    /// Waits for ever.
    public static final long FOREVER = Long.MAX_VALUE;

    private final Simulation simulation;
    private final ThreadListener.Rest rest;
    private final List<Waiter> waiters = new ArrayList<>();

    /// Where signals do not end a wait.
    public WaitQueue(Simulation simulation) {
        this(simulation, ThreadListener.Rest.UNINTERRUPTIBLE);
    }

    /// @param rest how threads are while they wait here
    public WaitQueue(Simulation simulation, ThreadListener.Rest rest) {
        this.simulation = simulation;
        this.rest = rest;
    }

    /// Waits until `condition` holds; it is looked at first, at each [#wakeAll], and at the end of
    /// the time allowed. The thread then runs on with the cause of whoever woke it.
    ///
    /// @return whether the condition held
    public boolean await(BooleanSupplier condition, long timeoutNs) {
        return await(condition, timeoutNs, false);
    }

    /// As [#await], and ends without the condition when a signal is sent to the thread.
    public boolean awaitInterruptible(BooleanSupplier condition, long timeoutNs) {
        return await(condition, timeoutNs, true);
    }

    private boolean await(BooleanSupplier condition, long timeoutNs, boolean interruptible) {
        long deadlineNs = timeoutNs == FOREVER ? FOREVER : simulation.nowNs() + timeoutNs;
        while (!condition.getAsBoolean()) {
            if (simulation.nowNs() >= deadlineNs) {
                return false;
            }
            SimThread thread = simulation.currentThread();
            if (interruptible && thread.isInterrupted()) {
                return false;
            }
            Waiter waiter = new Waiter(thread);
            waiters.add(waiter);
            Simulation.Timer timer = null;
            if (deadlineNs != FOREVER) {
                timer =
                        simulation.schedule(
                                thread.actor(),
                                deadlineNs - simulation.nowNs(),
                                Simulation.NORMAL,
                                () -> wakeOne(waiter));
            }
            thread.setOnInterrupt(interruptible ? () -> wakeOne(waiter) : null);
            simulation.tellRests(thread.actor(), rest);
            thread.handBack();
            simulation.tellRuns(thread.actor());
            thread.setOnInterrupt(null);
            waiters.remove(waiter);
            cancel(timer);
        }
        return true;
    }

    /// Lets every waiter look at its condition again.
    public void wakeAll() {
        List<Waiter> woken = new ArrayList<>(waiters);
        woken.forEach(this::wakeOne);
    }

    public boolean hasWaiters() {
        return !waiters.isEmpty();
    }

    private void wakeOne(Waiter waiter) {
        if (waiters.remove(waiter)) {
            simulation.wake(waiter.thread, 0);
        }
    }

    private static void cancel(Simulation.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /// Identity matters: one thread may wait twice in a row.
    private static final class Waiter {
        private final SimThread thread;

        Waiter(SimThread thread) {
            this.thread = thread;
        }
    }
}
