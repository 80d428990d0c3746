package org.panscope.core.fw;

import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.OperandField;

/// FLUSH_CACHE2: takes time, advances the flush id, and is skipped when the GPU has flushed since
/// the id in the register was read. Caches hold nothing here.
///
/// kernel: include/uapi/drm/panthor_drm.h: drm_panthor_queue_submit.latest_flush
final class CacheUnit implements InstructionUnit {
    private static final int ID_BITS = 24;
    private static final int NO_MODE = 0;
    private static final int CLEAN = 1;
    private static final int INVALIDATE = 2;
    private static final int CLEAN_INVALIDATE = 3;

    private final Deferral deferral;
    private final OperandField latestFlushId;
    private final OperandField other;
    private final OperandField lsc;
    private final OperandField l2;

    CacheUnit(InstructionForm form) {
        deferral = new Deferral(form);
        latestFlushId = form.field("latestFlushId");
        other = form.field("other");
        lsc = form.field("lsc");
        l2 = form.field("l2");
    }

    @Override
    public Outcome execute(StreamCore core, Instruction instruction) {
        long word = instruction.word();
        if (!isCleaning(l2.get(word)) || !isCleaning(lsc.get(word)) || !isOther(other.get(word))) {
            return core.reserved(instruction);
        }
        return core.issue(
                instruction,
                deferral.slot(core, word),
                deferral.mask(core, word),
                0,
                core.register((int) latestFlushId.get(word)) & 0xffff_ffffL,
                core.rules.flushNs);
    }

    @Override
    public long duration(StreamCore core, AsyncOperation operation) {
        boolean nothing =
                (l2.get(operation.word) | lsc.get(operation.word)) == NO_MODE
                        && other.get(operation.word) == NO_MODE;
        return nothing || isSkipped(core, operation.data) ? 0 : operation.remainingNs;
    }

    @Override
    public void perform(StreamCore core, Instruction instruction, AsyncOperation operation) {
        // ASSUMPTION: cs.flush_advances_id.
        if (operation.timer != null && core.rules.flushAdvancesId) {
            core.environment.flushPerformed();
        }
    }

    /// Ids wrap: one in the half behind the current id is older, and then the GPU has flushed
    /// since.
    private static boolean isSkipped(StreamCore core, long known) {
        if (known == 0 || !core.rules.flushElimination) {
            return false;
        }
        int unused = Integer.SIZE - ID_BITS;
        return (core.environment.latestFlushId() - (int) known) << unused > 0;
    }

    private static boolean isCleaning(long mode) {
        return mode == NO_MODE || mode == CLEAN || mode == CLEAN_INVALIDATE;
    }

    private static boolean isOther(long mode) {
        return mode == NO_MODE || mode == INVALIDATE;
    }
}
