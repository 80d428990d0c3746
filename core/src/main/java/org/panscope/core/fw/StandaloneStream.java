package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Access;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Runs one command stream by itself, without ring, group or other streams: what would these words
/// do? Memory is what the caller loaded, zero around it. Time passes as on the emulated GPU: an
/// instruction at a time, and while the stream waits for what it started itself. Every endpoint is
/// its own. A sync wait that does not hold then ends the run, for nobody else could satisfy it.
///
/// Mesa: src/panfrost/genxml/decode_csf.c: the interpreter of the execution listing
public final class StandaloneStream implements StreamEnvironment {
    /// Most recoverable reports that are kept.
    private static final int MOST_FAULTS = 100;

    private static final int ALL_ENDPOINTS = 0xf;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final GpuParameters parameters;
    private final StandaloneMemory memory = new StandaloneMemory();
    private final TreeMap<Long, HeapCounters> heaps = new TreeMap<>();
    private final List<Delay> delays = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final StreamCore core;
    private boolean passSyncWaits;
    private long nowNs;
    private int flushId = 1;
    private @Nullable String failure;

    /// An executed instruction.
    ///
    /// @param depth call depth, 0 in a user-mode queue's ring
    public record Executed(long address, long word, int depth) {}

    /// How a run ended.
    ///
    /// @param reason [#REACHED], or one line saying what stopped it
    /// @param registers the register file
    /// @param faults recoverable faults it reported on the way, a line each
    public record End(String reason, int[] registers, List<String> faults) {
        /// Reason of a stream that ran to its end.
        public static final String REACHED = "end";
    }

    public StandaloneStream(GpuParameters parameters) {
        this.parameters = parameters;
        core = new StreamCore(this);
    }

    public StandaloneStream() {
        this(GpuParameters.defaults());
    }

    /// Makes every access to memory that was not loaded a bus fault.
    public void setStrict(boolean strict) {
        memory.setStrict(strict);
    }

    /// Goes on behind a sync wait that does not hold, as Mesa's listing does.
    public void setPassSyncWaits(boolean pass) {
        passSyncWaits = pass;
    }

    /// Puts bytes at an address.
    ///
    /// @throws IllegalArgumentException when there are none or too many, or they overlap others
    public void load(long va, byte[] bytes) {
        memory.load(va, bytes);
    }

    /// Bytes of memory as they are now.
    public byte[] read(long va, int length) {
        return memory.read(va, length);
    }

    /// Sets a register before the run.
    ///
    /// @throws IllegalArgumentException when there is no such register
    public void setRegister(int number, int value) {
        if (number < 0 || number >= core.registerCount()) {
            throw new IllegalArgumentException(
                    "no register r" + number + ", the last one is r" + (core.registerCount() - 1));
        }
        core.setRegister(number, value);
    }

    /// The slot that loads and stores hold now.
    public int otherSlot() {
        return core.otherSlot;
    }

    /// The slots that an indirect WAIT waits for now.
    public int waitMask() {
        return core.waitMask;
    }

    /// Ends the run behind the instruction that was told last.
    public void stop() {
        fail("stopped");
    }

    /// Executes from `entry` until the end of the buffer or until something stops it.
    ///
    /// @param usermodeQueue whether the buffer is a ring (call depth 0), where JUMP is refused;
    ///   else it counts as called from one
    /// @param limit most instructions to execute
    public End run(
            long entry,
            long sizeBytes,
            boolean usermodeQueue,
            long limit,
            Consumer<Executed> listener) {
        if (!usermodeQueue) {
            core.calls.push(0, 0, 0);
        }
        int bottom = core.calls.depth();
        core.resources = ALL_ENDPOINTS;
        core.ip = entry;
        core.start = entry;
        core.end = entry + sizeBytes;
        for (long left = limit; ; left--) {
            while (core.ip == core.end && core.calls.depth() > bottom) {
                core.popFrame();
            }
            if (core.ip == core.end) {
                return end(drained());
            }
            if (left == 0) {
                return end("limit of " + limit + " instructions reached");
            }
            long physical = core.access(core.ip, 8, Access.EXECUTE);
            if (physical < 0) {
                return end(stopped());
            }
            long word = memory.frames().read64(physical);
            listener.accept(new Executed(core.ip, word, core.calls.depth()));
            Outcome outcome = settle(word);
            if (outcome == Outcome.BLOCKED) {
                return end(blocked());
            } else if (outcome == Outcome.STOPPED || failure != null) {
                return end(stopped());
            } else if (outcome == Outcome.NEXT) {
                core.ip += 8;
            }
        }
    }

