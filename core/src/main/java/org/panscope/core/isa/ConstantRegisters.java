package org.panscope.core.isa;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Follows a stream word by word and knows the registers whose value the stream itself makes, from
/// MOVE48, MOVE32 and arithmetic on known values. A value that comes from memory, from code that
/// was not seen or from a result no public source documents is not known: it is absent, not 0.
///
/// A load is pending until its slot is waited for; what is written to its registers before that is
/// not known. ASSUMPTION: an exception handler leaves the registers as they were, as it must for
/// the interrupted stream to go on. ASSUMPTION: while the slot of loads was not set in sight, any
/// WAIT for something waits for them.
public final class ConstantRegisters {
    private static final int SLOT_UNKNOWN = -1;

    /// SET_STATE: the slot of loads and stores.
    private static final int SB_SEL_OTHER = 1;

    /// NEXT_SB_ENTRY: the same.
    private static final int SB_TYPE_OTHER = 2;

    private final Isa isa;
    private final int[] values;
    private final BitSet known;
    private final BitSet pending;
    private int otherSlot;

    /// Nothing is known yet.
    public ConstantRegisters(Isa isa) {
        this(isa, new int[isa.registerCount()], new BitSet(), new BitSet(), SLOT_UNKNOWN);
    }

    private ConstantRegisters(Isa isa, int[] values, BitSet known, BitSet pending, int otherSlot) {
        this.isa = isa;
        this.values = values;
        this.known = known;
        this.pending = pending;
        this.otherSlot = otherSlot;
    }

    public ConstantRegisters copy() {
        return new ConstantRegisters(
                isa, values.clone(), (BitSet) known.clone(), (BitSet) pending.clone(), otherSlot);
    }

    /// The value of a 32-bit register, if known.
    public OptionalInt register(int register) {
        return known.get(register) ? OptionalInt.of(values[register]) : OptionalInt.empty();
    }

    /// The value of a pair, if both halves are known.
    public OptionalLong pair(int low) {
        return known.get(low) && known.get(low + 1)
                ? OptionalLong.of(pairOf(low))
                : OptionalLong.empty();
    }

    /// Tells a register's value, such as one from outside the stream.
    public void set(int register, int value) {
        if (register < values.length) {
            values[register] = value;
            known.set(register, !pending.get(register));
        }
    }

    /// Tells the value of a pair.
    public void setPair(int low, long value) {
        set(low, (int) value);
        set(low + 1, (int) (value >>> 32));
    }

    public void forget(RegisterRange range) {
        known.clear(range.first(), range.last() + 1);
    }

    /// Forgets everything, as where code was not seen.
    public void forgetAll() {
        known.clear();
        pending.clear();
        otherSlot = SLOT_UNKNOWN;
    }

    /// Keeps what is known here and there alike: two ways join.
    ///
    /// @return whether something was forgotten
    public boolean join(ConstantRegisters other) {
        BitSet before = (BitSet) known.clone();
        BitSet pendingBefore = (BitSet) pending.clone();
        int slotBefore = otherSlot;
        known.and(other.known);
        for (int r = known.nextSetBit(0); r >= 0; r = known.nextSetBit(r + 1)) {
            if (values[r] != other.values[r]) {
                known.clear(r);
            }
        }
        pending.or(other.pending);
        otherSlot = otherSlot == other.otherSlot ? otherSlot : SLOT_UNKNOWN;
        return !known.equals(before) || !pending.equals(pendingBefore) || otherSlot != slotBefore;
    }

    /// Executes a word. After CALL, JUMP and words that are no instruction nothing is known; what
    /// BRANCH does to the order of words is up to the caller.
    public void step(long word) {
        Instruction instruction = isa.decode(word);
        if (!instruction.isDefined()) {
            forgetAll();
            return;
        }
        switch (instruction.opcode()) {
            case Opcodes.MOVE48 ->
                    setPair(instruction.getInt("destination"), instruction.get("immediate"));
            case Opcodes.MOVE32 ->
                    set(instruction.getInt("destination"), instruction.getInt("immediate"));
            case Opcodes.ADD_IMMEDIATE32 -> immediate(instruction, false);
            case Opcodes.ADD_IMMEDIATE64 -> immediate(instruction, true);
            case Opcodes.COMPARE_SELECT32 -> twoRegisters(instruction, false);
            case Opcodes.ARITH_REG64 -> twoRegisters(instruction, true);
            case Opcodes.LOGIC_OP32 -> logic(instruction);
            case Opcodes.LOAD_MULTIPLE -> load(instruction);
            case Opcodes.WAIT -> waitFor(instruction);
            case Opcodes.SET_SB_ENTRY -> otherSlot = instruction.getInt("otherEntry");
            case Opcodes.SET_STATE -> select(instruction, SLOT_UNKNOWN);
            case Opcodes.SET_STATE_IMM32 -> select(instruction, instruction.getInt("value"));
            case Opcodes.NEXT_SB_ENTRY -> {
                forgetWrites(word);
                otherSlot =
                        instruction.getInt("sbType") == SB_TYPE_OTHER ? SLOT_UNKNOWN : otherSlot;
            }
            case Opcodes.CALL, Opcodes.JUMP -> forgetAll();
            default -> forgetWrites(word);
        }
    }

