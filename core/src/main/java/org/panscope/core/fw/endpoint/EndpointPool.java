package org.panscope.core.fw.endpoint;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.EndpointKind;
import org.panscope.trace.event.FirmwareEvent.EndpointStep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The endpoints of the machine, and who has them.
///
/// - A shader core has two places, one for compute and one for fragment work, which different
///   streams may use at once unless one of them is exclusive; a tiler has one place.
/// - A stream gets what it may use and what nobody else uses, at least one of each kind it needs,
///   all kinds together or none, and never more than its group may have.
/// - Among those who wait: the group's priority, then the queue's, then who was served longest ago.
/// - Nobody is interrupted. A waiter that ranks as high as the holder or higher lets the holder
///   start no further job; the endpoints move when the jobs in flight have ended. What is held
///   without a job goes to any waiter.
///
/// ASSUMPTION: fw.endpoint_arbitration: all of the above; no public source describes it.
///
/// kernel: panthor_fw.h: CSG_EP_REQ_COMPUTE, CSG_EP_REQ_EXCL_COMPUTE, CSG_EP_REQ_PRIORITY
public final class EndpointPool {
    private static final EndpointKind[] KINDS = EndpointKind.values();

    private final Gpu gpu;
    private final Simulation simulation;
    private final EndpointPower power;
    private final List<EndpointClaim> claims = new ArrayList<>();
    private final EndpointLimits[] limits;
    private final int[] jobs = new int[KINDS.length];
    private Consumer<EndpointKind> whenInactive = kind -> {};
    private long enabledCores;
    private long grants;
    private Simulation.@Nullable Timer pass;

    /// Makes the pool of a GPU.
    ///
    /// @param groups CSG slots
    /// @param powerOffNs how long endpoints without work stay powered, 0 for ever; asked each time
    public EndpointPool(Gpu gpu, int groups, LongSupplier powerOffNs) {
        this.gpu = gpu;
        simulation = gpu.simulation();
        power = new EndpointPower(gpu, powerOffNs, this::arbitrate);
        limits = new EndpointLimits[groups];
        reset();
    }

    /// Says who is told when the last job has left the endpoints of a kind.
    public void whenInactive(Consumer<EndpointKind> listener) {
        whenInactive = listener;
    }

    /// A claim for a stream.
    ///
    /// @param track where its events go
    public EndpointClaim claim(int csg, int cs, int track, EndpointClaim.Holder holder) {
        EndpointClaim claim = new EndpointClaim(this, csg, cs, track, holder);
        claims.add(claim);
        return claim;
    }

    /// Takes over what a group may use. What its streams hold already they keep until their jobs
    /// have ended.
    public void setLimits(int csg, EndpointLimits value) {
        limits[csg] = value;
        for (EndpointClaim claim : claims) {
            if (claim.csg == csg) {
                recall(claim);
            }
        }
        arbitrateLater();
    }

    /// GLB_INPUT.core_en_mask: the cores that may be used at all.
    public void setEnabledCores(long mask) {
        enabledCores = mask;
        claims.forEach(this::recall);
        arbitrateLater();
    }

    /// Whether a group may use endpoints of all these kinds.
    public boolean allows(int csg, int kinds) {
        for (EndpointKind kind : KINDS) {
            boolean needed = (kinds & EndpointClaim.bit(kind)) != 0;
            if (needed && (usable(csg, kind) == 0 || limits[csg].most(kind) == 0)) {
                return false;
            }
        }
        return true;
    }

    /// The firmware stops: nobody waits, everything is off, and nothing is configured.
    public void reset() {
        if (pass != null) {
            pass.cancel();
        }
        power.cut();
        Arrays.fill(limits, EndpointLimits.NOTHING);
        enabledCores = gpu.parameters().get(GpuParameters.SHADER_PRESENT);
    }

    EndpointLimits limits(int csg) {
        return limits[csg];
    }

    // ---- arbitration --------------------------------------------------------------------------

