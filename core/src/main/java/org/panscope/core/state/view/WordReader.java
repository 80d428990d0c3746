package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.ConstantRegisters;
import org.panscope.core.isa.Disassembler;
import org.panscope.core.isa.InstructionUse;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.MemoryOperand;
import org.panscope.core.isa.OperandField;
import org.panscope.core.isa.RegisterRange;
import org.panscope.core.isa.ScoreboardUse;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Reads instruction words of one queue in one state.
public final class WordReader {
    private final Isa isa;
    private final Disassembler disassembler;
    private final @Nullable MachineState state;
    private final @Nullable Long vm;

    /// @param queue the queue that executes the words
    public WordReader(Isa isa, MachineState state, ObjectId queue) {
        this(isa, state, vmOf(state, queue));
    }

    private WordReader(Isa isa, @Nullable MachineState state, @Nullable Long vm) {
        this.isa = isa;
        this.disassembler = new Disassembler(isa);
        this.state = state;
        this.vm = vm;
    }

    /// Reads words of which nobody knows where they stand.
    static WordReader alone(Isa isa) {
        return new WordReader(isa, null, (Long) null);
    }

    /// The VM of a queue's group, or null.
    static @Nullable Long vmOf(MachineState state, ObjectId queue) {
        int dot = queue.key().indexOf('.');
        ObjectState group =
                dot < 0 ? null : state.object(new ObjectId("group", queue.key().substring(0, dot)));
        Cell cell = group == null ? null : group.get(Belief.KERNEL, "vm");
        return cell != null && cell.value() instanceof Long number ? number : null;
    }

    /// A word with what is known of the registers before it.
    public WordReading read(long word, ConstantRegisters before) {
        InstructionUse use = InstructionUse.of(isa, word);
        return new WordReading(
                disassembler.annotatedTextOf(word),
                use,
                registers(use, use.reads(), before) + maybe(use),
                registers(use, use.writes(), null),
                sync(use.memory(), before),
                scoreboard(use.scoreboard()),
                call(use, before));
    }

    private static String maybe(InstructionUse use) {
        return use.mayRead().isEmpty() ? "" : " maybe " + registers(use, use.mayRead(), null);
    }

    /// Registers as the operands name them: pairs as `dN`, others as `rN`, longer runs by their
    /// ends. A register or pair whose value is known is told with it.
    private static String registers(
            InstructionUse use, List<RegisterRange> ranges, @Nullable ConstantRegisters registers) {
        BitSet pairs = new BitSet();
        use.instruction().operands().stream()
                .filter(operand -> operand.field().type() == OperandField.Type.REGISTER_PAIR)
                .forEach(operand -> pairs.set((int) operand.value()));
        List<String> parts = new ArrayList<>();
        for (RegisterRange range : ranges) {
            int register = range.first();
            while (register <= range.last()) {
                if (pairs.get(register) && register < range.last()) {
                    parts.add("d" + register + pair(register, registers));
                    register += 2;
                } else {
                    int end = register + 1;
                    while (end <= range.last() && !pairs.get(end)) {
                        end++;
                    }
                    parts.add(
                            new RegisterRange(register, end - register)
                                    + (end == register + 1 ? single(register, registers) : ""));
                    register = end;
                }
            }
        }
        return String.join(" ", parts);
    }

    private static String pair(int low, @Nullable ConstantRegisters registers) {
        OptionalLong value = registers == null ? OptionalLong.empty() : registers.pair(low);
        return value.isPresent() ? "=" + ValueText.hex(value.getAsLong()) : "";
    }

    private static String single(int register, @Nullable ConstantRegisters registers) {
        OptionalInt value = registers == null ? OptionalInt.empty() : registers.register(register);
        return value.isPresent()
                ? "=" + ValueText.hex(Integer.toUnsignedLong(value.getAsInt()))
                : "";
    }

    private @Nullable SyncReference sync(
            @Nullable MemoryOperand memory, ConstantRegisters registers) {
        if (memory == null || !memory.access().isSyncObject()) {
            return null;
        }
        OptionalLong base = registers.pair(memory.addressPair());
        return base.isPresent()
                ? sync("d" + memory.addressPair(), base.getAsLong() + memory.offset())
                : new SyncReference("d" + memory.addressPair(), null, null, "");
    }

    /// The sync object at an address of the queue's VM.
    public SyncReference sync(String register, long va) {
        Long space = vm;
        ObjectId id = space == null ? null : ObjectId.sync(space, va);
        ObjectState object = id == null || state == null ? null : state.object(id);
        Cell value = object == null ? null : object.get(Belief.MEMORY, "value");
        return new SyncReference(
                register, va, object == null ? null : id, value == null ? "" : ValueText.of(value));
    }

    private @Nullable CallOperands callRegisters(InstructionUse use) {
        return switch (use.flow()) {
            case CALL, JUMP ->
                    new CallOperands(
                            use.instruction().getInt("address"),
                            use.instruction().getInt("length"));
            case NEXT, BRANCH, INVALID -> null;
        };
    }

    /// The registers a CALL names.
    private record CallOperands(int address, int length) {}

    private WordReading.@Nullable CallTarget call(InstructionUse use, ConstantRegisters registers) {
        CallOperands named = callRegisters(use);
        if (named == null) {
            return null;
        }
        OptionalLong va = registers.pair(named.address());
        OptionalInt length = registers.register(named.length());
        Long target = va.isPresent() ? Long.valueOf(va.getAsLong()) : null;
        Long sizeBytes =
                length.isPresent() ? Long.valueOf(Integer.toUnsignedLong(length.getAsInt())) : null;
        return new WordReading.CallTarget(
                target,
                sizeBytes,
                (target == null ? "d" + named.address() + "?" : ValueText.hex(target))
                        + ", "
                        + (sizeBytes == null ? "r" + named.length() + "?" : sizeBytes)
                        + " bytes");
    }

    /// Slots an instruction waits for and holds.
    static String scoreboard(ScoreboardUse use) {
        List<String> parts = new ArrayList<>();
        if (use.waitMask().isEmpty()) {
            parts.add("wait: mask of SET_STATE");
        } else if (use.waitMask().getAsInt() != 0) {
            parts.add("wait " + slots(use.waitMask().getAsInt()));
        }
        switch (use.signal()) {
            case NONE -> {}
            case ENDPOINT -> parts.add("signal endpoint slot");
            case OTHER -> parts.add("signal other slot");
            case DEFERRED -> parts.add("signal deferred slot");
            case EXPLICIT ->
                    parts.add(
                            "signal "
                                    + (use.signalSlot().isPresent()
                                            ? use.signalSlot().getAsInt()
                                            : "?"));
        }
        return String.join(" · ", parts);
    }

    /// `0,2` for 0b101.
    static String slots(int mask) {
        List<String> slots = new ArrayList<>();
        for (int left = mask; left != 0; left &= left - 1) {
            slots.add(Integer.toString(Integer.numberOfTrailingZeros(left)));
        }
        return String.join(",", slots);
    }
}
