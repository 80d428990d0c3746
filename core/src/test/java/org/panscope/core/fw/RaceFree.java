package org.panscope.core.fw;

import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.OperandField;

/// Turns words into such that what a stream leaves behind does not depend on how long its jobs
/// take: nothing stores the time, and what deferred operations do can be done in any order. They
/// only add to objects that nothing else touches.
final class RaceFree {
    /// Pairs that point to the sync objects of deferred additions, by width.
    static final int DEFERRED_PAIR_32 = 60;

    static final int DEFERRED_PAIR_64 = 94;

    /// Makes a STORE_STATE store the disjoint count or the error state.
    private static final long NO_TIME = 1L << 33;

    private final Isa isa;
    private final int queues;

    RaceFree(Isa isa, int queues) {
        this.isa = isa;
        this.queues = queues;
    }

    long of(long word) {
        int opcode = (int) (word >>> 56);
        InstructionForm form = isa.form(opcode);
        if (form == null) {
            return word;
        }
        return switch (opcode) {
            case Opcodes.STORE_STATE -> atOnce(form, word) | NO_TIME;
            case Opcodes.SYNC_SET32, Opcodes.SYNC_SET64 -> atOnce(form, word);
            case Opcodes.SYNC_ADD32 -> addition(form, word, DEFERRED_PAIR_32);
            case Opcodes.SYNC_ADD64 -> addition(form, word, DEFERRED_PAIR_64);
            // The other queue's counter may be anywhere.
            case Opcodes.PROGRESS_WAIT -> queues > 1 ? 0 : word;
            case Opcodes.WAIT, Opcodes.SHARED_SB_INC, Opcodes.SHARED_SB_DEC -> word;
            default -> without(form, "progressIncrement", word);
        };
    }

    private static long atOnce(InstructionForm form, long word) {
        return without(form, "deferMode", without(form, "waitMask", word));
    }

    private static long addition(InstructionForm form, long word, int pair) {
        if (atOnce(form, word) == word) {
            return word;
        }
        OperandField address = form.field("address");
        long added = (word & ~address.bits()) | address.put(pair);
        return without(form, "errorPropagate", added);
    }

    private static long without(InstructionForm form, String name, long word) {
        for (OperandField field : form.fields()) {
            if (field.name().equals(name)) {
                return word & ~field.bits();
            }
        }
        return word;
    }
}
