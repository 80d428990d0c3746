package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Access;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.mem.BufferObject;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Runs one command stream by itself, without ring, group or other streams: what would these words
/// do? Memory is what the caller loaded; jobs and flushes take no real time; a sync wait that does
/// not hold ends the run, for nobody could satisfy it.
///
/// Mesa: src/panfrost/genxml/decode_csf.c: the interpreter of the execution listing
public final class StandaloneStream implements StreamEnvironment {
    private final GpuParameters parameters = GpuParameters.defaults();
    private final PhysicalMemory memory = new PhysicalMemory();
    private final TreeMap<Long, Region> regions = new TreeMap<>();
    private final TreeMap<Long, HeapCounters> heaps = new TreeMap<>();
    private final List<Delay> delays = new ArrayList<>();
    private final StreamCore core = new StreamCore(this);
    private long nowNs;
    private int flushId = 1;
    private @Nullable String failure;

    /// An executed instruction.
    ///
    /// @param depth call depth, 0 in a user-mode queue's ring
    public record Executed(long address, long word, int depth) {}

    /// How a run ended.
    ///
    /// @param reason `end`, or one line saying what stopped it
    /// @param registers the register file
    public record End(String reason, int[] registers) {}

    private record Region(long va, int length, BufferObject bytes) {}

    /// Puts bytes at an address. Later regions must not overlap earlier ones.
    ///
    /// @throws IllegalArgumentException when they do, or there are no bytes
    public void load(long va, byte[] bytes) {
        Map.Entry<Long, Region> before = regions.lowerEntry(va + bytes.length);
        boolean overlaps = before != null && before.getKey() + before.getValue().length() > va;
        if (bytes.length == 0 || overlaps) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "memory at 0x%x is empty or overlaps", va));
        }
        long lead = va % PhysicalMemory.FRAME_BYTES;
        BufferObject bo = new BufferObject(regions.size(), "memory", memory, lead + bytes.length);
        bo.write(lead, bytes);
        regions.put(va, new Region(va, bytes.length, bo));
    }

    /// Sets a register before the run.
    ///
    /// @throws IllegalArgumentException when there is no such register
    public void setRegister(int number, int value) {
        if (number < 0 || number >= core.registerCount()) {
            throw new IllegalArgumentException("no register r" + number);
        }
        core.setRegister(number, value);
    }

    /// Executes from `entry` until the end of the buffer or until something stops it.
    ///
    /// @param usermodeQueue whether the buffer is a ring, where JUMP is refused
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
        core.resources = 0xf;
        core.ip = entry;
        core.start = entry;
        core.end = entry + sizeBytes;
        for (long left = limit; left > 0; left--) {
            while (core.ip == core.end && core.calls.depth() > bottom) {
                core.popFrame();
            }
            if (core.ip == core.end) {
                drain();
                return end(failure == null ? "end" : failure);
            }
            long physical = core.access(core.ip, 8, Access.READ);
            if (physical < 0) {
                return end(stopped());
            }
            long word = memory.read64(physical);
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
        return end("limit of " + limit + " instructions reached");
    }

    /// Executes a word, letting time pass while it waits for the scoreboard.
    private Outcome settle(long word) {
        Outcome outcome = core.execute(word);
        while (outcome == Outcome.BLOCKED && passTime()) {
            outcome = core.execute(word);
        }
        return outcome;
    }

    private boolean passTime() {
        Delay next = delays.stream().min(Comparator.comparingLong(Delay::timeNs)).orElse(null);
        if (next == null) {
            return false;
        }
        delays.remove(next);
        nowNs = Math.max(nowNs, next.timeNs());
        next.action.run();
        return true;
    }

    private void drain() {
        while (failure == null && passTime()) {
            core.startReady();
        }
    }

    private String stopped() {
        return failure == null ? "stopped" : failure;
    }

    private String blocked() {
        return core.wait.reason == FwBits.BLOCKED_REASON_SYNC_WAIT
                ? String.format(
                        Locale.ROOT,
                        "blocked: sync object at 0x%x is not %s %s",
                        core.wait.va,
                        core.wait.greater ? ">" : "<=",
                        Long.toUnsignedString(core.wait.reference))
                : String.format(
                        Locale.ROOT,
                        "blocked for ever: reason %d at 0x%x",
                        core.wait.reason,
                        core.ip);
    }

    private End end(String reason) {
        int[] registers = new int[core.registerCount()];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = core.register(i);
        }
        return new End(reason, registers);
    }

    // ---- the machine around the stream --------------------------------------------------------

    @Override
    public GpuParameters parameters() {
        return parameters;
    }

    @Override
    public PhysicalMemory memory() {
        return memory;
    }

    @Override
    public long timestamp() {
        return nowNs * 24 / 1000;
    }

    @Override
    public long cycleCount() {
        return nowNs;
    }

    @Override
    public int latestFlushId() {
        return flushId;
    }

    @Override
    public long translate(long va, Access access) {
        Map.Entry<Long, Region> entry = regions.floorEntry(va);
        if (entry == null || va - entry.getKey() >= entry.getValue().length()) {
            return -ExceptionType.CS_BUS_FAULT;
        }
        Region region = entry.getValue();
        long lead = region.va() % PhysicalMemory.FRAME_BYTES;
        return region.bytes().physicalAddress(lead + va - region.va());
    }

    @Override
    public void memoryFault(long va, int exception, Access access) {
        fail(
                access.name().toLowerCase(Locale.ROOT)
                        + " of unmapped address 0x"
                        + Long.toHexString(va));
    }

    @Override
    public void fault(int exception, int data, long info) {
        // The stream goes on in error state, as it would on the hardware.
    }

    @Override
    public void fatal(int exception, int data, long info) {
        fail(
                "fatal exception 0x"
                        + Integer.toHexString(exception)
                        + ", info 0x"
                        + Long.toHexString(info));
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
        return core.progress;
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
            failure = what + " at 0x" + Long.toHexString(core.ip);
        }
    }

    /// Something that will happen when time passes.
    private static final class Delay implements Simulation.Timer {
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
