package org.panscope.core.uapi;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Ordinary memory of a process, for the structs and arrays it hands to ioctls. Addresses are real
/// numbers in a struct's pointer fields; an address nobody allocated is a fault.
public final class UserMemory {
    private static final long FIRST_VA = 0x5555_0000_0000L;
    private static final long ALIGNMENT = 64;

    private final TreeMap<Long, byte[]> blocks = new TreeMap<>();
    private final TreeSet<Long> readOnly = new TreeSet<>();
    private long nextVa = FIRST_VA;

    /// Puts bytes somewhere.
    ///
    /// @return their address
    public long place(byte[] bytes) {
        long va = nextVa;
        blocks.put(va, bytes.clone());
        nextVa += (bytes.length + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
        return va;
    }

    /// Puts bytes where they can be read but not written.
    public long placeReadOnly(byte[] bytes) {
        long va = place(bytes);
        readOnly.add(va);
        return va;
    }

    public void free(long va) {
        blocks.remove(va);
        readOnly.remove(va);
    }

    /// The kernel's `copy_from_user`.
    ///
    /// @return the bytes, or null for -EFAULT
    public byte @Nullable [] read(long va, int length) {
        Map.Entry<Long, byte[]> block = blocks.floorEntry(va);
        if (block == null || length < 0 || va - block.getKey() + length > block.getValue().length) {
            return null;
        }
        byte[] bytes = new byte[length];
        System.arraycopy(block.getValue(), (int) (va - block.getKey()), bytes, 0, length);
        return bytes;
    }

    /// The kernel's `copy_to_user`.
    ///
    /// @return false for -EFAULT
    public boolean write(long va, byte[] bytes) {
        Map.Entry<Long, byte[]> block = blocks.floorEntry(va);
        if (block == null
                || readOnly.contains(block.getKey())
                || va - block.getKey() + bytes.length > block.getValue().length) {
            return false;
        }
        System.arraycopy(bytes, 0, block.getValue(), (int) (va - block.getKey()), bytes.length);
        return true;
    }

    /// A struct of `size` bytes to fill in, little endian.
    public static ByteBuffer struct(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
