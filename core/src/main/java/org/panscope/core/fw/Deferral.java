package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.OperandField;

/// Which slots an instruction waits for and which it holds: those of its word or, from v11 on in
/// indirect mode, those that SET_STATE chose for the stream.
final class Deferral {
    private final OperandField waitMask;
    private final OperandField signalSlot;
    private final @Nullable OperandField mode;

    Deferral(InstructionForm form) {
        waitMask = form.field("waitMask");
        signalSlot = form.field("signalSlot");
        mode = form.fieldOrNull("deferMode");
    }

    /// The slots to wait for; none means that the instruction is performed at once.
    int mask(StreamCore core, long word) {
        return isIndirect(word) ? indirectMask(core) : (int) waitMask.get(word);
    }

    /// The slots that an operation in indirect mode waits for.
    static int indirectMask(StreamCore core) {
        // ASSUMPTION: cs.indirect_mask.
        return core.rules.indirectUsesStreamMask ? core.streamMask : core.waitMask;
    }

    /// The slot to hold until it has been performed.
    int slot(StreamCore core, long word) {
        return isIndirect(word) ? core.deferredSlot : (int) signalSlot.get(word);
    }

    private boolean isIndirect(long word) {
        return mode != null && mode.get(word) != 0;
    }
}
