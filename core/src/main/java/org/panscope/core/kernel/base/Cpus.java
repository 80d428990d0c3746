package org.panscope.core.kernel.base;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;
import org.panscope.core.sim.ThreadListener;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Which thread runs on which CPU, and with it who a tracepoint says it was hit by. Watches only:
/// nothing in the machine waits for a CPU.
///
/// ASSUMPTION: kernel.cpus: a thread goes back to the CPU it ran on last if that is free, else to
/// the first free one behind CPU 0; there are as many as it takes. Interrupts and timers come to
/// CPU 0, where interrupt threads run too.
final class Cpus implements ThreadListener {
    /// Of an RK3588; more come into being when more threads run at once.
    static final int USUAL_COUNT = 8;

    private static final int INTERRUPTED_CPU = 0;
    private static final int FIRST_FOR_THREADS = 1;
    private static final int IDLE_PID = 0;
    private static final String IDLE_COMM = "<idle>";

    private final Simulation sim;
    private final TaskNames names;
    private final Consumer<Switch> switches;
    private final List<@Nullable Actor> running = new ArrayList<>();

    /// A CPU goes from one thread to another, one of them being the idle task.
    ///
    /// @param previous null for the idle task
    /// @param rest how the previous one is from now on, null for the idle task
    /// @param next null for the idle task
    record Switch(int cpu, @Nullable Actor previous, @Nullable Rest rest, @Nullable Actor next) {}

    /// @param switches told of each before the next thread runs
    Cpus(Simulation sim, TaskNames names, Consumer<Switch> switches) {
        this.sim = sim;
        this.names = names;
        this.switches = switches;
        for (int cpu = 0; cpu < USUAL_COUNT; cpu++) {
            running.add(null);
        }
    }

    @Override
    public void runs(Actor thread) {
        int cpu = choose(thread);
        running.set(cpu, thread);
        thread.setCpu(cpu);
        switches.accept(new Switch(cpu, null, null, thread));
    }

    @Override
    public void rests(Actor thread, Rest how) {
        int cpu = thread.cpu();
        switches.accept(new Switch(cpu, thread, how, null));
        running.set(cpu, null);
    }

    private int choose(Actor thread) {
        int last = thread.cpu();
        if (last != EventHeader.UNKNOWN && running.get(last) == null) {
            return last;
        }
        int first = thread.context().equals("irq-thread") ? INTERRUPTED_CPU : FIRST_FOR_THREADS;
        int cpu = first;
        while (cpu < running.size() && running.get(cpu) != null) {
            cpu++;
        }
        if (cpu == running.size()) {
            running.add(null);
        }
        return cpu;
    }

    /// Records a tracepoint hit by whoever runs now.
    void emit(EventTypeInfo type, @Nullable Object... values) {
        Actor actor = sim.current();
        String context = contextOf(actor);
        if (context.equals("task")) {
            emit(actor, Math.max(0, actor.cpu()), actor, context, type, values);
        } else {
            Actor interrupted = running.get(INTERRUPTED_CPU);
            emit(actor, INTERRUPTED_CPU, interrupted, context, type, values);
        }
    }

    /// Records a tracepoint hit by the task that is on a CPU.
    ///
    /// @param task null for the idle task
    void emitAs(@Nullable Actor task, int cpu, EventTypeInfo type, @Nullable Object... values) {
        emit(sim.current(), cpu, task, "task", type, values);
    }

    private void emit(
            Actor actor,
            int cpu,
            @Nullable Actor task,
            String context,
            EventTypeInfo type,
            @Nullable Object... values) {
        EventHeader header =
                new EventHeader(
                        sim.nowNs(),
                        TrackNames.cpu(sim, cpu),
                        actor.cause(),
                        false,
                        cpu,
                        task == null ? IDLE_PID : task.pid(),
                        task == null ? IDLE_COMM : names.of(task),
                        context,
                        actor.locks());
        sim.emit(header, type, values);
    }

    /// In the words of a capture. The timer of runtime power management is an hrtimer, all others
    /// are of the timer wheel.
    private static String contextOf(Actor actor) {
        return switch (actor.context()) {
            case "irq" -> "hardirq";
            case "timer" -> actor.comm().equals(RuntimePm.TIMER) ? "hardirq" : "softirq";
            default -> "task";
        };
    }
}
