package org.panscope.core.sim;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.MarkEvent;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/// A deterministic discrete-event machine: one virtual clock in nanoseconds, one thing at a time,
/// order = (time, priority, insertion). It knows no GPU.
///
/// Two kinds of code run in it. A *callback* ([#schedule]) runs to its end at one instant. A
/// *simulated thread* ([#spawn]) may [#sleep], wait on a [WaitQueue] or take a [SimLock]; such
/// calls look like calls that block. Under the hood each is a virtual thread that is handed control
/// and hands it back, so exactly one of them, or the event loop, runs at any time
/// (`docs/decisions/0003-simulated-threads.md`).
///
/// Causes travel by themselves: what is scheduled, spawned or woken starts with the cause of
/// whoever did it. [#emit] records an event with the current cause; [#follow] also makes that event
/// the cause of what comes next.
public final class Simulation {
    /// Priority of ordinary work; smaller runs first among equals in time.
    public static final int NORMAL = 100;

    /// Priority of hardware: it reacts before software at the same instant.
    public static final int HARDWARE = 50;

    private final ChoiceSource choices;
    private final Recorder recorder;
    private final PriorityQueue<Scheduled> queue = new PriorityQueue<>();
    private final List<SimThread> threads = new ArrayList<>();
    private final int choiceTrack;
    private long nowNs;
    private long insertions;
    private @Nullable Actor current;
    private @Nullable SimThread running;
    private @Nullable Thread loopThread;
    private @Nullable Throwable failure;
    private @Nullable ThreadListener threadListener;

    public Simulation(ChoiceSource choices, Recorder recorder) {
        this.choices = choices;
        this.recorder = recorder;
        this.choiceTrack = recorder.track(-1, "emulator", "choices");
    }

    /// Why a run came back.
    public enum Outcome {
        /// Nothing is left to happen.
        IDLE,
        /// The next thing happens after the limit.
        TIME_LIMIT
    }

    public long nowNs() {
        return nowNs;
    }

    /// From now on `listener` hears of threads that get or give away a CPU.
    public void setThreadListener(ThreadListener listener) {
        threadListener = listener;
    }

    // ---- events -------------------------------------------------------------------------------

    /// See [Recorder#track].
    public int track(int parent, String kind, String name) {
        return recorder.track(parent, kind, name);
    }

    /// Records an event of the current actor, caused by what made the actor run.
    ///
    /// @return its sequence number
    public long emit(int track, TraceEvent event) {
        Actor actor = current();
        return recorder.record(actor.header(nowNs, track, actor.cause()), event);
    }

    /// Records an event with an explicit cause.
    public long emit(int track, TraceEvent event, long cause) {
        return recorder.record(current().header(nowNs, track, cause), event);
    }

    /// Records an event that is not of the vocabulary.
    ///
    /// @param header all of it, the time included
    public long emit(EventHeader header, EventTypeInfo type, @Nullable Object... values) {
        return recorder.record(header, type, values);
    }

    /// As [#emit(int, TraceEvent)], and what the actor does from now on is caused by this event.
    public long follow(int track, TraceEvent event) {
        long seq = emit(track, event);
        current().setCause(seq);
        return seq;
    }

    /// Who runs now.
    ///
    /// @throws IllegalStateException outside a run
    public Actor current() {
        Actor actor = current;
        if (actor == null) {
            throw new IllegalStateException("nothing runs in this simulation at the moment");
        }
        return actor;
    }

    /// Runs `body` at once as `actor`: for set-up before a run, and for code on somebody's behalf.
    public void as(Actor actor, Runnable body) {
        Actor before = current;
        current = actor;
        try {
            body.run();
        } finally {
            current = before;
        }
    }

    // ---- decisions ----------------------------------------------------------------------------

    /// Draws a named decision and records it.
    public long choose(String name, long options) {
        long taken = choices.choose(name, options);
        if (options > 1) {
            recorder.record(
                    current().header(nowNs, choiceTrack, current().cause()),
                    new MarkEvent.Choice(name, options, taken));
        }
        return taken;
    }

    /// Draws a duration between two bounds, both included.
    public long duration(String name, long minNs, long maxNs) {
        return minNs + choose(name, maxNs - minNs + 1);
    }

    /// The source itself, for what ends a run.
    public ChoiceSource choices() {
        return choices;
    }

    // ---- time ---------------------------------------------------------------------------------

    /// Lets `action` happen as `actor` after `delayNs`.
    public Timer schedule(Actor actor, long delayNs, int priority, Runnable action) {
        return enqueue(delayNs, priority, actor, action);
    }

    /// Makes a simulated thread that starts after `delayNs`.
    public SimThread spawn(Actor actor, long delayNs, Runnable body) {
        SimThread thread = new SimThread(this, actor, body);
        threads.add(thread);
        wake(thread, delayNs);
        return thread;
    }

