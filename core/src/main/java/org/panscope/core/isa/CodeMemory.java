package org.panscope.core.isa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.TreeMap;

/// GPU memory as far as somebody has given it: pieces of bytes at addresses, read as instruction
/// words. Addresses are unsigned.
public final class CodeMemory {
    private final TreeMap<Long, ByteBuffer> pieces = new TreeMap<>(Long::compareUnsigned);

    /// Adds bytes at an address.
    ///
    /// @throws IllegalArgumentException when they overlap others or run past the last address
    public void add(long address, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        long last = address + bytes.length - 1;
        if (Long.compareUnsigned(last, address) < 0) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes at " + hex(address) + " run past the last address");
        }
        Map.Entry<Long, ByteBuffer> below = pieces.floorEntry(last);
        if (below != null
                && Long.compareUnsigned(lastOf(below.getKey(), below.getValue()), address) >= 0) {
            throw new IllegalArgumentException(
                    "memory at " + hex(address) + " overlaps memory at " + hex(below.getKey()));
        }
        pieces.put(address, ByteBuffer.wrap(bytes));
    }

    /// The words of a buffer, as many as are there; fewer than asked for when the memory is not
    /// given or ends inside.
    public LongBuffer words(long address, long sizeBytes) {
        Map.Entry<Long, ByteBuffer> piece = pieces.floorEntry(address);
        if (piece == null
                || Long.compareUnsigned(lastOf(piece.getKey(), piece.getValue()), address) < 0) {
            return LongBuffer.allocate(0);
        }
        int from = (int) (address - piece.getKey());
        long there = Math.min(sizeBytes, piece.getValue().capacity() - from);
        return piece.getValue()
                .slice(from, (int) (there & -Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
    }

    private static long lastOf(long address, ByteBuffer bytes) {
        return address + bytes.capacity() - 1;
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