    /// Executes a word, letting time pass while it waits for what the stream started itself.
    private Outcome settle(long word) {
        nowNs += core.rules.instructionNs;
        runDue();
        Outcome outcome = core.execute(word);
        while (outcome == Outcome.BLOCKED && failure == null && passTime()) {
            outcome = core.execute(word);
        }
        boolean passed =
                outcome == Outcome.BLOCKED
                        && passSyncWaits
                        && core.wait.reason == FwBits.BLOCKED_REASON_SYNC_WAIT;
        return passed ? Outcome.NEXT : outcome;
    }

    private void runDue() {
        Delay next = nextDelay();
        while (next != null && next.timeNs() <= nowNs) {
            fire(next);
            next = nextDelay();
        }
    }

    /// Jumps to the next thing that will happen, if any.
    private boolean passTime() {
        Delay next = nextDelay();
        if (next == null) {
            return false;
        }
        nowNs = Math.max(nowNs, next.timeNs());
        fire(next);
        return true;
    }

    /// What happens first; of two at the same time, what was asked for first.
    private @Nullable Delay nextDelay() {
        Delay first = null;
        for (Delay delay : delays) {
            if (delay.pending && (first == null || delay.timeNs < first.timeNs)) {
                first = delay;
            }
        }
        return first;
    }

    private void fire(Delay delay) {
        delays.remove(delay);
        delay.pending = false;
        delay.action.run();
    }

    private String drained() {
        while (failure == null && passTime()) {
            core.startReady();
        }
        if (failure != null) {
            return failure;
        }
        return core.scoreboard.busyMask() == 0 ? End.REACHED : neverDone();
    }

    private String stopped() {
        return failure == null ? "stopped" : failure;
    }

    private String blocked() {
        if (failure != null) {
            return failure;
        }
        String at = String.format(Locale.ROOT, " at 0x%x", core.ip);
        if (core.wait.protectedMode) {
            return "blocked: nobody enters protected mode" + at;
        }
        return switch (core.wait.reason) {
            case FwBits.BLOCKED_REASON_SYNC_WAIT ->
                    String.format(
                            Locale.ROOT,
                            "blocked: sync object at 0x%x is not %s %s",
                            core.wait.va,
                            core.wait.greater ? ">" : "<=",
                            Long.toUnsignedString(core.wait.reference));
            case FwBits.BLOCKED_REASON_SB_WAIT -> neverDone() + at;
            case FwBits.BLOCKED_REASON_PROGRESS_WAIT ->
                    "blocked: nobody advances the progress counter" + at;
            case FwBits.BLOCKED_REASON_RESOURCE ->
                    "blocked: the job's endpoints were not requested with REQ_RESOURCE" + at;
            default -> "blocked: reason " + core.wait.reason + at;
        };
    }

    private String neverDone() {
        for (AsyncOperation operation : core.scoreboard.pending()) {
            if ((operation.waitMask >> operation.slot & 1) != 0) {
                return "blocked: an operation in slot "
                        + operation.slot
                        + " waits for its own slot and never starts";
            }
        }
        return String.format(
                Locale.ROOT,
                "blocked: slots 0x%x have operations that never end",
                core.scoreboard.busyMask());
    }