    /// Serves a claim at once when nobody else waits.
    boolean acquireNow(EndpointClaim claim) {
        boolean alone = claims.stream().allMatch(other -> other == claim || other.waiting() == 0);
        if (!power.demand(claim.waiting())) {
            return false;
        }
        if (!alone) {
            arbitrateLater();
            return false;
        }
        if (grantAll(claim, new long[KINDS.length])) {
            return true;
        }
        askForRoom(claim);
        return false;
    }

    /// Lets the firmware look who is next, after the time that takes it.
    void arbitrateLater() {
        if (pass == null || !pass.isPending()) {
            pass =
                    simulation.schedule(
                            gpu.firmwareActor(),
                            gpu.parameters().get(GpuParameters.GRANT_NS),
                            Simulation.HARDWARE,
                            this::arbitrate);
        }
    }

    private void arbitrate() {
        List<EndpointClaim> served = new ArrayList<>();
        long[] reserved = new long[KINDS.length];
        long cause = simulation.current().cause();
        for (EndpointClaim waiter : waiters()) {
            simulation.current().setCause(cause);
            if (power.demand(waiter.waiting()) && grantAll(waiter, reserved)) {
                served.add(waiter);
                waiter.holder.granted();
            } else {
                askForRoom(waiter);
                reserve(waiter, reserved);
            }
        }
        simulation.current().setCause(cause);
        served.forEach(EndpointClaim::notFresh);
        boolean idle = served.stream().anyMatch(EndpointPool::holdsUnused);
        if (idle && !waiters().isEmpty()) {
            arbitrateLater();
        }
    }

    private static boolean holdsUnused(EndpointClaim claim) {
        return Arrays.stream(KINDS).anyMatch(claim::isUnused);
    }

    private List<EndpointClaim> waiters() {
        List<EndpointClaim> waiters = new ArrayList<>();
        for (EndpointClaim claim : claims) {
            if (claim.waiting() != 0) {
                waiters.add(claim);
            }
        }
        waiters.sort(EndpointClaim::compareTurn);
        return waiters;
    }

    /// Grants all that a claim waits for, or nothing.
    private boolean grantAll(EndpointClaim claim, long[] reserved) {
        int kinds = claim.waiting();
        long[] chosen = new long[KINDS.length];
        for (EndpointKind kind : KINDS) {
            if ((kinds & EndpointClaim.bit(kind)) == 0) {
                continue;
            }
            if (claim.cores(kind) != 0 && !claim.isYielding(kind)) {
                continue;
            }
            if (claim.cores(kind) != 0) {
                if (claim.jobs(kind) > 0) {
                    return false;
                }
                claim.release(kind);
            }
            releaseUnused(claim, kind);
            chosen[EndpointClaim.index(kind)] =
                    choose(claim, kind, reserved[EndpointClaim.index(kind)]);
            if (chosen[EndpointClaim.index(kind)] == 0) {
                return false;
            }
        }
        for (EndpointKind kind : KINDS) {
            if (chosen[EndpointClaim.index(kind)] != 0) {
                claim.grant(kind, chosen[EndpointClaim.index(kind)]);
            }
        }
        claim.satisfied(++grants);
        return true;
    }

    private long choose(EndpointClaim claim, EndpointKind kind, long reserved) {
        long free = usable(claim.csg, kind) & ~reserved;
        int room = limits[claim.csg].most(kind);
        for (EndpointClaim other : claims) {
            if (other != claim) {
                free &= ~blocked(claim, kind, other);
                if (other.csg == claim.csg) {
                    room -= Long.bitCount(other.cores(kind));
                }
            }
        }
        long chosen = 0;
        for (long left = free; left != 0 && room > 0; left &= left - 1, room--) {
            chosen |= Long.lowestOneBit(left);
        }
        return chosen;
    }

    /// Cores that a claim cannot have for a kind because of what another one holds.
    private long blocked(EndpointClaim claim, EndpointKind kind, EndpointClaim other) {
        long cores = other.cores(kind);
        for (EndpointKind otherKind : KINDS) {
            if (excludes(claim, kind, other, otherKind)) {
                cores |= other.cores(otherKind);
            }
        }
        return cores;
    }

