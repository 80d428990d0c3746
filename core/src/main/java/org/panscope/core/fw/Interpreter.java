package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.OperandField;

/// Finds the unit that executes an instruction.
final class Interpreter {
    private static final @Nullable InstructionUnit[] UNITS = new InstructionUnit[256];
    private static final InstructionUnit UNDEFINED =
            (core, instruction) -> core.fatal(ExceptionType.CS_INSTR_INVALID, instruction);

    static {
        assign(
                new MoveUnit(),
                Opcodes.NOP,
                Opcodes.MOVE48,
                Opcodes.MOVE32,
                Opcodes.ADD_IMMEDIATE32,
                Opcodes.ADD_IMMEDIATE64,
                Opcodes.COMPARE_SELECT32);
        assign(new MemoryUnit(), Opcodes.LOAD_MULTIPLE, Opcodes.STORE_MULTIPLE);
        assign(new FlowUnit(), Opcodes.BRANCH, Opcodes.CALL, Opcodes.JUMP);
        assign(
                new WaitUnit(),
                Opcodes.WAIT,
                Opcodes.SET_SB_ENTRY,
                Opcodes.PROGRESS_WAIT,
                Opcodes.PROGRESS_STORE,
                Opcodes.PROGRESS_LOAD);
        assign(
                new JobUnit(),
                Opcodes.REQ_RESOURCE,
                Opcodes.RUN_COMPUTE,
                Opcodes.RUN_COMPUTE_INDIRECT,
                Opcodes.RUN_TILING,
                Opcodes.RUN_IDVS,
                Opcodes.RUN_FRAGMENT,
                Opcodes.RUN_FULLSCREEN,
                Opcodes.FINISH_TILING);
        assign(new CacheUnit(), Opcodes.FLUSH_CACHE2);
        assign(
                new SyncUnit(),
                Opcodes.SYNC_ADD32,
                Opcodes.SYNC_SET32,
                Opcodes.SYNC_ADD64,
                Opcodes.SYNC_SET64);
        assign(new SyncWaitUnit(), Opcodes.SYNC_WAIT32, Opcodes.SYNC_WAIT64);
        assign(
                new StateUnit(),
                Opcodes.STORE_STATE,
                Opcodes.ERROR_BARRIER,
                Opcodes.SET_EXCEPTION_HANDLER,
                Opcodes.PROT_REGION,
                Opcodes.TRACE_POINT);
        assign(new HeapUnit(), Opcodes.HEAP_SET, Opcodes.HEAP_OPERATION, Opcodes.FINISH_FRAGMENT);
    }

    private Interpreter() {}

    /// Executes an instruction; undefined opcodes and registers that do not exist are fatal.
    static Outcome execute(StreamCore core, Instruction instruction) {
        InstructionForm form = instruction.form();
        if (form == null || !registersExist(core, form, instruction.word())) {
            return core.fatal(ExceptionType.CS_INSTR_INVALID, instruction);
        }
        return unitOf(instruction.word()).execute(core, instruction);
    }

    static InstructionUnit unitOf(long word) {
        InstructionUnit unit = UNITS[(int) (word >>> 56)];
        return unit == null ? UNDEFINED : unit;
    }

    private static boolean registersExist(StreamCore core, InstructionForm form, long word) {
        for (OperandField field : form.fields()) {
            int last =
                    switch (field.type()) {
                        case REGISTER -> (int) field.get(word);
                        case REGISTER_PAIR -> (int) field.get(word) + 1;
                        default -> 0;
                    };
            if (last >= core.registerCount()) {
                return false;
            }
        }
        return true;
    }

    private static void assign(InstructionUnit unit, int... opcodes) {
        for (int opcode : opcodes) {
            UNITS[opcode] = unit;
        }
    }
}
