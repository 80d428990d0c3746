package org.panscope.core.fw;

import org.panscope.core.hw.Access;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.OperandField;
import org.panscope.core.mem.PhysicalMemory;

/// SYNC_ADD and SYNC_SET: at once with an empty wait mask, else when the mask has drained. The
/// status word gets the stream's error state or "no fault".
final class SyncUnit implements InstructionUnit {
    private static final int SCOPE_CSG = 2;

    private final boolean is64;
    private final boolean isAdd;
    private final Deferral deferral;
    private final OperandField address;
    private final OperandField data;
    private final OperandField scope;
    private final OperandField errorPropagate;

    SyncUnit(InstructionForm form) {
        int opcode = form.opcode();
        is64 = opcode == Opcodes.SYNC_ADD64 || opcode == Opcodes.SYNC_SET64;
        isAdd = opcode == Opcodes.SYNC_ADD64 || opcode == Opcodes.SYNC_ADD32;
        deferral = new Deferral(form);
        address = form.field("address");
        data = form.field("data");
        scope = form.field("scope");
        errorPropagate = form.field("errorPropagate");
    }

    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        long word = instruction.word();
        long va = core.pair((int) address.get(word));
        int register = (int) data.get(word);
        long value = is64 ? core.pair(register) : core.register(register);
        int mask = deferral.mask(core, word);
        if (mask == 0) {
            return store(core, word, va, value) ? Outcome.NEXT : Outcome.STOPPED;
        }
        return core.issue(instruction, deferral.slot(core, word), mask, va, value, 0);
    }

    @Override
    public void perform(StreamCore core, Instruction instruction, AsyncOperation operation) {
        store(core, operation.word, operation.address, operation.data);
    }

    private boolean store(StreamCore core, long word, long address64, long operand) {
        int sizeBytes = is64 ? Long.BYTES : Integer.BYTES;
        SyncObject object = SyncObject.at(core, address64, sizeBytes, Access.WRITE);
        if (object == null) {
            return false;
        }
        PhysicalMemory memory = core.environment.memory();
        long old = object.value(memory);
        long value = isAdd ? old + operand : operand;
        value = is64 ? value : value & 0xffff_ffffL;
        int oldError = object.status(memory);
        boolean propagates = errorPropagate.get(word) != 0;
        int error = propagates && core.errorState != 0 ? 1 : 0;
        // ASSUMPTION: cs.sync_clears_status.
        error = propagates || core.rules.syncClearsStatus ? error : oldError;
        object.store(memory, value, error);
        core.environment.syncStored(
                new StreamEnvironment.SyncStore(
                        object.va(),
                        object.valueAt(),
                        sizeBytes,
                        old,
                        value,
                        oldError,
                        error,
                        scope.get(word) != SCOPE_CSG));
        return true;
    }
}