    /// Goes on behind a CALL, whose code is known.
    void returnFrom(CalledCode code) {
        if (code.isUnseen()) {
            forgetAll();
            return;
        }
        known.andNot(code.written());
        pending.or(code.loaded());
        otherSlot = code.selectsSlots() ? SLOT_UNKNOWN : otherSlot;
    }

    private void immediate(Instruction instruction, boolean isWide) {
        OptionalLong source = value(instruction.getInt("source"), isWide);
        write(
                instruction,
                isWide,
                source.isEmpty()
                        ? source
                        : Arithmetic.immediate(
                                instruction.getInt("subOpcode", 0),
                                isWide,
                                source.getAsLong(),
                                instruction.getInt("immediate")));
    }

    private void twoRegisters(Instruction instruction, boolean isWide) {
        OptionalLong a = value(instruction.getInt("source0"), isWide);
        OptionalLong b = value(instruction.getInt("source1"), isWide);
        write(
                instruction,
                isWide,
                a.isEmpty() || b.isEmpty()
                        ? OptionalLong.empty()
                        : Arithmetic.register(
                                instruction.getInt("subOpcode", 0),
                                isWide,
                                a.getAsLong(),
                                b.getAsLong(),
                                instruction.getInt("immediate", 0)));
    }

    private void logic(Instruction instruction) {
        int mode = instruction.getInt("mode");
        @Nullable Integer a = operand(mode, true, instruction.getInt("source0"));
        @Nullable Integer b = operand(mode, false, instruction.getInt("source1"));
        write(
                instruction,
                false,
                a == null || b == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(
                                Arithmetic.logic(mode, instruction.getInt("index") != 0, a, b)));
    }

    /// An operand's value, anything when it does not matter, null when it does and is not known.
    private @Nullable Integer operand(int mode, boolean isFirst, int register) {
        if (!Arithmetic.logicDependsOn(mode, isFirst)) {
            return 0;
        }
        return known.get(register) ? values[register] : null;
    }

    private void load(Instruction instruction) {
        for (RegisterRange range : InstructionUse.of(isa, instruction.word()).writes()) {
            forget(range);
            pending.set(range.first(), range.last() + 1);
        }
    }

    private void select(Instruction instruction, int slot) {
        if (instruction.getInt("state") == SB_SEL_OTHER) {
            otherSlot = slot >= 0 && slot < isa.scoreboardSlots() ? slot : SLOT_UNKNOWN;
        }
    }

    private void waitFor(Instruction instruction) {
        int mask = instruction.getInt("waitMask");
        boolean isKnownMask = instruction.getInt("waitMode", 0) == 0;
        boolean waitsForLoads =
                otherSlot == SLOT_UNKNOWN
                        ? !isKnownMask || mask != 0
                        : isKnownMask && (mask >> otherSlot & 1) != 0;
        if (waitsForLoads) {
            pending.clear();
        }
    }

    private void forgetWrites(long word) {
        InstructionUse.of(isa, word).writes().forEach(this::forget);
    }

    private void write(Instruction instruction, boolean isWide, OptionalLong value) {
        int destination = instruction.getInt("destination");
        if (value.isEmpty()) {
            forget(new RegisterRange(destination, isWide ? 2 : 1));
        } else if (isWide) {
            setPair(destination, value.getAsLong());
        } else {
            set(destination, (int) value.getAsLong());
        }
    }

    private OptionalLong value(int register, boolean isWide) {
        if (isWide) {
            return pair(register);
        }
        return known.get(register)
                ? OptionalLong.of(Integer.toUnsignedLong(values[register]))
                : OptionalLong.empty();
    }

    private long pairOf(int low) {
        return Integer.toUnsignedLong(values[low]) | (long) values[low + 1] << 32;
    }

    /// The known registers: `{r2=0x10, r3=0x0}`.
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("{");
        known.stream()
                .forEach(r ->
                        out.append(out.length() == 1 ? "r" : ", r")
                                .append(r)
                                .append("=0x")
                                .append(Integer.toHexString(values[r])));
        return out.append('}').toString();
    }
}
