package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.OperandField;

import java.util.List;
import java.util.stream.IntStream;

/// Finds the unit that executes an instruction. Units are made for one architecture, so that they
/// know where their operands are.
final class Interpreter {
    private static final List<Interpreter> ALL =
            IntStream.rangeClosed(Isa.FIRST, Isa.LAST)
                    .mapToObj(architecture -> new Interpreter(Isa.of(architecture)))
                    .toList();
    private static final InstructionUnit UNDEFINED = StreamCore::invalid;

    private final @Nullable Row[] rows = new Row[256];

    /// What an opcode does and which of its fields name registers.
    private record Row(
            InstructionUnit unit,
            long definedBits,
            OperandField[] registers,
            @Nullable OperandField drawIdEnable) {}

    private Interpreter(Isa isa) {
        JobUnit jobs = new JobUnit();
        for (InstructionForm form : isa.forms()) {
            rows[form.opcode()] =
                    new Row(
                            unitFor(form, jobs),
                            form.definedBits(),
                            form.fields().stream()
                                    .filter(field -> field.type().isRegister())
                                    .toArray(OperandField[]::new),
                            form.fieldOrNull("drawIdEnable"));
        }
    }

    /// The interpreter of an architecture that has an instruction set.
    static Interpreter of(Isa isa) {
        return ALL.get(isa.architecture() - Isa.FIRST);
    }

    /// Executes an instruction; undefined opcodes and registers that do not exist are fatal.
    Outcome execute(StreamCore core, Instruction instruction) {
        Row row = rows[instruction.opcode()];
        if (row == null || !isAcceptable(core, row, instruction.word())) {
            return core.invalid(instruction);
        }
        return row.unit.execute(core, instruction);
    }

    InstructionUnit unitOf(long word) {
        Row row = rows[(int) (word >>> 56)];
        return row == null ? UNDEFINED : row.unit;
    }

    private static boolean isAcceptable(StreamCore core, Row row, long word) {
        // ASSUMPTION: cs.reserved_bits.
        if (core.rules.refusesReservedBits && (word & ~row.definedBits) != 0) {
            return false;
        }
        for (OperandField field : row.registers) {
            int number = (int) field.get(word);
            boolean isPair = field.type() == OperandField.Type.REGISTER_PAIR;
            // ASSUMPTION: cs.odd_pair.
            if (isPair && (number & 1) != 0 && core.rules.refusesOddPairs) {
                return false;
            }
            // ASSUMPTION: cs.operand_range.
            if (number + (isPair ? 1 : 0) >= core.registerCount() && isUsed(row, field, word)) {
                return false;
            }
        }
        return true;
    }

    /// A draw id register counts only when its enable bit is set.
    private static boolean isUsed(Row row, OperandField field, long word) {
        OperandField enable = row.drawIdEnable;
        return enable == null || enable.get(word) != 0 || !field.name().equals("drawId");
    }

    private static InstructionUnit unitFor(InstructionForm form, JobUnit jobs) {
        return switch (form.opcode()) {
            case Opcodes.NOP,
                    Opcodes.MOVE48,
                    Opcodes.MOVE32,
                    Opcodes.ADD_IMMEDIATE32,
                    Opcodes.ADD_IMMEDIATE64,
                    Opcodes.COMPARE_SELECT32,
                    Opcodes.LOGIC_OP32,
                    Opcodes.ARITH_REG64 ->
                    form.fieldOrNull("subOpcode") == null
                            ? MoveUnit.of(form)
                            : ArithmeticUnit.of(form);
            case Opcodes.LOAD_MULTIPLE, Opcodes.STORE_MULTIPLE -> new MemoryUnit(form);
            case Opcodes.BRANCH -> FlowUnit.branch(form);
            case Opcodes.CALL, Opcodes.JUMP -> FlowUnit.enter(form);
            case Opcodes.WAIT,
                    Opcodes.SET_SB_ENTRY,
                    Opcodes.PROGRESS_WAIT,
                    Opcodes.PROGRESS_STORE,
                    Opcodes.PROGRESS_LOAD ->
                    WaitUnit.of(form);
            case Opcodes.NEXT_SB_ENTRY,
                    Opcodes.SET_STATE,
                    Opcodes.SET_STATE_IMM32,
                    Opcodes.SHARED_SB_INC,
                    Opcodes.SHARED_SB_DEC ->
                    SelectionUnit.of(form);
            case Opcodes.FLUSH_CACHE2 -> new CacheUnit(form);
            case Opcodes.SYNC_ADD32, Opcodes.SYNC_SET32, Opcodes.SYNC_ADD64, Opcodes.SYNC_SET64 ->
                    new SyncUnit(form);
            case Opcodes.SYNC_WAIT32, Opcodes.SYNC_WAIT64 -> new SyncWaitUnit(form);
            case Opcodes.STORE_STATE -> new StateUnit(form);
            case Opcodes.TRACE_POINT -> new TraceUnit(form);
            case Opcodes.ERROR_BARRIER, Opcodes.PROT_REGION, Opcodes.SET_EXCEPTION_HANDLER ->
                    ModeUnit.of(form);
            case Opcodes.HEAP_SET, Opcodes.HEAP_OPERATION, Opcodes.FINISH_FRAGMENT ->
                    new HeapUnit(form);
            default -> jobs;
        };
    }
}
