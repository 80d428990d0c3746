package org.panscope.core.fw;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Access;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Isa;

/// The state of a stream that instructions read and write: registers, call stack, scoreboard, error
/// state, and why it blocks. It knows nothing of rings and interfaces.
///
/// Mesa: src/panfrost/genxml/decode_csf.c: struct queue_ctx
final class StreamCore {
    final StreamEnvironment environment;
    final Isa isa = Isa.v10();
    final Scoreboard scoreboard = new Scoreboard(isa.scoreboardSlots());
    final CallStack calls;
    final Wait wait = new Wait();
    private final int[] registers = new int[isa.registerCount()];

    /// Address of the current instruction; in the ring, its free-running offset.
    long ip;

    /// First address of the current buffer. In the ring: the oldest offset still in it.
    long start;

    /// End of the current buffer. In the ring: INSERT as last fetched.
    long end;

    int endpointSlot;
    int otherSlot;
    int errorState;
    int resources;
    long heapVa;
    long progress;

    StreamCore(StreamEnvironment environment) {
        this.environment = environment;
        calls = new CallStack(environment.parameters().getInt(GpuParameters.CALL_DEPTH));
    }

    /// Why the stream blocks, in the terms of CS_STATUS_WAIT.
    static final class Wait {
        int reason;
        int slotMask;
        long va;
        long reference;
        boolean greater;
        boolean is64;

        void clear() {
            reason = FwBits.BLOCKED_REASON_UNBLOCKED;
            slotMask = 0;
            va = 0;
            reference = 0;
            greater = false;
            is64 = false;
        }

        /// CS_STATUS_WAIT.
        int statusWord() {
            return switch (reason) {
                case FwBits.BLOCKED_REASON_SB_WAIT -> FwBits.STATUS_WAIT_SB_SRC_WAIT | slotMask;
                case FwBits.BLOCKED_REASON_PROGRESS_WAIT -> FwBits.STATUS_WAIT_PROGRESS;
                case FwBits.BLOCKED_REASON_SYNC_WAIT ->
                        FwBits.STATUS_WAIT_SYNC
                                | (greater ? FwBits.STATUS_WAIT_SYNC_COND_GT : 0)
                                | (is64 ? FwBits.STATUS_WAIT_SYNC_64B : 0);
                default -> 0;
            };
        }
    }

    /// Power-on state: everything zero.
    void reset() {
        java.util.Arrays.fill(registers, 0);
        scoreboard.clear();
        calls.clear();
        wait.clear();
        ip = 0;
        start = 0;
        end = 0;
        endpointSlot = 0;
        otherSlot = 0;
        errorState = 0;
        resources = 0;
        heapVa = 0;
        progress = 0;
    }

    boolean inRing() {
        return calls.depth() == 0;
    }

    /// Returns to the caller.
    void popFrame() {
        calls.pop();
        int level = calls.depth();
        ip = calls.pointer(level);
        start = calls.start(level);
        end = calls.end(level);
    }

    int registerCount() {
        return registers.length;
    }

    int register(int number) {
        return registers[number];
    }

    void setRegister(int number, int value) {
        registers[number] = value;
    }

    /// A pair: `number` is the low half.
    long pair(int number) {
        return (registers[number] & 0xffff_ffffL) | ((long) registers[number + 1] << 32);
    }

    void setPair(int number, long value) {
        registers[number] = (int) value;
        registers[number + 1] = (int) (value >>> 32);
    }

    /// Blocks for a reason that needs no more than the reason.
    Outcome block(int reason) {
        wait.clear();
        wait.reason = reason;
        return Outcome.BLOCKED;
    }

    Outcome fatal(int exception, Instruction instruction) {
        environment.fatal(exception, 0, instruction.word());
        return Outcome.STOPPED;
    }

    /// Physical address of a naturally aligned word, or -1 after the fault was reported.
    long access(long va, int sizeBytes, Access access) {
        if (va % sizeBytes != 0) {
            // ASSUMPTION: a misaligned access ends the stream like one that the bus refuses.
            environment.fatal(ExceptionType.CS_BUS_FAULT, 0, va);
            return -1;
        }
        long physical = environment.translate(va, access);
        if (physical >= 0) {
            return physical;
        }
        environment.memoryFault(va, (int) -physical, access);
        return -1;
    }

    // ---- asynchronous operations --------------------------------------------------------------

    /// Issues an operation that holds a slot; it starts at once when its mask has drained.
    Outcome issue(
            Instruction instruction,
            int slot,
            int waitMask,
            long address,
            long data,
            long durationNs) {
        if (scoreboard.isFull()) {
            return block(FwBits.BLOCKED_REASON_DEFERRED);
        }
        scoreboard.add(
                new AsyncOperation(
                        scoreboard.nextNumber(),
                        slot,
                        waitMask,
                        instruction.word(),
                        address,
                        data,
                        durationNs,
                        environment.cause()));
        startReady();
        return Outcome.NEXT;
    }

    /// Issues a job; its endpoints have been acquired.
    Outcome issueJob(Instruction instruction, EndpointJob job) {
        AsyncOperation operation =
                new AsyncOperation(
                        scoreboard.nextNumber(),
                        endpointSlot,
                        0,
                        instruction.word(),
                        0,
                        0,
                        -1,
                        environment.cause());
        operation.job = job;
        scoreboard.add(operation);
        startReady();
        return Outcome.NEXT;
    }

    /// Starts whatever may start, in order of issue. An end may let earlier ones start.
    void startReady() {
        long from = 0;
        AsyncOperation ready = scoreboard.nextReady(from);
        while (ready != null) {
            from = start(ready) ? 0 : ready.number + 1;
            ready = scoreboard.nextReady(from);
        }
    }

    /// Starts an operation, unless what it needs is not there.
    private boolean start(AsyncOperation operation) {
        long cause = environment.cause();
        long durationNs = Interpreter.unitOf(operation.word).duration(this, operation);
        if (durationNs == InstructionUnit.HELD) {
            environment.setCause(cause);
            return false;
        }
        operation.started = true;
        if (durationNs == 0) {
            finish(operation);
        } else {
            operation.timer =
                    environment.after(
                            durationNs,
                            () -> {
                                finish(operation);
                                startReady();
                                environment.scoreboardChanged();
                            });
        }
        environment.setCause(cause);
        return true;
    }

    private void finish(AsyncOperation operation) {
        long cause = environment.cause();
        environment.setCause(operation.cause);
        Interpreter.unitOf(operation.word).perform(this, isa.decode(operation.word), operation);
        scoreboard.remove(operation);
        environment.setCause(cause);
    }

    /// Executes one word where the instruction pointer stands; see [Interpreter].
    Outcome execute(long word) {
        return Interpreter.execute(this, isa.decode(word));
    }
}
