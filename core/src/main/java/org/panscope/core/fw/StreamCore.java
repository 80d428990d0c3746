package org.panscope.core.fw;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Access;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Isa;

import java.util.Arrays;

/// The state of a stream that instructions read and write: registers, call stack, scoreboard, error
/// state, and why it blocks. It knows nothing of rings and interfaces.
///
/// Mesa: src/panfrost/genxml/decode_csf.c: struct queue_ctx
final class StreamCore {
    final StreamEnvironment environment;
    final CsRules rules;
    final Isa isa;
    final Scoreboard scoreboard;
    final CallStack calls;
    final Wait wait = new Wait();
    private final Interpreter interpreter;
    private final int[] registers;
    private boolean accessFaulted;

    /// Address of the current instruction; in the ring, its free-running offset.
    long ip;

    /// First address of the current buffer. In the ring: the oldest offset still in it.
    long start;

    /// End of the current buffer. In the ring: INSERT as last fetched.
    long end;

    /// Slot of jobs.
    int endpointSlot;

    /// Slot of loads and stores.
    int otherSlot;

    /// Slot of operations in indirect defer mode (v11 on).
    int deferredSlot;

    /// Slots that NEXT_SB_ENTRY hands out (v11 on).
    int streamMask;

    /// Slots that indirect waits wait for (v11 on).
    int waitMask;

    /// Exception type that set the error state, 0 outside of it.
    int errorState;

    /// Tiler out-of-memory handler; no length means none.
    long handlerVa;

    int handlerBytes;

    /// Whether the handler runs now.
    boolean inHandler;

    int resources;
    long heapVa;
    long progress;

    StreamCore(StreamEnvironment environment) {
        this.environment = environment;
        rules = new CsRules(environment.parameters());
        isa = rules.isa;
        interpreter = Interpreter.of(isa);
        scoreboard = new Scoreboard(isa.scoreboardSlots(), rules);
        registers = new int[isa.registerCount()];
        calls = new CallStack(rules.callLevels);
        reset();
    }

    /// Why the stream blocks, in the terms of CS_STATUS_WAIT.
    static final class Wait {
        int reason;
        int slotMask;
        long va;
        long reference;
        boolean greater;
        boolean is64;
        boolean protectedMode;

        void clear() {
            reason = FwBits.BLOCKED_REASON_UNBLOCKED;
            slotMask = 0;
            va = 0;
            reference = 0;
            greater = false;
            is64 = false;
            protectedMode = false;
        }

        /// CS_STATUS_WAIT.
        int statusWord() {
            if (protectedMode) {
                return FwBits.STATUS_WAIT_PROTM;
            }
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
        Arrays.fill(registers, 0);
        scoreboard.clear();
        calls.clear();
        wait.clear();
        ip = 0;
        start = 0;
        end = 0;
        // ASSUMPTION: cs.initial_endpoint_slot, cs.initial_other_slot.
        endpointSlot = rules.initialEndpointSlot;
        otherSlot = rules.initialOtherSlot;
        deferredSlot = 0;
        streamMask = 0;
        waitMask = 0;
        errorState = 0;
        handlerVa = 0;
        handlerBytes = 0;
        inHandler = false;
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

    Outcome blockOnSlots(int mask) {
        Outcome blocked = block(FwBits.BLOCKED_REASON_SB_WAIT);
        wait.slotMask = mask;
        return blocked;
    }

    Outcome blockOnSync(long va, long reference, boolean greater, boolean is64) {
        Outcome blocked = block(FwBits.BLOCKED_REASON_SYNC_WAIT);
        wait.va = va;
        wait.reference = reference;
        wait.greater = greater;
        wait.is64 = is64;
        return blocked;
    }

    Outcome blockOnProtectedMode() {
        Outcome blocked = block(FwBits.BLOCKED_REASON_UNBLOCKED);
        wait.protectedMode = true;
        return blocked;
    }

    Outcome fatal(int exception, Instruction instruction) {
        environment.fatal(exception, 0, instruction.word());
        return Outcome.STOPPED;
    }

    /// Ends the stream: the instruction or one of its operands does not exist.
    Outcome invalid(Instruction instruction) {
        return fatal(ExceptionType.CS_INSTR_INVALID, instruction);
    }

    /// An operand has a code without a meaning (ASSUMPTION: cs.reserved_code).
    Outcome reserved(Instruction instruction) {
        return rules.ignoresReservedCodes ? Outcome.NEXT : invalid(instruction);
    }

    /// Adds one to the own progress counter.
    void incrementProgress() {
        progress++;
        environment.progressChanged();
    }

    /// One bit for each slot that exists.
    int slotsMask() {
        return (1 << scoreboard.slots()) - 1;
    }

    /// The address an access is made at: rounded down where misaligned accesses are.
    long align(long va, int sizeBytes) {
        return rules.roundsMisaligned ? va & -sizeBytes : va;
    }

    /// Physical address of a naturally aligned word, or -1 after the fault was reported.
    long access(long va, int sizeBytes, Access access) {
        if ((va & sizeBytes - 1) != 0) {
            // ASSUMPTION: cs.misaligned_access.
            environment.fatal(ExceptionType.CS_BUS_FAULT, 0, va);
            accessFaulted = true;
            return -1;
        }
        long physical = environment.translate(va, sizeBytes, access);
        if (physical >= 0) {
            return physical;
        }
        accessFaulted = true;
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
        if (slot >= scoreboard.slots()) {
            return invalid(instruction);
        }
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
        long durationNs = interpreter.unitOf(operation.word).duration(this, operation);
        if (durationNs == InstructionUnit.HELD) {
            environment.setCause(cause);
            return false;
        }
        scoreboard.started(operation);
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
        accessFaulted = false;
        interpreter.unitOf(operation.word).perform(this, isa.decode(operation.word), operation);
        if (accessFaulted) {
            operation.faulted = true;
            scoreboard.unstarted(operation);
        } else {
            scoreboard.remove(operation);
        }
        environment.setCause(cause);
    }

    /// The host has changed the address space: operations that met a fault start again.
    void retryFaulted() {
        for (AsyncOperation operation : scoreboard.pending()) {
            operation.faulted = false;
        }
        startReady();
    }

    /// Executes one word where the instruction pointer stands; see [Interpreter].
    Outcome execute(long word) {
        return interpreter.execute(this, isa.decode(word));
    }
}