    private End end(String reason) {
        int[] registers = new int[core.registerCount()];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = core.register(i);
        }
        return new End(reason, registers, List.copyOf(faults));
    }

    // ---- the machine around the stream --------------------------------------------------------

    @Override
    public GpuParameters parameters() {
        return parameters;
    }

    @Override
    public PhysicalMemory memory() {
        return memory.frames();
    }

    @Override
    public long timestamp() {
        return ticks(GpuParameters.TIMESTAMP_HZ);
    }

    @Override
    public long cycleCount() {
        return ticks(GpuParameters.CORE_CLOCK_HZ);
    }

    private long ticks(String rate) {
        long hz = parameters.get(rate);
        return nowNs / NS_PER_SECOND * hz + nowNs % NS_PER_SECOND * hz / NS_PER_SECOND;
    }

    @Override
    public int latestFlushId() {
        return flushId;
    }

    @Override
    public long translate(long va, int sizeBytes, Access access) {
        return memory.translate(va, sizeBytes, access);
    }

    @Override
    public void memoryFault(long va, int exception, Access access) {
        String what =
                memory.isExhausted()
                        ? "no memory is left (a run has "
                                + (StandaloneMemory.MOST_BYTES >> 20)
                                + " MiB) for the "
                        : ExceptionType.describe(exception) + ": ";
        fail(
                what
                        + (access == Access.EXECUTE ? "fetch" : access.name())
                                .toLowerCase(Locale.ROOT)
                        + String.format(Locale.ROOT, " of 0x%x", va)
                        + (memory.isExhausted() ? "" : ", where no memory was given"));
    }

    @Override
    public void fault(int exception, int data, long info) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(report(exception, info) + at());
        }
    }

    @Override
    public void fatal(int exception, int data, long info) {
        fail(report(exception, info));
    }

    private static String report(int exception, long info) {
        return ExceptionType.describe(exception) + String.format(Locale.ROOT, ", info 0x%x", info);
    }

    @Override
    public Simulation.Timer after(long delayNs, Runnable action) {
        Delay delay = new Delay(nowNs + delayNs, action);
        delays.add(delay);
        return delay;
    }

    @Override
    public void stored(long physicalAddress, byte[] data) {
        // Nobody watches.
    }

    @Override
    public void syncStored(SyncStore store) {
        // Nobody else waits.
    }

    @Override
    public void syncEvaluated(
            long va, long value, long reference, boolean greater, boolean satisfied) {
        // The outcome says enough.
    }

    @Override
    public void flushPerformed() {
        flushId++;
    }

    @Override
    public long progressOf(int queue) {
        return queue == 0 ? core.progress : 0;
    }

    @Override
    public void progressChanged() {
        // No other stream waits.
    }

    @Override
    public HeapCounters heap(long contextVa) {
        return heaps.computeIfAbsent(contextVa, va -> new HeapCounters());
    }

    @Override
    public void changeSharedSlot(int entry, int change) {
        // No other stream looks at it.
    }

    @Override
    public void scoreboardChanged() {
        // The run loop tries again by itself.
    }

    @Override
    public long cause() {
        return -1;
    }

    @Override
    public void setCause(long seq) {
        // There are no events.
    }

    private void fail(String what) {
        if (failure == null) {
            failure = what + at();
        }
    }

    private String at() {
        return String.format(Locale.ROOT, ", at 0x%x", core.ip);
    }

    /// Something that will happen when time passes.
    private final class Delay implements Simulation.Timer {
        private final long timeNs;
        private final Runnable action;
        private boolean pending = true;

        Delay(long timeNs, Runnable action) {
            this.timeNs = timeNs;
            this.action = action;
        }

        @Override
        public void cancel() {
            pending = false;
            delays.remove(this);
        }

        @Override
        public boolean isPending() {
            return pending;
        }

        @Override
        public long timeNs() {
            return timeNs;
        }
    }
}
