package org.panscope.core.kernel.base;

import org.panscope.core.hw.InterruptLine;
import org.panscope.core.hw.Registers;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;
import org.panscope.core.sim.ThreadListener;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.FirmwareEvent.Irq;
import org.panscope.trace.event.FirmwareEvent.IrqLine;
import org.panscope.trace.event.FirmwareEvent.IrqStep;

/// A threaded interrupt of the GPU: the hard handler masks the line and wakes a thread, the thread
/// works off what is raised and unmasks.
///
/// kernel: panthor_device.h, PANTHOR_IRQ_HANDLER
public final class IrqHandler {
    private static final long CLEAR = 0x4;
    private static final long MASK = 0x8;
    private static final long STAT = 0xc;
    private static final long IRQ_NONE = 0;
    private static final long IRQ_WAKE_THREAD = 2;

    /// Works off raised bits, and clears them in the hardware.
    public interface Handler {
        void handle(int status);
    }

    private final KernelContext kernel;
    private final Simulation sim;
    private final Registers registers;
    private final IrqLine line;
    private final long base;
    private final Handler handler;
    private final Actor hardActor;
    private final Actor threadActor;
    private final WaitQueue wake;
    private final WaitQueue done;
    private final int track;
    private int mask;
    private boolean suspended = true;
    private boolean woken;
    private boolean started;
    private boolean inHandler;
    private long passStartNs;

    /// @param base offset of the line's RAWSTAT register
    public IrqHandler(
            KernelContext kernel,
            Registers registers,
            InterruptLine interrupt,
            IrqLine line,
            long base,
            Handler handler) {
        this.kernel = kernel;
        this.sim = kernel.sim();
        this.registers = registers;
        this.line = line;
        this.base = base;
        this.handler = handler;
        hardActor = new Actor("irq/panthor-" + line.label(), 0, "irq");
        threadActor = kernel.thread("irq/panthor-" + line.label(), "irq-thread");
        wake = new WaitQueue(sim, ThreadListener.Rest.INTERRUPTIBLE);
        done = new WaitQueue(sim);
        track = TrackNames.irq(sim, line.label());
        interrupt.connect(this::hardHandler);
    }

    /// `panthor_xxx_irq_resume`.
    public void resume(int newMask) {
        suspended = false;
        mask = newMask;
        registers.write32(base + CLEAR, newMask);
        registers.write32(base + MASK, newMask);
    }

    /// `panthor_xxx_irq_suspend`: no handler runs when this returns.
    public void suspend() {
        mask = 0;
        registers.write32(base + MASK, 0);
        done.await(() -> !inHandler, WaitQueue.FOREVER);
        suspended = true;
    }

    /// Lets more or fewer bits raise it from now on.
    public void setMask(int newMask) {
        mask = newMask;
        if (!suspended && !inHandler) {
            registers.write32(base + MASK, newMask);
        }
    }

    /// When the handler's present pass over the raised bits began.
    public long passStartNs() {
        return passStartNs;
    }

    public int mask() {
        return mask;
    }

    private void hardHandler() {
        hardActor.setCause(sim.current().cause());
        sim.as(
                hardActor,
                () -> {
                    kernel.tracepoints().irqHandlerEntry(line);
                    int status = registers.read32(base + STAT);
                    if (suspended || status == 0) {
                        kernel.tracepoints().irqHandlerExit(line, IRQ_NONE);
                        return;
                    }
                    sim.follow(track, new Irq(line, IrqStep.ENTRY, status & 0xffff_ffffL));
                    registers.write32(base + MASK, 0);
                    woken = true;
                    inHandler = true;
                    if (started) {
                        wake.wakeAll();
                    } else {
                        started = true;
                        sim.spawn(threadActor, 0, this::thread);
                    }
                    kernel.tracepoints().irqHandlerExit(line, IRQ_WAKE_THREAD);
                });
    }

    private void thread() {
        while (true) {
            wake.await(() -> woken, WaitQueue.FOREVER);
            woken = false;
            kernel.spend(kernel.timings().irqThreadNs());
            long entry = threadActor.cause();
            int status = registers.read32(base) & mask;
            while (status != 0) {
                sim.follow(track, new Irq(line, IrqStep.THREAD, status & 0xffff_ffffL));
                passStartNs = sim.nowNs();
                kernel.spend(kernel.timings().irqHandlerNs());
                handler.handle(status);
                status = registers.read32(base) & mask;
            }
            threadActor.setCause(entry);
            sim.emit(track, new Irq(line, IrqStep.EXIT, 0));
            inHandler = false;
            if (!suspended) {
                registers.write32(base + MASK, mask);
            }
            done.wakeAll();
        }
    }
}
