package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fw.endpoint.EndpointClaim;
import org.panscope.core.fw.endpoint.EndpointPool;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.FirmwareEvent.CsStep;

/// A stream of a CSG slot: how it starts, is suspended, resumes and ends, and what others may ask
/// of it. [ExecutionLoop] runs its instructions.
///
/// kernel: panthor_sched.c: cs_slot_prog_locked, csg_slot_prog_locked
public final class CommandStream {
    private final Gpu gpu;
    private final Simulation simulation;
    private final GroupInterface group;
    private final int index;
    private final int track;
    private final StreamCore core;
    private final CsReporter reporter;
    private final RingInterface ring;
    private final EndpointClaim endpoints;
    private final TilerOom oom;

    private final ExecutionLoop loop;

    private boolean started;
    private boolean dead;
    private byte @Nullable [] startContext;
    private Simulation.@Nullable Timer startTimer;

    CommandStream(Gpu gpu, GroupInterface group, McuMemory memory, int index) {
        this.gpu = gpu;
        this.simulation = gpu.simulation();
        this.group = group;
        this.index = index;
        track = TrackNames.cs(simulation, group.index(), index);
        reporter = new CsReporter(gpu, group, this, memory);
        ring = new RingInterface(memory);
        oom = new TilerOom(group, this, memory);
        EndpointPool pool = group.endpointPool();
        endpoints = pool.claim(group.index(), index, track, this::endpointsGranted);
        core =
                new StreamCore(
                        new SlotEnvironment(
                                gpu, group, this, new SlotEndpoints(pool, endpoints, group)));
        loop = new ExecutionLoop(gpu, group, this, ring);
    }

    // ---- what it is doing now -----------------------------------------------------------------

    public int index() {
        return index;
    }

    /// Whether it has been started and not stopped; a blocked or empty stream runs too.
    public boolean isRunning() {
        return loop.isRunning();
    }

    /// INSERT as last fetched, a free-running offset in bytes.
    public long insertSeen() {
        return loop.insertSeen();
    }

    /// EXTRACT as last published.
    public long extract() {
        return loop.extract();
    }

    /// ACTIVE as last published.
    public boolean isActive() {
        return loop.idleness().isActive();
    }

    /// Address of the current instruction.
    public long pc() {
        return loop.pc();
    }

    /// Address of the current instruction when an event last told of it; the fetch of a later one
    /// may have faulted since.
    public long pcTold() {
        return reporter.pcTold();
    }

    /// CS_STATUS_BLOCKED_REASON, 0 when it is not blocked.
    public int blockedReason() {
        return core.wait.reason;
    }

    /// The sync object waited for; meaningful while [#blockedReason] is SYNC_WAIT.
    public long waitVa() {
        return core.wait.va;
    }

    public long waitReference() {
        return core.wait.reference;
    }

    public boolean isWaitGreater() {
        return core.wait.greater;
    }

    public boolean isWait64() {
        return core.wait.is64;
    }

    /// A register, for tests and inspection.
    public int register(int number) {
        return core.register(number);
    }

    /// Depth of the call stack, 0 in the ring.
    public int callDepth() {
        return core.calls.depth();
    }

    /// Its claim to endpoints, and what it holds.
    public EndpointClaim endpoints() {
        return endpoints;
    }

    /// Bits of the scoreboard slots in use.
    public int scoreboards() {
        return core.scoreboard.busyMask();
    }

    /// Whether a job of its own is on endpoints now.
    public boolean isJobRunning() {
        return core.scoreboard.pending().stream()
                .anyMatch(operation -> operation.started && isJob((int) (operation.word >>> 56)));
    }

    /// Whether a job of its own makes progress on endpoints now.
    boolean hasWorkingJob() {
        return core.scoreboard.pending().stream()
                .anyMatch(operation ->
                        operation.job != null
                                && operation.timer != null
                                && operation.timer.isPending());
    }

    private static boolean isJob(int opcode) {
        return (opcode >= Opcodes.RUN_COMPUTE && opcode <= Opcodes.RUN_FULLSCREEN)
                || opcode == Opcodes.RUN_COMPUTE_INDIRECT;
    }

    // ---- faults on demand ---------------------------------------------------------------------

    /// Makes the stream report a recoverable fault now, as a failing job would.
    public void injectFault(int exception, int data, long info) {
        core.errorState = exception;
        reporter.fault(exception, data, info);
    }

    /// Makes the stream die now.
    public void injectFatal(int exception, int data, long info) {
        reporter.fatal(exception, data, info);
    }

    // ---- firmware side ------------------------------------------------------------------------

    int track() {
        return track;
    }

    TilerOom oom() {
        return oom;
    }

    StreamCore core() {
        return core;
    }

    /// What executes it.
    ExecutionLoop loop() {
        return loop;
    }

    CsReporter reporter() {
        return reporter;
    }

    int doorbellId() {
        return ring.doorbellId();
    }

    boolean isStarting() {
        return startTimer != null && startTimer.isPending();
    }

    /// Whether it has ever been started.
    boolean hasStarted() {
        return started;
    }