    private boolean excludes(
            EndpointClaim claim, EndpointKind kind, EndpointClaim other, EndpointKind otherKind) {
        if (kind == otherKind || kind == EndpointKind.TILER || otherKind == EndpointKind.TILER) {
            return false;
        }
        if (!gpu.parameters().isOn(GpuParameters.CORES_TAKE_BOTH)) {
            return true;
        }
        return claim.csg != other.csg
                && (limits[claim.csg].isExclusive(kind)
                        || limits[other.csg].isExclusive(otherKind));
    }

    /// Takes back what is in the way of a claim and held without a job.
    private void releaseUnused(EndpointClaim claim, EndpointKind kind) {
        forEachInTheWay(
                claim,
                kind,
                (other, otherKind) -> {
                    if (other.isUnused(otherKind)) {
                        other.release(otherKind);
                    }
                });
    }

    /// Lets those in the way that do not rank higher start no further job.
    private void askForRoom(EndpointClaim claim) {
        for (EndpointKind kind : KINDS) {
            boolean missing =
                    (claim.waiting() & EndpointClaim.bit(kind)) != 0 && claim.cores(kind) == 0;
            if (missing && choose(claim, kind, 0) == 0) {
                forEachInTheWay(
                        claim,
                        kind,
                        (other, otherKind) -> {
                            if (claim.comparePriority(other) <= 0) {
                                other.makeRoom(otherKind);
                            }
                        });
            }
        }
    }

    private interface InTheWay {
        void visit(EndpointClaim other, EndpointKind kind);
    }

    private void forEachInTheWay(EndpointClaim claim, EndpointKind kind, InTheWay visitor) {
        long usable = usable(claim.csg, kind);
        for (EndpointClaim other : claims) {
            if (other == claim) {
                continue;
            }
            for (EndpointKind otherKind : KINDS) {
                boolean sameKind = kind == otherKind;
                boolean overlaps = (other.cores(otherKind) & usable) != 0;
                boolean sharesLimit =
                        sameKind && other.csg == claim.csg && other.cores(otherKind) != 0;
                boolean conflicts = sameKind || excludes(claim, kind, other, otherKind);
                if ((overlaps && conflicts) || sharesLimit) {
                    visitor.visit(other, otherKind);
                }
            }
        }
    }

    /// Keeps what a waiter may use from those that come after it.
    private void reserve(EndpointClaim waiter, long[] reserved) {
        for (EndpointKind kind : KINDS) {
            if ((waiter.waiting() & EndpointClaim.bit(kind)) != 0) {
                reserved[EndpointClaim.index(kind)] |= usable(waiter.csg, kind);
            }
        }
    }

    /// A claim gives back, or will, what its group may no longer use.
    private void recall(EndpointClaim claim) {
        for (EndpointKind kind : KINDS) {
            boolean excess =
                    (claim.cores(kind) & ~usable(claim.csg, kind)) != 0
                            || Long.bitCount(claim.cores(kind)) > limits[claim.csg].most(kind);
            if (excess && claim.isUnused(kind)) {
                claim.release(kind);
            } else if (excess) {
                claim.makeRoom(kind);
            }
        }
    }

    private long usable(int csg, EndpointKind kind) {
        long present =
                kind == EndpointKind.TILER
                        ? gpu.parameters().get(GpuParameters.TILER_PRESENT)
                        : gpu.parameters().get(GpuParameters.SHADER_PRESENT) & enabledCores;
        return limits[csg].allowed(kind) & present;
    }

    // ---- what claims tell ---------------------------------------------------------------------

    void jobStarted(EndpointKind kind) {
        jobs[EndpointClaim.index(kind)]++;
        power.keep();
    }

    void jobEnded(EndpointKind kind) {
        int left = --jobs[EndpointClaim.index(kind)];
        if (left == 0) {
            long cause = simulation.current().cause();
            whenInactive.accept(kind);
            simulation.current().setCause(cause);
        }
    }

    void workEnded() {
        for (int left : jobs) {
            if (left > 0) {
                return;
            }
        }
        power.rest();
    }

    void tell(
            EndpointClaim claim,
            EndpointKind kind,
            EndpointStep step,
            @Nullable Long cores,
            @Nullable Long pc) {
        simulation.follow(
                claim.track,
                new FirmwareEvent.Endpoint(kind, step, claim.csg, claim.cs, cores, pc));
    }
}