    /// The simulated thread that runs now.
    ///
    /// @throws IllegalStateException in a callback, which cannot block
    public SimThread currentThread() {
        SimThread thread = running;
        if (thread == null) {
            throw new IllegalStateException("a callback cannot block");
        }
        return thread;
    }

    /// Whether the code that runs now may block.
    public boolean inThread() {
        return running != null;
    }

    /// Lets virtual time pass in which the running thread does something else than wait.
    public void sleep(long delayNs) {
        SimThread thread = currentThread();
        long cause = thread.actor().cause();
        wake(thread, delayNs);
        thread.handBack();
        thread.actor().setCause(cause);
    }

    /// As [#sleep], for a thread that only waits for the time to be over.
    public void rest(long delayNs) {
        Actor thread = currentThread().actor();
        tellRests(thread, ThreadListener.Rest.INTERRUPTIBLE);
        sleep(delayNs);
        tellRuns(thread);
    }

    void tellRuns(Actor thread) {
        ThreadListener listener = threadListener;
        if (listener != null) {
            listener.runs(thread);
        }
    }

    void tellRests(Actor thread, ThreadListener.Rest how) {
        ThreadListener listener = threadListener;
        if (listener != null) {
            listener.rests(thread, how);
        }
    }

    /// Runs until nothing is left to do or the next thing lies after `limitNs`. Simulated threads
    /// that wait for something that never came stay as they are; [#close] ends them.
    ///
    /// @throws IllegalStateException with the cause when code of the machine threw
    public Outcome run(long limitNs) {
        Outcome[] outcome = {Outcome.IDLE};
        Thread loop = Thread.ofVirtual().unstarted(() -> outcome[0] = loop(limitNs));
        loopThread = loop;
        loop.start();
        try {
            loop.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("run interrupted at timeNs=" + nowNs, e);
        }
        Throwable thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException(
                    "machine failed at timeNs=" + nowNs + ": " + thrown.getMessage(), thrown);
        }
        return outcome[0];
    }

    /// Ends every simulated thread that still waits.
    public void close() {
        for (SimThread thread : threads) {
            thread.kill();
        }
    }

    private Outcome loop(long limitNs) {
        while (failure == null) {
            Scheduled next = queue.peek();
            if (next == null) {
                return Outcome.IDLE;
            }
            // Before the limit is looked at: a machine that only holds what was cancelled is idle.
            if (next.cancelled) {
                queue.remove(next);
                continue;
            }
            if (next.timeNs > limitNs) {
                nowNs = limitNs;
                return Outcome.TIME_LIMIT;
            }
            queue.remove(next);
            nowNs = next.timeNs;
            next.fired = true;
            current = next.actor;
            next.actor.setCause(next.cause);
            try {
                next.action.run();
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            current = null;
        }
        return Outcome.IDLE;
    }

    void wake(SimThread thread, long delayNs) {
        enqueue(delayNs, NORMAL, thread.actor(), () -> resume(thread));
    }

    private Timer enqueue(long delayNs, int priority, Actor actor, Runnable action) {
        if (delayNs < 0) {
            throw new IllegalArgumentException("delayNs=" + delayNs);
        }
        long cause = current == null ? -1 : current.cause();
        Scheduled entry =
                new Scheduled(nowNs + delayNs, priority, insertions++, actor, action, cause);
        queue.add(entry);
        return entry;
    }

    private void resume(SimThread thread) {
        running = thread;
        thread.handOver();
        while (!thread.hasHandedBack()) {
            LockSupport.park(this);
        }
        running = null;
        Throwable thrown = thread.failure();
        if (thrown != null) {
            failure = thrown;
        }
    }

    /// Called by a simulated thread that stops running: lets the event loop go on.
    void wakeLoop() {
        LockSupport.unpark(loopThread);
    }

    /// Something that will happen unless it is cancelled.
    public interface Timer {
        /// Prevents it from happening; does nothing when it has happened already.
        void cancel();

        /// Whether it still lies ahead.
        boolean isPending();

        /// When it happens, in virtual ns.
        long timeNs();
    }

    private static final class Scheduled implements Timer, Comparable<Scheduled> {
        private final long timeNs;
        private final int priority;
        private final long insertion;
        private final Actor actor;
        private final Runnable action;
        private final long cause;
        private boolean cancelled;
        private boolean fired;

        Scheduled(
                long timeNs,
                int priority,
                long insertion,
                Actor actor,
                Runnable action,
                long cause) {
            this.timeNs = timeNs;
            this.priority = priority;
            this.insertion = insertion;
            this.actor = actor;
            this.action = action;
            this.cause = cause;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean isPending() {
            return !cancelled && !fired;
        }

        @Override
        public long timeNs() {
            return timeNs;
        }

        @Override
        public int compareTo(Scheduled other) {
            int byTime = Long.compare(timeNs, other.timeNs);
            if (byTime != 0) {
                return byTime;
            }
            int byPriority = Integer.compare(priority, other.priority);
            return byPriority != 0 ? byPriority : Long.compare(insertion, other.insertion);
        }
    }
}
