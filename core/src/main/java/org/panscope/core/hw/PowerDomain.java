package org.panscope.core.hw;

import org.panscope.core.sim.Simulation;

import java.util.function.LongConsumer;

/// Cores of one kind that are powered up and down one by one: the shader cores, the tiler or the L2
/// cache. A request takes a while; READY, PWRTRANS and the interrupts show it.
///
/// Bits of cores that are not present, or already are as requested, do nothing. A request the other
/// way takes over a core that is in transition. ASSUMPTION: hw.power_order: no domain needs another
/// one to be up.
///
/// kernel: panthor_gpu.c: panthor_gpu_block_power_on, panthor_gpu_block_power_off
public final class PowerDomain {
    private final Gpu gpu;
    private final Kind kind;
    private final long present;
    private long ready;
    private long turningOn;
    private long turningOff;
    private long active;
    private int generation;

    /// The domains, in the order of their registers.
    public enum Kind {
        SHADER(0),
        TILER(0x10),
        L2(0x20);

        private final long offset;

        Kind(long offset) {
            this.offset = offset;
        }
    }

    PowerDomain(Gpu gpu, Kind kind, long present) {
        this.gpu = gpu;
        this.kind = kind;
        this.present = present;
    }

    String name() {
        return kind.name();
    }

    /// Of its registers, from those of the shader cores.
    long offset() {
        return kind.offset;
    }

    public long present() {
        return present;
    }

    /// Cores that are powered.
    public long ready() {
        return ready;
    }

    public long inTransition() {
        return turningOn | turningOff;
    }

    /// Cores that execute something.
    public long active() {
        return active;
    }

    /// Says which cores execute something.
    public void setActive(long cores) {
        if (active != cores) {
            active = cores;
            gpu.registerChanged(Regs.SHADER_PWRACTIVE + offset(), cores);
        }
    }

    /// Requests power.
    public void powerOn(long cores) {
        long wanted = cores & present & ~turningOn & (~ready | turningOff);
        turningOff &= ~wanted;
        turningOn |= wanted & ~ready;
        request(wanted, this::switchedOn);
    }

    /// Requests to be without power.
    public void powerOff(long cores) {
        long wanted = cores & present & ~turningOff & (ready | turningOn);
        turningOn &= ~wanted;
        turningOff |= wanted & ready;
        request(wanted, this::switchedOff);
    }

    /// Has these cores powered from now on, as the firmware decides without registers.
    ///
    /// @return whether that is a change
    boolean setPowered(long cores) {
        long now = cores & present;
        if (ready == now) {
            return false;
        }
        setReady(now);
        return true;
    }

    /// Loses power at once.
    void reset() {
        generation++;
        setActive(0);
        if (inTransition() != 0) {
            turningOn = 0;
            turningOff = 0;
            tellTransition();
        }
        setReady(0);
    }

    private void request(long cores, LongConsumer end) {
        if (cores == 0) {
            return;
        }
        tellTransition();
        int mine = generation;
        gpu.simulation()
                .schedule(
                        gpu.actor(),
                        gpu.parameters().get(GpuParameters.POWER_NS),
                        Simulation.HARDWARE,
                        () -> {
                            if (mine == generation) {
                                end.accept(cores);
                            }
                        });
    }

    private void switchedOn(long cores) {
        long done = cores & turningOn;
        turningOn &= ~done;
        switched(done, ready | done);
    }

    private void switchedOff(long cores) {
        long done = cores & turningOff;
        turningOff &= ~done;
        switched(done, ready & ~done);
    }

    private void switched(long done, long readyNow) {
        if (done == 0) {
            return;
        }
        tellTransition();
        setReady(readyNow);
        gpu.powerChanged();
    }

    private void setReady(long cores) {
        if (ready != cores) {
            ready = cores;
            gpu.registerChanged(Regs.SHADER_READY + offset(), cores);
        }
    }

    private void tellTransition() {
        gpu.registerChanged(Regs.SHADER_PWRTRANS + offset(), inTransition());
    }
}
