package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Access;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.CsStep;

/// Fetches words of a ring and of the buffers it calls, executes them one after the other in
/// virtual time, and publishes EXTRACT.
///
/// ```
/// fetch -> execute -> next, jumped: fetch again after an instruction's time
///                  -> blocked:      until #retry finds the wait over
///                  -> stopped:      a report was made; the host has the next word
/// ring empty: until #doorbell sees INSERT move
/// ```
///
/// Simplified: words are fetched one by one, not in 64-byte lines.
///
/// kernel: panthor_fw.h: panthor_fw_ringbuf_input_iface, panthor_fw_ringbuf_output_iface
final class ExecutionLoop {
    private final Gpu gpu;
    private final Simulation simulation;
    private final GroupInterface group;
    private final int index;
    private final int track;
    private final StreamCore core;
    private final CsReporter reporter;
    private final RingInterface ring;
    private final StreamIdleness idleness;
    private final HandlerCall handler;

    private boolean running;
    private boolean blocked;
    private boolean stalled;
    private boolean awaitsUnlock;

    /// Whether the current instruction was issued and has not completed.
    private boolean issued;

    /// Whether the next instruction was told of before and is tried again.
    private boolean reissue;

    private long currentWord;
    private long insertSeen;
    private long extract;
    private long pc;
    private long fetchSeq = -1;
    private Simulation.@Nullable Timer stepTimer;

    ExecutionLoop(Gpu gpu, GroupInterface group, CommandStream stream, RingInterface ring) {
        this.gpu = gpu;
        this.simulation = gpu.simulation();
        this.group = group;
        this.ring = ring;
        index = stream.index();
        track = stream.track();
        core = stream.core();
        reporter = stream.reporter();
        idleness = new StreamIdleness(gpu, group, this, core, ring, reporter);
        handler = new HandlerCall(group, core, this);
    }

    // ---- what it is doing now -----------------------------------------------------------------

    boolean isRunning() {
        return running;
    }

    boolean isBlocked() {
        return blocked;
    }

    /// Whether a memory fault keeps it until the host has changed the address space.
    boolean isStalled() {
        return stalled;
    }

    /// Whether it waits for a locked region to be opened again.
    boolean awaitsUnlock() {
        return awaitsUnlock;
    }

    long insertSeen() {
        return insertSeen;
    }

    long extract() {
        return extract;
    }

    long pc() {
        return pc;
    }

    StreamIdleness idleness() {
        return idleness;
    }

    HandlerCall handler() {
        return handler;
    }

    /// Where it stands, to resume from there.
    ///
    /// @param outOfMemory whether jobs wait for tiler memory
    SuspendBuffer.Position position(boolean outOfMemory) {
        return new SuspendBuffer.Position(
                extract, pc, issued, timeLeft(), outOfMemory, handler.save());
    }

    // ---- from outside -------------------------------------------------------------------------

    /// Begins where the ring says, or where a suspended stream stood.
    ///
    /// @return whether it runs; if not, it has reported why
    boolean begin(SuspendBuffer.@Nullable Position position) {
        extract = position == null ? core.ip : position.extract();
        ring.publishExtract(extract);
        insertSeen = ring.insert();
        running = true;
        blocked = false;
        stalled = false;
        idleness.cancel();
        reissue = position != null && position.issued();
        issued = reissue;
        handler.restore(position == null ? HandlerCall.Saved.NONE : position.handler());
        pc = position == null ? currentPc() : position.pc();
        fetchSeq =
                reporter.follow(
                        position == null ? CsStep.START : CsStep.RESUME, insertSeen, extract, null);
        idleness.publishActive(true);
        if (isOverfull()) {
            reporter.fatal(ExceptionType.CS_CONFIG_FAULT, 0, insertSeen);
            return false;
        }
        if (insertSeen != extract) {
            fetchSeq = reporter.follow(CsStep.FETCH, insertSeen, null, null);
        }
        return true;
    }

    /// Ends, and tells how.
    void halt(CsStep how) {
        if (running) {
            idleness.setActive(false);
            stalled = false;
            drop(how);
        }
    }

    /// Ends without a word to the host.
    void drop(CsStep how) {
        if (running) {
            running = false;
            blocked = false;
            core.wait.clear();
            reporter.follow(how, null, null, null);
        }
    }

    /// Forgets what it was about to do.
    void cancel() {
        if (stepTimer != null) {
            stepTimer.cancel();
        }
        idleness.cancel();
        awaitsUnlock = false;
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
        if (!blocked && !stalled && !isStepPending()) {
            idleness.unsettle();
            idleness.setActive(true);
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
        unblock();
        idleness.unsettle();
        finish(outcome);
    }

    /// A memory fault was reported: nothing more until the host has reacted.
    void stall() {
        stalled = true;
    }

    /// The address space the group uses was changed by the host.
    void addressSpaceUpdated(boolean enabled) {
        if (!running || !stalled) {
            return;
        }
        stalled = false;
        if (!enabled) {
            reporter.fatal(ExceptionType.CS_BUS_FAULT, 0, pc);
            return;
        }
        core.retryFaulted();
        if (blocked) {
            scoreboardChanged();
        } else {
            reissue = issued;
            scheduleStep(0);
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
        } else if (running && !stalled && !isStepPending()) {
            scheduleStep(0);
        }
    }

    /// A scoreboard slot drained, or a job ended.
    void scoreboardChanged() {
        group.progress();
        int reason = core.wait.reason;
        if (blocked
                && (reason == FwBits.BLOCKED_REASON_SB_WAIT
                        || reason == FwBits.BLOCKED_REASON_DEFERRED
                        || (reason == FwBits.BLOCKED_REASON_RESOURCE && core.errorState != 0))) {
            retry();
        }
        group.updateIdle();
        group.jobEnded();
    }

    /// Leaves the current instruction for other code, which [StreamCore#ip] points to now.
    ///
    /// @return whether the instruction was issued, to hand to [#returnTo]
    boolean interrupt() {
        boolean again = reissue || blocked;
        reissue = false;
        issued = false;
        if (blocked) {
            unblock();
        }
        idleness.unsettle();
        idleness.setActive(true);
        if (!isStepPending()) {
            scheduleStep(core.rules.instructionNs);
        }
        return again;
    }

    /// The code that [#interrupt] made way for has ended.
    void returnTo(boolean again) {
        reissue = again;
        issued = again;
    }

    // ---- execution ----------------------------------------------------------------------------

    void scheduleStep(long delayNs) {
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
                idleness.settleLater();
                group.streamBlocked();
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
            if (core.calls.leftHandler()) {
                handler.leave();
            }
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
        idleness.settleLater();
    }

    private void unblock() {
        blocked = false;
        core.wait.clear();
        reporter.follow(CsStep.UNBLOCK, null, null, null);
    }

    private boolean isOverfull() {
        // ASSUMPTION: cs.insert_range: an INSERT behind EXTRACT or more than a ring ahead is a
        // setup error.
        long fill = insertSeen - extract;
        return fill < 0 || fill > ring.size();
    }

    private long currentPc() {
        return core.inRing() ? ring.address(core.ip) : core.ip;
    }

    private boolean isStepPending() {
        return stepTimer != null && stepTimer.isPending();
    }

    private long timeLeft() {
        return stepTimer != null && stepTimer.isPending()
                ? stepTimer.timeNs() - simulation.nowNs()
                : 0;
    }
}