    /// Starts or resumes the stream after the start delay.
    void start(byte @Nullable [] context) {
        cancelAll();
        dead = false;
        startContext = context;
        startTimer =
                simulation.schedule(
                        gpu.firmwareActor(),
                        gpu.parameters().get(GpuParameters.CS_START_DELAY_NS),
                        Simulation.HARDWARE,
                        () -> begin(context));
    }

    /// Whether it counts as idle under its IDLE_* configuration.
    boolean isIdle() {
        return loop.isRunning() ? loop.idleness().isIdle() : !isStarting();
    }

    /// Reads again what the host may change while the stream runs.
    void reconfigure() {
        if (loop.isRunning()) {
            ring.reconfigure();
        }
    }

    /// Reads INSERT again and runs on when it moved.
    void doorbell() {
        loop.doorbell();
    }

    /// Executes a blocked instruction again: something it may wait for changed.
    void retry() {
        loop.retry();
    }

    /// Stops because the group is terminated.
    void terminate() {
        boolean reports = gpu.parameters().isOn(GpuParameters.TERMINATE_REPORTS_JOBS);
        long job = endpoints.runningJob();
        if (loop.isRunning() && reports && job != EndpointClaim.NO_JOB) {
            reporter.fault(ExceptionType.CS_RES_TERM, 0, job);
        }
        stop();
    }

    /// Jobs that do not leave their endpoints in time fail. Simplified: taking a job off takes no
    /// time; waiting for its end does, see [SuspendDrain].
    private void evictJobs() {
        GpuParameters parameters = gpu.parameters();
        boolean waited = parameters.isOn(GpuParameters.SUSPEND_WAITS_FOR_JOBS);
        if (waited && !hasWorkingJob()) {
            return;
        }
        boolean inTime =
                !waited
                        && parameters.get(GpuParameters.JOB_STOP_NS)
                                <= parameters.get(GpuParameters.EVICTION_TIMEOUT_NS);
        long job = endpoints.runningJob();
        if (!inTime && job != EndpointClaim.NO_JOB) {
            core.errorState = ExceptionType.CSF_RES_EVICTION_TIMEOUT;
            core.scoreboard.dropRunningJobs();
            reporter.fault(ExceptionType.CSF_RES_EVICTION_TIMEOUT, 0, job);
        }
    }

    /// Stops executing and forgets what is pending.
    void stop() {
        halt(CsStep.STOP);
        core.scoreboard.clear();
        endpoints.giveUp();
        group.jobEnded();
    }

    /// Stops executing at this instruction.
    ///
    /// @return the context to resume with, or null when it was not even to start
    byte @Nullable [] suspend() {
        if (!loop.isRunning()) {
            boolean starting = isStarting();
            cancelAll();
            if (starting && startContext != null) {
                return startContext;
            }
            return starting || dead ? SuspendBuffer.without(dead) : null;
        }
        evictJobs();
        byte[] context = SuspendBuffer.save(core, loop.position(oom.isShort()), simulation.nowNs());
        halt(CsStep.SUSPEND);
        core.scoreboard.clear();
        endpoints.giveUp();
        return context;
    }

    /// Stops for good after a fatal report: nothing but a new start makes it run again.
    void die() {
        stop();
        dead = true;
    }

    /// Vanishes without a word, as when the GPU is reset.
    void drop() {
        cancelAll();
        loop.drop(CsStep.STOP);
        oom.forget();
        core.reset();
        endpoints.giveUp();
    }

    /// It holds the endpoints that it waited for.
    private void endpointsGranted() {
        long granted = simulation.current().cause();
        core.startReady();
        if (core.wait.reason == FwBits.BLOCKED_REASON_RESOURCE) {
            simulation.current().setCause(granted);
            loop.retry();
        }
    }

    /// Where the host wants trace points, or null.
    StreamEnvironment.@Nullable Instrumentation instrumentation() {
        return ring.instrumentation();
    }

    private void begin(byte @Nullable [] context) {
        if (context != null && SuspendBuffer.isDead(context)) {
            dead = true;
            return;
        }
        ring.load(group.csInput(index));
        oom.started();
        if (!ring.isUsable()) {
            reporter.fatal(ExceptionType.CS_CONFIG_FAULT, 0, ring.base());
            return;
        }
        SuspendBuffer.Position position =
                context == null
                        ? null
                        : SuspendBuffer.restore(core, context, simulation.current().cause());
        if (position == null) {
            core.reset();
            core.ip = ring.extractInit();
        }
        if (position != null && position.outOfMemory()) {
            TilerMemory.reread(core);
        }
        started = true;
        if (!loop.begin(position)) {
            return;
        }
        endpoints.setQueuePriority(ring.priority());
        endpoints.request(EndpointJob.kindsOf(core.resources, gpu.parameters()));
        core.startReady();
        loop.scheduleStep(position == null ? core.rules.instructionNs : position.stepLeftNs());
    }

    private void halt(CsStep how) {
        oom.forget();
        cancelAll();
        loop.halt(how);
    }

    private void cancelAll() {
        if (startTimer != null) {
            startTimer.cancel();
        }
        loop.cancel();
    }
}
