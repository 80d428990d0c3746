package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.InstructionForm;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.Opcodes;
import org.panscope.core.isa.OperandField;

import java.util.List;
import java.util.Map;
import java.util.Random;

/// Draws streams that a careless client could have written: every opcode, mostly with operands that
/// make sense, now and then with some that do not. Equal seeds give equal streams.
///
/// Registers from [#FIRST_FIXED] on hold addresses and lengths that [StreamProgram] loads first;
/// instructions write mostly to the registers below.
final class RandomStreams {
    static final int FIRST_FIXED = 64;

    /// Pairs that point into the data page; the last three to no good place.
    static final int DATA_PAIR = 64;

    static final int SECOND_DATA_PAIR = 66;
    static final int READ_ONLY_PAIR = 68;
    static final int UNMAPPED_PAIR = 70;
    static final int ODD_PAIR = 72;

    /// Pairs that point to sync objects.
    static final int SYNC_PAIR = 74;

    static final int SYNC_PAIRS = 3;

    /// Pairs that point to the callable buffers; their lengths lie from [#LENGTH] on.
    static final int CODE_PAIR = 80;

    static final int LENGTH = 88;
    static final int HEAP_PAIR = 92;

    private static final Map<Integer, Integer> WEIGHTS =
            Map.ofEntries(
                    Map.entry(Opcodes.MOVE48, 4),
                    Map.entry(Opcodes.MOVE32, 6),
                    Map.entry(Opcodes.ADD_IMMEDIATE32, 6),
                    Map.entry(Opcodes.ADD_IMMEDIATE64, 4),
                    Map.entry(Opcodes.LOAD_MULTIPLE, 8),
                    Map.entry(Opcodes.STORE_MULTIPLE, 10),
                    Map.entry(Opcodes.BRANCH, 6),
                    Map.entry(Opcodes.CALL, 6),
                    Map.entry(Opcodes.WAIT, 6),
                    Map.entry(Opcodes.SYNC_ADD32, 5),
                    Map.entry(Opcodes.SYNC_ADD64, 5),
                    Map.entry(Opcodes.RUN_COMPUTE, 4),
                    Map.entry(Opcodes.STORE_STATE, 4));

    /// No architecture defines an opcode as high.
    private static final long UNDEFINED = 0xc0L << 56;

    private final Isa isa;
    private final Random random;
    private final @Nullable RaceFree raceFree;
    private final int[] lots;

    /// Makes a source of words.
    ///
    /// @param raceFree what makes two runs comparable, or null when they need not be
    RandomStreams(Isa isa, Random random, @Nullable RaceFree raceFree) {
        this.isa = isa;
        this.random = random;
        this.raceFree = raceFree;
        lots =
                isa.forms().stream()
                        .mapToInt(InstructionForm::opcode)
                        .flatMap(opcode ->
                                java.util.stream.IntStream.generate(() -> opcode)
                                        .limit(WEIGHTS.getOrDefault(opcode, 2)))
                        .toArray();
    }

    /// A sequence of words.
    long[] words(int count) {
        long[] words = new long[count];
        for (int i = 0; i < count; i++) {
            words[i] = raceFree == null ? word() : raceFree.of(word());
        }
        return words;
    }

    private long word() {
        if (oneIn(400)) {
            return raceFree == null ? random.nextLong() : random.nextLong() | UNDEFINED;
        }
        InstructionForm form = isa.form(lots[random.nextInt(lots.length)]);
        if (form == null || (form.opcode() == Opcodes.PROT_REGION && !oneIn(20))) {
            return 0;
        }
        long word = form.emptyWord();
        for (OperandField field : form.fields()) {
            boolean anything = raceFree == null && oneIn(900);
            word |= field.put(anything ? random.nextLong() : value(form, field));
        }
        return matched(form, word);
    }

    /// The length belongs to the address, most of the time.
    private long matched(InstructionForm form, long word) {
        List<String> names = form.fields().stream().map(OperandField::name).toList();
        if (!names.contains("length") || oneIn(40)) {
            return word;
        }
        OperandField length = form.field("length");
        long pair = form.field("address").get(word);
        return (word & ~length.bits()) | length.put(LENGTH + (pair - CODE_PAIR) / 2);
    }

    private long value(InstructionForm form, OperandField field) {
        return switch (field.name()) {
            case "address" -> address(form.opcode());
            case "length" -> LENGTH + random.nextInt(4);
            case "mask" -> random.nextInt(4) == 0 ? random.nextInt(1 << 12) : random.nextInt(16);
            case "offset" ->
                    form.opcode() == Opcodes.BRANCH
                            ? random.nextInt(9) - 2
                            : 8L * (random.nextInt(24) - 4);
            case "condition" ->
                    form.opcode() == Opcodes.BRANCH ? random.nextInt(7) : random.nextInt(2);
            case "state" -> random.nextInt(4);
            case "waitMask" -> slots();
            case "signalSlot", "endpointEntry", "otherEntry" ->
                    random.nextInt(isa.scoreboardSlots());
            case "compute", "fragment", "tiler", "idvs" -> oneIn(20) ? 0 : 1;
            case "latestFlushId" -> FIRST_FIXED - 1;
            case "queue" -> random.nextInt(2);
            case "exceptionType" -> 2;
            case "errorReject" -> random.nextInt(2);
            case "count" -> random.nextInt(4);
            default -> plain(field);
        };
    }

    private long plain(OperandField field) {
        return switch (field.type()) {
            case REGISTER -> random.nextInt(FIRST_FIXED - 16);
            case REGISTER_PAIR -> 2L * random.nextInt(FIRST_FIXED / 2 - 8);
            case SIGNED -> random.nextInt(7) - 3;
            default -> random.nextLong();
        };
    }

    private long address(int opcode) {
        return switch (opcode) {
            case Opcodes.CALL, Opcodes.JUMP, Opcodes.SET_EXCEPTION_HANDLER ->
                    CODE_PAIR + 2L * random.nextInt(4);
            case Opcodes.HEAP_SET -> HEAP_PAIR;
            case Opcodes.LOAD_MULTIPLE, Opcodes.STORE_MULTIPLE, Opcodes.STORE_STATE -> data();
            default -> oneIn(30) ? data() : SYNC_PAIR + 2L * random.nextInt(SYNC_PAIRS);
        };
    }

    private long data() {
        return oneIn(25)
                ? READ_ONLY_PAIR + 2L * random.nextInt(3)
                : random.nextBoolean() ? DATA_PAIR : SECOND_DATA_PAIR;
    }

    private long slots() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(1 << isa.scoreboardSlots());
            default -> 1L << random.nextInt(isa.scoreboardSlots());
        };
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }
}
