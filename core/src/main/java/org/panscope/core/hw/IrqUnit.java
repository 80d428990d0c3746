package org.panscope.core.hw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.IrqLine;
import org.panscope.trace.event.FirmwareEvent.IrqStep;

/// RAWSTAT, MASK and CLEAR of one interrupt line. Level triggered: while a raw bit is unmasked the
/// handler is called again and again, a delivery latency apart.
///
/// A raw bit the driver never lets through is a status and no interrupt: it is recorded as raised
/// only if the last mask with any bit in it has this one. A mask of 0 only holds interrupts back,
/// as the hard handler does until its thread is done.
final class IrqUnit implements InterruptLine {
    private final Simulation simulation;
    private final GpuParameters parameters;
    private final IrqLine line;
    private final int track;
    private final Actor actor;
    private int rawStat;
    private int mask;
    private int wanted;
    private long raiseSeq = -1;
    private @Nullable Runnable handler;
    private boolean delivering;
    private int losing;
    private int lost;

    IrqUnit(Simulation simulation, GpuParameters parameters, IrqLine line) {
        this.simulation = simulation;
        this.parameters = parameters;
        this.line = line;
        track = TrackNames.irq(simulation, line.label());
        actor = new Actor("irq/panthor-" + line.label(), -1, "irq");
    }

    @Override
    public void connect(Runnable hardHandler) {
        handler = hardHandler;
        deliverIfUp();
    }

    /// Sets raw bits. Bits that are up already say nothing new.
    void raise(int bits) {
        int fresh = bits & ~rawStat;
        if (fresh == 0) {
            return;
        }
        rawStat |= fresh;
        record(fresh & wanted);
        deliverIfUp();
    }

    /// The next deliveries do not arrive.
    void loseNext(int count) {
        losing += count;
    }

    private void record(int bits) {
        if (bits != 0) {
            raiseSeq =
                    simulation.emit(
                            track,
                            new FirmwareEvent.Irq(
                                    line, IrqStep.RAISE, Integer.toUnsignedLong(bits)));
        }
    }

    int rawStat() {
        return rawStat;
    }

    int mask() {
        return mask;
    }

    int stat() {
        return rawStat & mask;
    }

    void clear(int bits) {
        rawStat &= ~bits;
        lost &= ~bits;
    }

    void setMask(int value) {
        mask = value;
        if (value != 0) {
            int fresh = rawStat & value & ~wanted;
            wanted = value;
            record(fresh);
        }
        deliverIfUp();
    }

    void reset() {
        rawStat = 0;
        lost = 0;
        mask = 0;
        wanted = 0;
    }

    /// A line that comes up collects for the coalescing window before it is delivered.
    private void deliverIfUp() {
        if ((stat() & ~lost) == 0 || handler == null || delivering) {
            return;
        }
        delivering = true;
        long latencyNs =
                parameters.get(GpuParameters.IRQ_COALESCE_NS)
                        + simulation.duration(
                                "hw.irq_latency." + line.label(),
                                parameters.get(GpuParameters.IRQ_LATENCY_MIN_NS),
                                parameters.get(GpuParameters.IRQ_LATENCY_MAX_NS));
        simulation.schedule(actor, latencyNs, Simulation.HARDWARE, this::deliver);
    }

    private void deliver() {
        delivering = false;
        Runnable target = handler;
        if ((stat() & ~lost) == 0 || target == null) {
            return;
        }
        if (losing > 0) {
            losing--;
            lost |= stat();
            return;
        }
        lost = 0;
        actor.setCause(raiseSeq);
        target.run();
        deliverIfUp();
    }
}
