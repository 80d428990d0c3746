package org.panscope.core.kernel.base;

import org.panscope.core.sim.Actor;
import org.panscope.trace.event.FirmwareEvent.IrqLine;

import java.util.Map;
import java.util.TreeMap;

/// What the kernel calls the threads of the machine: 15 characters, workers by their pool and not
/// by the queue they serve, interrupt threads by their interrupt.
///
/// kernel: kernel/workqueue.c, create_worker; kernel/irq/manage.c, setup_irq_thread
final class TaskNames {
    /// TASK_COMM_LEN without its NUL.
    private static final int LONGEST = 15;

    private static final String WORKER = "kworker/";
    private static final String POWER_WORKER = WORKER + RuntimePm.WORKQUEUE + ":";
    private static final String INTERRUPT = "irq/panthor-";

    /// Two pools for each CPU come first, then those of unbound queues.
    private static final String UNBOUND_POOL = "u" + 2 * Cpus.USUAL_COUNT;

    private static final String POOL_OF_CPU_0 = "0";

    private final Map<Integer, String> known = new TreeMap<>();
    private final boolean powerIsUnbound;
    private int unboundWorkers;
    private int boundWorkers;

    /// @param powerIsUnbound whether the queue of power management serves all CPUs, as since v6.18
    TaskNames(boolean powerIsUnbound) {
        this.powerIsUnbound = powerIsUnbound;
    }

    String of(Actor task) {
        return known.computeIfAbsent(task.pid(), pid -> name(task.comm()));
    }

    private String name(String comm) {
        String name = comm;
        if (comm.startsWith(POWER_WORKER) && !powerIsUnbound) {
            name = WORKER + POOL_OF_CPU_0 + ":" + boundWorkers++;
        } else if (comm.startsWith(WORKER)) {
            name = WORKER + UNBOUND_POOL + ":" + unboundWorkers++;
        } else if (comm.startsWith(INTERRUPT)) {
            String line = comm.substring(INTERRUPT.length());
            name = "irq/" + irq(line) + "-panthor-" + line;
        }
        return name.substring(0, Math.min(LONGEST, name.length()));
    }

    /// Number of an interrupt. ASSUMPTION: kernel.irq_numbers.
    static long irq(IrqLine line) {
        return irq(line.label());
    }

    private static long irq(String line) {
        return switch (line) {
            case "gpu" -> 105;
            case "mmu" -> 106;
            default -> 107;
        };
    }
}
