package org.panscope.core.isa;

/// Builds v10 instruction words, for code that writes streams: the kernel's job slots and user
/// rings. Register numbers are those of the low register of a pair where the instruction takes a
/// pair. A value that does not fit its field is a bug of the caller.
public final class CsWords {
    /// Sync scope that tells the host too.
    public static final int SCOPE_SYSTEM = 0;

    /// Sync scope of the own group.
    public static final int SCOPE_CSG = 2;

    public static final int CONDITION_LE = 0;
    public static final int CONDITION_GT = 1;

    /// STORE_STATE: the system counter.
    public static final int STATE_TIMESTAMP = 0;

    /// STORE_STATE: GPU cycles.
    public static final int STATE_CYCLE_COUNT = 1;

    private CsWords() {}

    public static long nop() {
        return 0;
    }

    public static long move48(int pair, long immediate) {
        return op(Opcodes.MOVE48).set("destination", pair).set("immediate", immediate).word();
    }

    public static long move32(int register, int immediate) {
        return op(Opcodes.MOVE32)
                .set("destination", register)
                .set("immediate", Integer.toUnsignedLong(immediate))
                .word();
    }

    public static long addImmediate64(int destination, int source, int immediate) {
        return op(Opcodes.ADD_IMMEDIATE64)
                .set("destination", destination)
                .set("source", source)
                .set("immediate", immediate)
                .word();
    }

    /// Waits until every slot of the mask has drained.
    public static long waitSlots(int mask) {
        return op(Opcodes.WAIT).set("waitMask", mask).word();
    }

    public static long call(int addressPair, int lengthRegister) {
        return op(Opcodes.CALL).set("address", addressPair).set("length", lengthRegister).word();
    }

    public static long jump(int addressPair, int lengthRegister) {
        return op(Opcodes.JUMP).set("address", addressPair).set("length", lengthRegister).word();
    }

    /// Cleans and invalidates L2 and load/store caches, invalidates the others, unless the GPU has
    /// flushed since the flush id in the register was read.
    public static long flushCache2(int flushIdRegister, int waitMask, int signalSlot) {
        return op(Opcodes.FLUSH_CACHE2)
                .set("latestFlushId", flushIdRegister)
                .set("waitMask", waitMask)
                .set("signalSlot", signalSlot)
                .set("l2", 3)
                .set("lsc", 3)
                .set("other", 2)
                .word();
    }

    public static long syncAdd64(int addressPair, int dataPair, int scope, boolean propagateError) {
        return sync(Opcodes.SYNC_ADD64, addressPair, dataPair, scope, propagateError);
    }

    public static long syncSet64(int addressPair, int dataPair, int scope, boolean propagateError) {
        return sync(Opcodes.SYNC_SET64, addressPair, dataPair, scope, propagateError);
    }

    public static long syncAdd32(
            int addressPair, int dataRegister, int scope, boolean propagateError) {
        return sync(Opcodes.SYNC_ADD32, addressPair, dataRegister, scope, propagateError);
    }

    public static long syncSet32(
            int addressPair, int dataRegister, int scope, boolean propagateError) {
        return sync(Opcodes.SYNC_SET32, addressPair, dataRegister, scope, propagateError);
    }

    /// Blocks until the object compares with the reference.
    ///
    /// @param condition [#CONDITION_LE] or [#CONDITION_GT]
    public static long syncWait64(
            int addressPair, int dataPair, int condition, boolean rejectError) {
        return syncWait(Opcodes.SYNC_WAIT64, addressPair, dataPair, condition, rejectError);
    }

    /// Blocks until the object compares with the reference.
    ///
    /// @param condition [#CONDITION_LE] or [#CONDITION_GT]
    public static long syncWait32(
            int addressPair, int dataRegister, int condition, boolean rejectError) {
        return syncWait(Opcodes.SYNC_WAIT32, addressPair, dataRegister, condition, rejectError);
    }

    /// Stores a 64-bit value of the GPU's own, for example [#STATE_TIMESTAMP].
    public static long storeState(int state, int addressPair, int offset) {
        return op(Opcodes.STORE_STATE)
                .set("state", state)
                .set("address", addressPair)
                .set("offset", offset)
                .word();
    }

    public static long errorBarrier() {
        return op(Opcodes.ERROR_BARRIER).word();
    }

    /// Replaces the requested endpoints: bit 0 compute, 1 fragment, 2 tiler, 3 IDVS.
    public static long reqResource(int kinds) {
        return ((long) Opcodes.REQ_RESOURCE << 56) | (kinds & 0xf);
    }

    public static long setSbEntry(int endpointSlot, int otherSlot) {
        return op(Opcodes.SET_SB_ENTRY)
                .set("endpointEntry", endpointSlot)
                .set("otherEntry", otherSlot)
                .word();
    }

    /// Starts a compute job with all selects 0, cut along x.
    public static long runCompute(int workgroupsPerTask) {
        return op(Opcodes.RUN_COMPUTE).set("taskIncrement", workgroupsPerTask).word();
    }

    public static long loadMultiple(int base, int mask, int addressPair, int offset) {
        return multiple(Opcodes.LOAD_MULTIPLE, base, mask, addressPair, offset);
    }

    public static long storeMultiple(int base, int mask, int addressPair, int offset) {
        return multiple(Opcodes.STORE_MULTIPLE, base, mask, addressPair, offset);
    }

    /// Jumps `offset` instructions from the next one when the signed register compares with 0 as
    /// the condition says.
    public static long branch(int condition, int register, int offset) {
        return op(Opcodes.BRANCH)
                .set("condition", condition)
                .set("value", register)
                .set("offset", offset)
                .word();
    }

    private static long multiple(int opcode, int base, int mask, int addressPair, int offset) {
        return op(opcode)
                .set("base", base)
                .set("mask", mask)
                .set("address", addressPair)
                .set("offset", offset)
                .word();
    }

    private static long sync(int opcode, int address, int data, int scope, boolean propagate) {
        return op(opcode)
                .set("address", address)
                .set("data", data)
                .set("scope", scope)
                .set("errorPropagate", propagate ? 1 : 0)
                .word();
    }

    private static long syncWait(int opcode, int address, int data, int condition, boolean reject) {
        return op(opcode)
                .set("address", address)
                .set("data", data)
                .set("condition", condition)
                .set("errorReject", reject ? 1 : 0)
                .word();
    }

    private static Word op(int opcode) {
        InstructionForm form = Isa.v10().form(opcode);
        if (form == null) {
            throw new IllegalArgumentException("opcode=" + opcode);
        }
        return new Word(form);
    }

    /// A word under construction.
    private static final class Word {
        private final InstructionForm form;
        private long word;

        Word(InstructionForm form) {
            this.form = form;
            this.word = form.emptyWord();
        }

        Word set(String name, long value) {
            OperandField field = form.field(name);
            if (!field.accepts(value)) {
                throw new IllegalArgumentException(
                        form.mnemonic() + " " + name + "=" + value + " does not fit");
            }
            word = field.replace(word, value);
            return this;
        }

        long word() {
            return word;
        }
    }
}
