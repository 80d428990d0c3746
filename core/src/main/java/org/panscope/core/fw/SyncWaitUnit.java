package org.panscope.core.fw;

import org.panscope.core.hw.Access;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.OperandField;

/// SYNC_WAIT: blocks until an unsigned comparison of the object holds. An error found in the object
/// then becomes the stream's own, unless the instruction rejects it.
final class SyncWaitUnit implements InstructionUnit {
    private static final int LESS_OR_EQUAL = 0;
    private static final int GREATER = 1;
    private static final int CONDITIONS = 7;

    private final boolean is64;
    private final OperandField address;
    private final OperandField data;
    private final OperandField condition;
    private final OperandField errorReject;

    SyncWaitUnit(InstructionForm form) {
        is64 = form.opcode() == Opcodes.SYNC_WAIT64;
        address = form.field("address");
        data = form.field("data");
        condition = form.field("condition");
        errorReject = form.field("errorReject");
    }

    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        long word = instruction.word();
        int code = (int) condition.get(word);
        boolean isUsual = code == LESS_OR_EQUAL || code == GREATER;
        // ASSUMPTION: cs.reserved_sync_condition.
        if (!isUsual && (!core.rules.allSyncConditions || code >= CONDITIONS)) {
            return core.invalid(instruction);
        }
        int sizeBytes = is64 ? Long.BYTES : Integer.BYTES;
        SyncObject object =
                SyncObject.at(core, core.pair((int) address.get(word)), sizeBytes, Access.READ);
        if (object == null) {
            return Outcome.STOPPED;
        }
        int register = (int) data.get(word);
        long reference = is64 ? core.pair(register) : core.register(register) & 0xffff_ffffL;
        long value = object.value(core.environment.memory());
        boolean satisfied = FlowUnit.holds(code, Long.compareUnsigned(value, reference));
        boolean greater = code == GREATER;
        core.environment.syncEvaluated(object.va(), value, reference, greater, satisfied);
        if (!satisfied) {
            return core.blockOnSync(object.va(), reference, greater, is64);
        }
        inherit(core, word, object);
        return Outcome.NEXT;
    }

    private void inherit(StreamCore core, long word, SyncObject object) {
        boolean hasError = object.status(core.environment.memory()) != 0;
        // ASSUMPTION: cs.inherit_is_fault.
        if (hasError && errorReject.get(word) == 0 && core.rules.inheritIsFault) {
            core.errorState = ExceptionType.CS_INHERIT_FAULT;
            core.environment.fault(ExceptionType.CS_INHERIT_FAULT, 0, object.va());
        }
    }
}
