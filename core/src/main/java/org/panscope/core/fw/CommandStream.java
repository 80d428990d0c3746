package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fw.endpoint.EndpointClaim;
import org.panscope.core.fw.endpoint.EndpointPool;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Access;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.CsStep;

/// A stream of a CSG slot: fetches words of its ring, executes them one after the other in virtual
/// time, and publishes EXTRACT and ACTIVE.
///
/// Simplified: words are fetched one by one, not in 64-byte lines.
///
/// kernel: panthor_fw.h: panthor_fw_ringbuf_input_iface, panthor_fw_ringbuf_output_iface
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

    private boolean started;
    private boolean running;
    private boolean blocked;
    private boolean stalled;
    private boolean settled;
    private boolean reissue;
    private boolean dead;
    private boolean awaitsUnlock;

    /// Whether the current instruction was issued and has not completed.
    private boolean issued;

    private long currentWord;
    private long insertSeen;
    private long extract;
    private boolean active;
    private long pc;
    private long fetchSeq = -1;
    private byte @Nullable [] startContext;
    private Simulation.@Nullable Timer startTimer;
    private Simulation.@Nullable Timer stepTimer;
    private Simulation.@Nullable Timer settleTimer;

    CommandStream(Gpu gpu, GroupInterface group, McuMemory memory, int index) {
        this.gpu = gpu;
        this.simulation = gpu.simulation();
        this.group = group;
        this.index = index;
        track = TrackNames.cs(simulation, group.index(), index);
        reporter = new CsReporter(gpu, group, this, memory);
        ring = new RingInterface(memory);
        EndpointPool pool = group.endpointPool();
        endpoints = pool.claim(group.index(), index, track, this::endpointsGranted);
        core =
                new StreamCore(
                        new SlotEnvironment(
                                gpu,
                                group,
                                this,
                                new SlotEndpoints(pool, endpoints, group.index())));
    }

    // ---- what it is doing now -----------------------------------------------------------------

    public int index() {
        return index;
    }

    /// Whether it has been started and not stopped; a blocked or empty stream runs too.
    public boolean isRunning() {
        return running;
    }

    /// INSERT as last fetched, a free-running offset in bytes.
    public long insertSeen() {
        return insertSeen;
    }

    /// EXTRACT as last published.
    public long extract() {
        return extract;
    }

    /// ACTIVE as last published.
    public boolean isActive() {
        return active;
    }

    /// Address of the current instruction.
    public long pc() {
        return pc;
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

    StreamCore core() {
        return core;
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
        if (!running) {
            return !isStarting();
        }
        if (stalled || !settled || core.scoreboard.busyMask() != 0) {
            return false;
        }
        int bit =
                !blocked
                        ? FwBits.CS_IDLE_EMPTY
                        : switch (core.wait.reason) {
                            case FwBits.BLOCKED_REASON_SYNC_WAIT -> FwBits.CS_IDLE_SYNC_WAIT;
                            case FwBits.BLOCKED_REASON_RESOURCE -> FwBits.CS_IDLE_RESOURCE_REQ;
                            default -> core.wait.protectedMode ? FwBits.CS_IDLE_PROTM_PENDING : 0;
                        };
        return (ring.idleConfig() & bit) != 0;
    }

    /// Reads again what the host may change while the stream runs.
    void reconfigure() {
        if (running) {
            ring.reconfigure();
        }
    }

    /// Reads INSERT again and runs on when it moved.
    void doorbell() {
        if (!running) {
            return;
        }
        ring.readIdleConfig();
        long insert = ring.insert();
        if (insert == insertSeen) {
            return;
        }
        insertSeen = insert;
        fetchSeq = reporter.follow(CsStep.FETCH, insert, null, null);
        if (isOverfull()) {
            reporter.fatal(ExceptionType.CS_CONFIG_FAULT, 0, insert);
            return;
        }
        if (!blocked && !stalled && (stepTimer == null || !stepTimer.isPending())) {
            unsettle();
            setActive(true);
            scheduleStep(0);
        }
    }

    /// Executes a blocked instruction again: something it may wait for changed.
    void retry() {
        if (!running || !blocked) {
            return;
        }
        if (group.isLocked(core.wait.va)) {
            awaitsUnlock = true;
            return;
        }
        long before = simulation.current().cause();
        Outcome outcome = core.execute(currentWord);
        if (outcome == Outcome.BLOCKED) {
            simulation.current().setCause(before);
            return;
        }
        if (!running) {
            return;
        }
        blocked = false;
        core.wait.clear();
        reporter.follow(CsStep.UNBLOCK, null, null, null);
        unsettle();
        finish(outcome);
    }

    /// The address space the group uses was changed by the host.
    void addressSpaceUpdated(boolean enabled) {
        if (!running || !stalled) {
            return;
        }
        stalled = false;
        if (enabled) {
            core.retryFaulted();
            if (blocked) {
                scoreboardChanged();
            } else {
                reissue = issued;
                scheduleStep(0);
            }
        } else {
            reporter.fatal(ExceptionType.CS_BUS_FAULT, 0, pc);
        }
    }

    /// A locked region of the group's address space was opened again.
    void addressSpaceUnlocked() {
        if (!awaitsUnlock) {
            return;
        }
        awaitsUnlock = false;
        if (blocked) {
            retry();
        } else if (running && !stalled && (stepTimer == null || !stepTimer.isPending())) {
            scheduleStep(0);
        }
    }

    /// Stops executing and forgets what is pending.
    void stop() {
        halt(CsStep.STOP);
        core.scoreboard.clear();
        endpoints.giveUp();
    }

    /// Stops executing at this instruction.
    ///
    /// @return the context to resume with, or null when it was not even to start
    byte @Nullable [] suspend() {
        if (!running) {
            boolean starting = isStarting();
            cancelAll();
            if (starting && startContext != null) {
                return startContext;
            }
            return starting || dead ? SuspendBuffer.without(dead) : null;
        }
        SuspendBuffer.Position position =
                new SuspendBuffer.Position(extract, pc, issued, timeLeft(stepTimer));
        byte[] context = SuspendBuffer.save(core, position, simulation.nowNs());
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
        if (running) {
            running = false;
            blocked = false;
            core.wait.clear();
            reporter.follow(CsStep.STOP, null, null, null);
        }
        core.reset();
        endpoints.giveUp();
    }

    /// It holds the endpoints that it waited for.
    private void endpointsGranted() {
        long granted = simulation.current().cause();
        core.startReady();
        if (core.wait.reason == FwBits.BLOCKED_REASON_RESOURCE) {
            simulation.current().setCause(granted);
            retry();
        }
    }

    /// Where the host wants trace points, or null.
    StreamEnvironment.@Nullable Instrumentation instrumentation() {
        return ring.instrumentation();
    }

    void stall() {
        stalled = true;
    }

    void scoreboardChanged() {
        group.progress();
        int reason = core.wait.reason;
        if (blocked
                && (reason == FwBits.BLOCKED_REASON_SB_WAIT
                        || reason == FwBits.BLOCKED_REASON_DEFERRED)) {
            retry();
        }
        group.updateIdle();
    }

    // ---- execution ----------------------------------------------------------------------------

    private void begin(byte @Nullable [] context) {
        if (context != null && SuspendBuffer.isDead(context)) {
            dead = true;
            return;
        }
        ring.load(group.csInput(index));
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
            extract = ring.extractInit();
            core.ip = extract;
        } else {
            extract = position.extract();
        }
        ring.publishExtract(extract);
        insertSeen = ring.insert();
        started = true;
        running = true;
        blocked = false;
        stalled = false;
        settled = false;
        reissue = position != null && position.issued();
        issued = reissue;
        pc = position == null ? currentPc() : position.pc();
        fetchSeq =
                reporter.follow(
                        position == null ? CsStep.START : CsStep.RESUME, insertSeen, extract, null);
        publishActive(true);
        if (isOverfull()) {
            reporter.fatal(ExceptionType.CS_CONFIG_FAULT, 0, insertSeen);
            return;
        }
        if (insertSeen != extract) {
            fetchSeq = reporter.follow(CsStep.FETCH, insertSeen, null, null);
        }
        endpoints.setQueuePriority(ring.priority());
        endpoints.request(EndpointJob.kindsOf(core.resources, gpu.parameters()));
        core.startReady();
        scheduleStep(position == null ? core.rules.instructionNs : position.stepLeftNs());
    }

    private void scheduleStep(long delayNs) {
        stepTimer = simulation.schedule(gpu.actor(), delayNs, Simulation.HARDWARE, this::execute);
    }

    private void execute() {
        if (!running || blocked || stalled) {
            return;
        }
        simulation.current().setCause(fetchSeq);
        returnFromFinishedBuffers();
        if (core.inRing()) {
            core.end = insertSeen;
            core.start = Math.max(0, insertSeen - ring.size());
            if (insertSeen - core.ip < 8) {
                ranEmpty();
                return;
            }
        }
        pc = currentPc();
        if (group.isLocked(pc)) {
            awaitsUnlock = true;
            return;
        }
        long physical = core.access(pc, 8, Access.READ);
        if (physical < 0) {
            return;
        }
        currentWord = gpu.memory().read64(physical);
        if (reissue) {
            reissue = false;
        } else {
            simulation.follow(
                    track,
                    new FirmwareEvent.CsInstr(
                            group.index(),
                            index,
                            reporter.tellPc(),
                            currentWord,
                            core.calls.depth()));
        }
        issued = true;
        group.progress();
        long instruction = simulation.current().cause();
        Outcome outcome = core.execute(currentWord);
        simulation.current().setCause(instruction);
        finish(outcome);
    }

    private void finish(Outcome outcome) {
        issued = outcome == Outcome.BLOCKED || outcome == Outcome.STOPPED;
        switch (outcome) {
            case NEXT -> {
                core.ip += 8;
                goOn();
            }
            case JUMPED -> goOn();
            case BLOCKED -> {
                blocked = true;
                reporter.follow(CsStep.BLOCK, null, null, null);
                settleLater();
            }
            case STOPPED -> {
                // A report has been made; the stream runs again only if the host lets it.
            }
        }
    }

    private void goOn() {
        if (running) {
            publishExtract();
            scheduleStep(core.rules.instructionNs);
        }
    }

    private void returnFromFinishedBuffers() {
        while (!core.inRing() && core.ip == core.end) {
            core.popFrame();
            publishExtract();
        }
    }

    private void publishExtract() {
        if (core.inRing() && core.ip > extract) {
            extract = core.ip;
            ring.publishExtract(extract);
            simulation.emit(track, reporter.step(CsStep.EXTRACT, null, extract, null));
            if (ring.wantsExtractEvents()) {
                group.extractMoved(index);
            }
        }
    }

    private void ranEmpty() {
        boolean reread = gpu.parameters().isOn(GpuParameters.REREAD_INSERT_WHEN_EMPTY);
        if (reread && ring.insert() != insertSeen) {
            doorbell();
            return;
        }
        settleLater();
    }

    /// Empty or blocked: after the hysteresis that counts as idle.
    private void settleLater() {
        settleTimer =
                simulation.schedule(
                        gpu.firmwareActor(),
                        gpu.parameters().get(GpuParameters.IDLE_HYSTERESIS_NS),
                        Simulation.HARDWARE,
                        this::settle);
    }

    private void settle() {
        settled = true;
        if (!blocked) {
            reporter.follow(CsStep.EMPTY, null, null, null);
            setActive(false);
        }
        group.updateIdle();
    }

    private void unsettle() {
        cancel(settleTimer);
        settled = false;
        group.updateIdle();
    }

    private boolean isOverfull() {
        // ASSUMPTION: cs.insert_range: an INSERT behind EXTRACT or more than a ring ahead is a
        // setup error.
        long fill = insertSeen - extract;
        return fill < 0 || fill > ring.size();
    }

    private void halt(CsStep how) {
        cancelAll();
        if (!running) {
            return;
        }
        setActive(false);
        running = false;
        blocked = false;
        stalled = false;
        core.wait.clear();
        reporter.follow(how, null, null, null);
    }

    private void setActive(boolean value) {
        if (active != value) {
            publishActive(value);
        }
    }

    private void publishActive(boolean value) {
        active = value;
        ring.publishActive(value);
        reporter.follow(CsStep.ACTIVE, null, null, value);
    }

    private long currentPc() {
        return core.inRing() ? ring.address(core.ip) : core.ip;
    }

    private void cancelAll() {
        cancel(startTimer);
        cancel(stepTimer);
        cancel(settleTimer);
        settled = false;
        awaitsUnlock = false;
    }

    private long timeLeft(Simulation.@Nullable Timer timer) {
        return timer != null && timer.isPending() ? timer.timeNs() - simulation.nowNs() : 0;
    }

    private static void cancel(Simulation.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
