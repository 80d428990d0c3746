package org.panscope.core.fw;

import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.OperandField;

/// Instructions that change how later ones are treated: ERROR_BARRIER, SET_EXCEPTION_HANDLER and
/// PROT_REGION.
final class ModeUnit {
    private static final int TILER_OUT_OF_MEMORY = 2;
    private static final int REGION_INVALID = 0;
    private static final int REGION_BLOCKS = 1;

    private ModeUnit() {}

    static InstructionUnit of(InstructionForm form) {
        return switch (form.opcode()) {
            case Opcodes.SET_EXCEPTION_HANDLER -> setExceptionHandler(form);
            case Opcodes.PROT_REGION -> ModeUnit::protectedRegion;
            default -> ModeUnit::errorBarrier;
        };
    }

    private static Outcome errorBarrier(StreamCore core, Instruction instruction) {
        core.errorState = 0;
        return Outcome.NEXT;
    }

    /// The handler is called by whoever runs out of tiler memory.
    private static InstructionUnit setExceptionHandler(InstructionForm form) {
        OperandField address = form.field("address");
        OperandField length = form.field("length");
        OperandField exceptionType = form.field("exceptionType");
        return (core, instruction) -> {
            long word = instruction.word();
            if (exceptionType.get(word) != TILER_OUT_OF_MEMORY) {
                return core.reserved(instruction);
            }
            long va = core.pair((int) address.get(word));
            int bytes = core.register((int) length.get(word));
            boolean misaligned = ((va | bytes) & 7) != 0 && !core.rules.roundsCallLength;
            if (core.inHandler || misaligned) {
                return core.invalid(instruction);
            }
            core.handlerVa = va & -8;
            core.handlerBytes = bytes & -8;
            return Outcome.NEXT;
        };
    }

    private static Outcome protectedRegion(StreamCore core, Instruction instruction) {
        // ASSUMPTION: cs.prot_region.
        return switch (core.rules.protRegion) {
            case REGION_INVALID -> core.invalid(instruction);
            case REGION_BLOCKS -> {
                core.environment.protectedModeNeeded();
                yield core.blockOnProtectedMode();
            }
            default -> Outcome.NEXT;
        };
    }
}
