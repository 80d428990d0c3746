package org.panscope.core.kernel.base;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;
import org.panscope.core.sim.ThreadListener.Rest;
import org.panscope.trace.event.FirmwareEvent.IrqLine;
import org.panscope.trace.ftrace.TracepointTypes;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.EnumMap;
import java.util.Map;

/// The tracepoints of the emulated kernel, off unless asked for. A call site looks like the
/// kernel's `trace_...()`; what is off costs it a look at an array. The GPU scheduler's own are
/// beside it, in `kernel.drm`.
public final class Tracepoints {
    /// Name of the device in traces: the platform device of an RK3588.
    public static final String DEVICE = "fb000000.gpu";

    /// CPUs the machine has, if no more threads run at once.
    public static final int CPUS = Cpus.USUAL_COUNT;

    private static final long LOW_32 = 0xffff_ffffL;

    /// ioctl(2) on arm64, which has the generic table.
    private static final long NR_IOCTL = 29;

    /// Where argument structs lie in a process. ASSUMPTION: client.argument_va.
    private static final long ARGUMENT_VA = 0xffff_c8a1_2f40L;

    private static final long NORMAL_PRIO = 120;

    /// SCHED_FIFO 50, as setup_irq_thread asks for.
    private static final long IRQ_THREAD_PRIO = 49;

    private final DriverConfig driver;
    private final Map<Tracepoint, EventTypeInfo> types = new EnumMap<>(Tracepoint.class);
    private final Cpus cpus;
    private final TaskNames names;

    Tracepoints(Simulation sim, DriverConfig driver, TracepointSet enabled) {
        this.driver = driver;
        names = new TaskNames(driver.isMainline2026());
        cpus = new Cpus(sim, names, this::schedSwitch);
        if (enabled.isEmpty()) {
            return;
        }
        sim.setThreadListener(cpus);
        TracepointTypes known = new TracepointTypes();
        for (Tracepoint tracepoint : Tracepoint.values()) {
            if (enabled.contains(tracepoint) && tracepoint.isIn(driver)) {
                types.put(tracepoint, known.type(tracepoint.system(), tracepoint.plainName()));
            }
        }
    }

    /// The kernel's `trace_..._enabled()`.
    public boolean isOn(Tracepoint tracepoint) {
        return types.containsKey(tracepoint);
    }

    /// Records a hit, if the tracepoint is on.
    ///
    /// @param values one per field, as the tracepoint's format has them
    public void hit(Tracepoint tracepoint, @Nullable Object... values) {
        EventTypeInfo type = types.get(tracepoint);
        if (type != null) {
            cpus.emit(type, values);
        }
    }

    // ---- dma_fence

    /// Contexts and seqnos are cut to 32 bits. Since v6.17 a fence that has signalled may outlive
    /// its driver, so its names are not asked for any more.
    public void dmaFence(
            Tracepoint step,
            String fenceDriver,
            String timeline,
            long context,
            long seqno,
            boolean signaled) {
        if (!isOn(step)) {
            return;
        }
        boolean detached =
                step == Tracepoint.DMA_FENCE_DESTROY && signaled && driver.isMainline2026();
        hit(
                step,
                detached ? "detached-driver" : fenceDriver,
                detached ? "signaled-timeline" : timeline,
                context & LOW_32,
                seqno & LOW_32);
    }

    // ---- irq

    void irqHandlerEntry(IrqLine line) {
        if (isOn(Tracepoint.IRQ_HANDLER_ENTRY)) {
            hit(Tracepoint.IRQ_HANDLER_ENTRY, TaskNames.irq(line), "panthor-" + line.label());
        }
    }

    /// @param result IRQ_NONE or IRQ_WAKE_THREAD
    void irqHandlerExit(IrqLine line, long result) {
        if (isOn(Tracepoint.IRQ_HANDLER_EXIT)) {
            hit(Tracepoint.IRQ_HANDLER_EXIT, TaskNames.irq(line), result);
        }
    }

    // ---- panthor

    /// At the end of the job interrupt's thread handler.
    ///
    /// @param durationNs how long that took
    public void gpuJobIrq(int events, long durationNs) {
        hit(Tracepoint.GPU_JOB_IRQ, DEVICE, events & LOW_32, Math.min(durationNs, LOW_32));
    }

    /// After a power interrupt, with what is powered now.
    public void gpuPowerStatus(long shaders, long tilers, long l2) {
        hit(Tracepoint.GPU_POWER_STATUS, DEVICE, shaders, tilers, l2);
    }

    // ---- raw_syscalls

    /// ioctl(2) of the device file.
    public void ioctlEnter(int fd, int request) {
        hit(Tracepoint.SYS_ENTER, NR_IOCTL, (long) fd, request & LOW_32, ARGUMENT_VA, 0L, 0L, 0L);
    }

    public void ioctlExit(int result) {
        hit(Tracepoint.SYS_EXIT, NR_IOCTL, (long) result);
    }

    // ---- sched

    private void schedSwitch(Cpus.Switch change) {
        EventTypeInfo type = types.get(Tracepoint.SCHED_SWITCH);
        if (type == null) {
            return;
        }
        Actor previous = change.previous();
        Actor next = change.next();
        cpus.emitAs(
                previous,
                change.cpu(),
                type,
                comm(previous, change.cpu()),
                pid(previous),
                prio(previous),
                state(change.rest()),
                comm(next, change.cpu()),
                pid(next),
                prio(next));
    }

    private String comm(@Nullable Actor task, int cpu) {
        return task == null ? "swapper/" + cpu : names.of(task);
    }

    private static long pid(@Nullable Actor task) {
        return task == null ? 0 : task.pid();
    }

    private static long prio(@Nullable Actor task) {
        boolean isIrqThread = task != null && task.context().equals("irq-thread");
        return isIrqThread ? IRQ_THREAD_PRIO : NORMAL_PRIO;
    }

    private static String state(@Nullable Rest rest) {
        return switch (rest) {
            case INTERRUPTIBLE -> "S";
            case UNINTERRUPTIBLE -> "D";
            case IDLE -> "I";
            case DEAD -> "X";
            case null -> "R";
        };
    }
}
