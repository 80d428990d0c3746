package org.panscope.core.exec;

import java.util.Random;

/// Draws instruction words, put together by hand from the layout tables: mostly operands that make
/// sense, now and then some that do not.
final class PlausibleWords {
    /// Opcodes of every architecture, repeated by how often they shall come.
    private static final int[] OPCODES = {
        0, 1, 1, 2, 2, 2, 3, 3, 3, 11, 16, 16, 16, 16, 17, 17, 17, 17, 18, 18, 18, 20, 20, 20, 20,
        21, 21, 21, 21, 22, 22, 22, 22, 22, 22, 23, 24, 25, 32, 32, 32, 32, 32, 33, 33, 34, 36, 37,
        37, 38, 39, 39, 40, 40, 42, 43, 47, 48, 49, 50, 51, 51, 52, 53, 53,
    };

    private static final int[] OPCODES_V11 = {19, 19, 19, 19, 26, 26, 27, 27, 28, 28, 30, 31};
    private static final int[] UNDEFINED = {10, 13, 15, 29, 35, 45, 46, 54, 128, 255};

    /// Registers that a program may write: the ones above hold addresses.
    private static final int SCRATCH = 59;

    private final int architecture;
    private final Random random;

    PlausibleWords(int architecture, Random random) {
        this.architecture = architecture;
        this.random = random;
    }

    long next() {
        if (oneIn(300)) {
            return (long) UNDEFINED[random.nextInt(UNDEFINED.length)] << 56;
        }
        if (oneIn(300)) {
            return 41L << 56 | 1;
        }
        int opcode = OPCODES[random.nextInt(OPCODES.length)];
        if (architecture >= 11 && oneIn(5)) {
            opcode = OPCODES_V11[random.nextInt(OPCODES_V11.length)];
        }
        if (architecture >= 13 && opcode == 18 && random.nextBoolean()) {
            opcode = 57;
        }
        return (long) opcode << 56 | operands(opcode);
    }

    private long operands(int opcode) {
        return switch (opcode) {
            case 0 -> random.nextLong() >>> 8;
            case 1 -> at(48, destination()) | random.nextLong() >>> 16;
            case 2 -> at(48, destination()) | low(random.nextInt());
            case 3 -> waitFor();
            case 11 -> finishFragment();
            case 16, 17 -> at(48, destination()) | at(40, source()) | immediate();
            case 18, 57 -> at(48, destination()) | at(40, source()) | at(32, source()) | sub();
            case 19 ->
                    at(48, destination())
                            | at(40, source())
                            | at(32, source())
                            | random.nextInt(32);
            case 20, 21 -> transfer();
            case 22 -> branch();
            case 23 -> at(4, slot()) | slot();
            case 24 -> at(40, small());
            case 25 -> function() | (oneIn(20) ? 3 : 2);
            case 26 -> at(48, destination()) | at(36, random.nextInt(2)) | at(32, type());
            case 27 -> at(40, 8 + random.nextInt(8)) | at(32, oneIn(20) ? 4 : random.nextInt(2));
            case 28 -> state();
            case 30, 31 -> at(48, random.nextInt(16)) | at(32, random.nextInt(2));
            case 32, 33 -> function();
            case 34 -> random.nextInt(16);
            case 36 -> at(48, slot()) | at(40, source()) | flushModes();
            case 37, 38, 51, 52 -> signal(opcode);
            case 39, 53 ->
                    at(40, object())
                            | at(32, small())
                            | at(28, oneIn(30) ? 2 : random.nextInt(2))
                            | random.nextInt(2);
            case 40 -> storeState();
            case 42 -> at(40, small());
            case 43 -> at(48, destination());
            case 48 -> at(40, source());
            case 49 -> at(32, oneIn(30) ? 2 : random.nextInt(2) * 3) | deferral(true);
            case 50 -> at(40, random.nextInt(6)) | at(32, source()) | deferral(true);
            default -> 0;
        };
    }

    /// With no last chunk: there is no heap to give any back to.
    private long finishFragment() {
        long chunks = at(40, source()) | at(32, PlausibleProgram.NO_LENGTH);
        return chunks | deferral(true) | random.nextInt(2);
    }

    private long waitFor() {
        return at(32, random.nextInt(2))
                | (architecture >= 11
                        ? at(16, random.nextInt(1 << 16)) | at(33, random.nextInt(2))
                        : at(16, random.nextInt(1 << 8)));
    }

    /// The immediate of ARITH_IMM, and the sub-opcode where there is one.
    private long immediate() {
        int sub = architecture < 13 ? 0 : oneIn(40) ? 8 : random.nextInt(8);
        int value =
                switch (random.nextInt(4)) {
                    case 0 -> random.nextInt();
                    case 1 ->
                            (int)
                                    (at(16, random.nextInt(1 << 16))
                                            | at(8, random.nextInt(70))
                                            | random.nextInt(70));
                    default -> random.nextInt(9) - 4;
                };
        return at(32, sub) | low(value);
    }

