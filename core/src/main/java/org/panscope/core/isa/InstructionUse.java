package org.panscope.core.isa;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/// What an instruction uses and does, as far as its word tells: registers, scoreboard, memory,
/// endpoints. Register numbers are those of the word, also where the hardware has no such register.
/// An undefined opcode uses nothing that is known.
///
/// Mesa: src/panfrost/genxml/cs_builder.h, decode_csf.c; src/panfrost/vulkan/csf
///
/// @param instruction the decoded word
/// @param reads registers it always reads, at issue
/// @param mayRead registers it reads only under conditions that lie in registers or memory, such as
///   the primitive flags of a draw
/// @param writes registers it writes
/// @param scoreboard slots it waits for and holds
/// @param memory memory it accesses, or null
/// @param requestedResources REQ_RESOURCE: the endpoints that replace those requested before
/// @param neededResources endpoints that must be requested for it
/// @param flow where execution goes on
/// @param blocking what the stream may stand still for, at this instruction
public record InstructionUse(
        Instruction instruction,
        List<RegisterRange> reads,
        List<RegisterRange> mayRead,
        List<RegisterRange> writes,
        ScoreboardUse scoreboard,
        @Nullable MemoryOperand memory,
        OptionalInt requestedResources,
        int neededResources,
        Flow flow,
        Blocking blocking) {
    /// Endpoints, as the bits of REQ_RESOURCE.
    public static final int COMPUTE = 1;

    public static final int FRAGMENT = 1 << 1;
    public static final int TILER = 1 << 2;
    public static final int IDVS = 1 << 3;

    /// v11 on.
    public static final int RAY_TRACING = 1 << 4;

    static final int ALWAYS = IsaV10.CONDITIONS.indexOf("always");

    /// Where execution goes on.
    public enum Flow {
        /// At the next word.
        NEXT,
        /// At the next word or a number of words from it.
        BRANCH,
        /// In another buffer, later at the next word.
        CALL,
        /// In another buffer.
        JUMP,
        /// Nowhere: the word is no instruction.
        INVALID
    }

    /// What a stream may stand still for.
    public enum Blocking {
        NONE,
        /// Scoreboard slots.
        SCOREBOARD,
        /// A sync object.
        SYNC_OBJECT,
        /// The progress counter of a queue.
        PROGRESS,
        /// Endpoints that were requested.
        RESOURCE,
        /// Entry into protected mode.
        PROTECTED_MODE
    }

    /// When the work of an instruction is done.
    public enum Timing {
        /// Before the next one issues.
        SYNCHRONOUS,
        /// Some time after it issued.
        ASYNCHRONOUS,
        /// Some time after the slots of its wait mask have drained.
        DEFERRED
    }

    public InstructionUse {
        reads = List.copyOf(reads);
        mayRead = List.copyOf(mayRead);
        writes = List.copyOf(writes);
    }

    /// What a word uses in an architecture.
    public static InstructionUse of(Isa isa, long word) {
        Instruction instruction = isa.decode(word);
        InstructionForm form = instruction.form();
        StagingRegisters staging = new StagingRegisters(isa, instruction);
        BitSet writes = new BitSet();
        if (form != null) {
            operands(instruction, form, staging.reads(), writes);
            staging.add();
        }
        staging.mayRead().andNot(staging.reads());
        int opcode = form == null ? -1 : instruction.opcode();
        return new InstructionUse(
                instruction,
                RegisterRange.of(staging.reads()),
                RegisterRange.of(staging.mayRead()),
                RegisterRange.of(writes),
                form == null ? ScoreboardUse.NONE : ScoreboardUse.of(instruction),
                form == null ? null : MemoryOperand.of(instruction),
                requested(instruction),
                resources(opcode),
                flow(opcode),
                blocking(opcode));
    }

    /// Bits of the word that belong to no field.
    public long reservedBits() {
        return instruction.reservedBits();
    }

    public Timing timing() {
        if (scoreboard.signal() == ScoreboardUse.Signal.NONE) {
            boolean waitsFirst =
                    instruction.isDefined()
                            && instruction.opcode() == Opcodes.SHARED_SB_INC
                            && scoreboard.waitMask().orElse(1) != 0;
            return waitsFirst ? Timing.DEFERRED : Timing.SYNCHRONOUS;
        }
        return scoreboard.waitMask().orElse(1) == 0 ? Timing.ASYNCHRONOUS : Timing.DEFERRED;
    }

    /// Whether every register it names is below a count.
    public boolean fitsRegisterFile(int registerCount) {
        return List.of(reads, mayRead, writes).stream()
                .flatMap(List::stream)
                .allMatch(range -> range.last() < registerCount);
    }

    /// The operands that name a pair by an odd register, which no driver does.
    public List<OperandValue> oddPairs() {
        return instruction.operands().stream()
                .filter(operand -> operand.field().type() == OperandField.Type.REGISTER_PAIR)
                .filter(operand -> (operand.value() & 1) != 0)
                .toList();
    }

    /// Whether an opcode starts work on endpoints: it then holds the endpoint slot.
    static boolean isJob(int opcode) {
        return resources(opcode) != 0;
    }

    private static void operands(
            Instruction instruction, InstructionForm form, BitSet reads, BitSet writes) {
        for (OperandField field : form.fields()) {
            if (!field.type().isRegister()) {
                continue;
            }
            int first = (int) field.get(instruction.word());
            int count = field.type() == OperandField.Type.REGISTER_PAIR ? 2 : 1;
            switch (field.name()) {
                case "destination" -> writes.set(first, first + count);
                case "base" -> run(instruction, first, reads, writes);
                default -> {
                    if (matters(instruction, field.name())) {
                        reads.set(first, first + count);
                    }
                }
            }
        }
    }

    /// The registers that begin at a base.
    private static void run(Instruction instruction, int base, BitSet reads, BitSet writes) {
        switch (instruction.opcode()) {
            case Opcodes.LOAD_MULTIPLE -> masked(instruction, base, writes);
            case Opcodes.STORE_MULTIPLE -> masked(instruction, base, reads);
            default -> reads.set(base, base + instruction.getInt("count"));
        }
    }

    private static void masked(Instruction instruction, int base, BitSet registers) {
        for (int left = instruction.getInt("mask"); left != 0; left &= left - 1) {
            registers.set(base + Integer.numberOfTrailingZeros(left));
        }
    }

    /// Whether an operand changes what the instruction does.
    private static boolean matters(Instruction instruction, String field) {
        return switch (instruction.opcode()) {
            case Opcodes.BRANCH -> instruction.getInt("condition") != ALWAYS;
            case Opcodes.LOGIC_OP32 ->
                    Arithmetic.logicDependsOn(instruction.getInt("mode"), field.equals("source0"));
            case Opcodes.RUN_IDVS, Opcodes.RUN_IDVS2 -> instruction.getInt("drawIdEnable") != 0;
            default -> true;
        };
    }

    private static OptionalInt requested(Instruction instruction) {
        if (!instruction.isDefined() || instruction.opcode() != Opcodes.REQ_RESOURCE) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                instruction.getInt("compute") * COMPUTE
                        | instruction.getInt("fragment") * FRAGMENT
                        | instruction.getInt("tiler") * TILER
                        | instruction.getInt("idvs") * IDVS
                        | instruction.getInt("rayTracing", 0) * RAY_TRACING);
    }

    private static int resources(int opcode) {
        return switch (opcode) {
            case Opcodes.RUN_COMPUTE, Opcodes.RUN_COMPUTE_INDIRECT -> COMPUTE;
            case Opcodes.RUN_FRAGMENT -> FRAGMENT;
            case Opcodes.RUN_TILING, Opcodes.RUN_FULLSCREEN, Opcodes.FINISH_TILING -> TILER;
            case Opcodes.RUN_IDVS, Opcodes.RUN_IDVS2 -> IDVS;
            default -> 0;
        };
    }

    private static Flow flow(int opcode) {
        return switch (opcode) {
            case -1 -> Flow.INVALID;
            case Opcodes.BRANCH -> Flow.BRANCH;
            case Opcodes.CALL -> Flow.CALL;
            case Opcodes.JUMP -> Flow.JUMP;
            default -> Flow.NEXT;
        };
    }

    private static Blocking blocking(int opcode) {
        return switch (opcode) {
            case Opcodes.WAIT -> Blocking.SCOREBOARD;
            case Opcodes.SYNC_WAIT32, Opcodes.SYNC_WAIT64 -> Blocking.SYNC_OBJECT;
            case Opcodes.PROGRESS_WAIT -> Blocking.PROGRESS;
            case Opcodes.PROT_REGION -> Blocking.PROTECTED_MODE;
            default -> isJob(opcode) ? Blocking.RESOURCE : Blocking.NONE;
        };
    }
}
