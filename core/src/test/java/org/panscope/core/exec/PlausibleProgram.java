package org.panscope.core.exec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A short program with the memory and the registers that it starts with: code that can be called,
/// data, and sync objects. Equal seeds give equal programs.
///
/// @param registers the first 96 registers
/// @param memory the bytes of memory, by address
/// @param isRing whether the entry buffer is the ring itself
public record PlausibleProgram(
        int architecture, int[] registers, Map<Long, byte[]> memory, boolean isRing) {
    public static final long SYNC = 0x40_0000;
    public static final long CODE = 0x50_0000;
    public static final long DATA = 0x60_0000;

    /// Pair with the address of the entry buffer, and the register with its length.
    public static final int ENTRY_PAIR = 92;

    public static final int ENTRY_LENGTH = 94;

    static final int FUNCTIONS = 3;
    static final int FUNCTION_PAIR = 80;
    static final int FUNCTION_LENGTH = 86;
    static final int BAD_LENGTH = 89;
    static final int NO_LENGTH = 90;
    static final int DATA_PAIR = 64;
    static final int DATA_PAIRS = 5;
    static final int SYNC_PAIR = 74;
    static final int SYNC_PAIRS = 3;

    /// Objects that are only added to, and only by operations that are deferred.
    static final int DEFERRED_PAIR_32 = 60;

    static final int DEFERRED_PAIR_64 = 62;

    private static final int BUFFER_BYTES = 0x400;
    private static final int DATA_BYTES = 0x100;
    private static final int OBJECT_BYTES = ReferenceMemory.BLOCK_BYTES;

    /// Draws a program.
    public static PlausibleProgram draw(int architecture, long seed) {
        Random random = new Random(seed * 31 + architecture);
        int[] registers = new int[96];
        for (int i = 0; i < registers.length; i++) {
            registers[i] =
                    switch (i / 16) {
                        case 0 -> random.nextInt(4) - 1;
                        case 1 -> random.nextInt();
                        case 2 -> i % 2 == 0 ? random.nextInt(4) : 0;
                        default -> 0;
                    };
        }
        TreeMap<Long, byte[]> memory = new TreeMap<>();
        memory.put(SYNC, syncObjects(random));
        memory.put(DATA, bytes(random, DATA_BYTES));
        memory.put(DATA + DATA_BYTES, bytes(random, DATA_BYTES));
        PlausibleWords words = new PlausibleWords(architecture, random);
        for (int i = 0; i <= FUNCTIONS; i++) {
            long at = CODE + (long) i * BUFFER_BYTES;
            byte[] code = code(words, 2 + random.nextInt(i == 0 ? 30 : 10));
            memory.put(at, code);
            int pair = i == 0 ? ENTRY_PAIR : FUNCTION_PAIR + 2 * (i - 1);
            registers[pair] = (int) at;
            registers[i == 0 ? ENTRY_LENGTH : FUNCTION_LENGTH + i - 1] = code.length;
        }
        registers[BAD_LENGTH] = 12;
        long[] data = {
            DATA, DATA + 0x80, DATA + DATA_BYTES - 4, DATA + DATA_BYTES + 0x42, CODE + BUFFER_BYTES
        };
        for (int i = 0; i < DATA_PAIRS; i++) {
            registers[DATA_PAIR + 2 * i] = (int) data[i];
        }
        for (int i = 0; i < SYNC_PAIRS; i++) {
            registers[SYNC_PAIR + 2 * i] = (int) SYNC + i * OBJECT_BYTES;
        }
        registers[DEFERRED_PAIR_32] = (int) SYNC + SYNC_PAIRS * OBJECT_BYTES;
        registers[DEFERRED_PAIR_64] = registers[DEFERRED_PAIR_32] + OBJECT_BYTES;
        return new PlausibleProgram(architecture, registers, memory, random.nextInt(4) == 0);
    }

    public long entryBytes() {
        return registers[ENTRY_LENGTH];
    }

    /// Addresses of the objects that deferred additions change.
    public List<Long> deferredObjects() {
        long first = SYNC + SYNC_PAIRS * OBJECT_BYTES;
        return List.of(first, first + OBJECT_BYTES);
    }

    private static byte[] code(PlausibleWords words, int count) {
        ByteBuffer code = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            code.putLong(words.next());
        }
        return code.array();
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Small values; one object in three carries a fault.
    private static byte[] syncObjects(Random random) {
        ByteBuffer objects =
                ByteBuffer.allocate((SYNC_PAIRS + 2) * OBJECT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SYNC_PAIRS; i++) {
            int value = random.nextInt(4);
            int status = random.nextInt(3) == 0 ? 1 : 0;
            objects.putInt(i * OBJECT_BYTES, value);
            objects.putInt(i * OBJECT_BYTES + (random.nextBoolean() ? 4 : 8), status);
        }
        return objects.array();
    }
}