    /// Sub-opcode and fields of ARITH_REG; nothing before.
    private long sub() {
        if (architecture < 13) {
            return oneIn(4) ? low(random.nextInt()) : 0;
        }
        return at(24, oneIn(40) ? 7 : random.nextInt(7))
                | at(8, random.nextInt(70))
                | random.nextInt(70);
    }

    private long transfer() {
        int mask = random.nextInt(3) == 0 ? random.nextInt(1 << 16) : random.nextInt(16);
        int base = oneIn(60) ? 94 + random.nextInt(40) : random.nextInt(44);
        int offset = 4 * (random.nextInt(40) - 12) + (oneIn(50) ? 1 : 0);
        return at(48, base) | at(40, data()) | at(16, mask) | (offset & 0xffff);
    }

    private long branch() {
        int condition = oneIn(60) ? 7 : random.nextInt(7);
        int offset =
                switch (random.nextInt(30)) {
                    case 0 -> random.nextInt(60) - 30;
                    case 1, 2 -> -1 - random.nextInt(6);
                    default -> random.nextInt(7);
                };
        return at(40, random.nextInt(24)) | at(28, condition) | (offset & 0xffff);
    }

    private long function() {
        int which = random.nextInt(PlausibleProgram.FUNCTIONS);
        int length = PlausibleProgram.FUNCTION_LENGTH + which;
        if (oneIn(20)) {
            length =
                    random.nextBoolean() ? PlausibleProgram.BAD_LENGTH : PlausibleProgram.NO_LENGTH;
        }
        return at(40, PlausibleProgram.FUNCTION_PAIR + 2 * which) | at(32, length);
    }

    private long state() {
        return switch (random.nextInt(6)) {
            case 0 -> at(32, 0) | random.nextInt(16);
            case 1 -> at(32, 1) | random.nextInt(oneIn(20) ? 20 : 16);
            // Never a slot of the wait mask below: an operation must not wait for itself.
            case 2 -> at(32, 2) | (8 + random.nextInt(8));
            case 3 -> at(32, 9) | (random.nextInt(128) << 1);
            default -> at(32, 8) | (random.nextInt(1 << 8) << 8);
        };
    }

    private long flushModes() {
        int mode = oneIn(60) ? 2 : random.nextInt(2) * 3;
        return at(8, 2L * random.nextInt(2)) | at(4, mode) | random.nextInt(2);
    }

    /// Deferred additions go where nothing looks, so that it does not matter when they happen.
    private long signal(int opcode) {
        boolean isAddition = opcode == 37 || opcode == 51;
        boolean isWide = opcode >= 51;
        long data = at(32, oneIn(8) ? source() : small());
        if (isAddition && oneIn(4)) {
            int pair =
                    isWide ? PlausibleProgram.DEFERRED_PAIR_64 : PlausibleProgram.DEFERRED_PAIR_32;
            return at(40, pair) | data | deferral(true) | at(1, random.nextInt(4));
        }
        return at(40, object()) | data | deferral(false) | random.nextInt(8);
    }

    private long storeState() {
        int which = oneIn(40) && architecture >= 11 ? 4 : 2 + random.nextInt(2);
        int offset = oneIn(20) ? 4 : 8 * (random.nextInt(20) - 6);
        return at(40, data()) | at(32, which) | deferral(false) | (offset & 0xffff);
    }

    /// Wait mask and signal slot. No operation waits for its own slot.
    private long deferral(boolean mayWait) {
        int signal = slot();
        if (!mayWait || random.nextBoolean()) {
            return at(48, oneIn(6) ? random.nextInt(16) : signal);
        }
        if (architecture >= 11 && random.nextBoolean()) {
            return at(52, 1) | at(48, signal);
        }
        int slots = architecture >= 11 ? 1 << 16 : 1 << 8;
        return at(48, signal) | at(16, random.nextInt(slots) & ~(1 << signal));
    }

    private int slot() {
        return oneIn(200) ? 15 : random.nextInt(8);
    }

    private int type() {
        return oneIn(20) ? 4 : 1 + random.nextInt(3);
    }

    private int destination() {
        return oneIn(50) ? 95 + random.nextInt(40) : random.nextInt(SCRATCH);
    }

    private int source() {
        return oneIn(50) ? 94 + random.nextInt(40) : random.nextInt(SCRATCH);
    }

    /// A register that likely holds a small number, and so does the pair that begins at it.
    private int small() {
        return 32 + 2 * random.nextInt(8);
    }

    private int data() {
        return oneIn(60)
                ? source()
                : PlausibleProgram.DATA_PAIR
                        + 2 * random.nextInt(PlausibleProgram.DATA_PAIRS - (oneIn(10) ? 0 : 2));
    }

    private int object() {
        return oneIn(40)
                ? data()
                : PlausibleProgram.SYNC_PAIR + 2 * random.nextInt(PlausibleProgram.SYNC_PAIRS);
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private static long at(int bit, long value) {
        return value << bit;
    }

    private static long low(int value) {
        return value & 0xffff_ffffL;
    }
}
