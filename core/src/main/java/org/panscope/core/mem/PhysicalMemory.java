package org.panscope.core.mem;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The RAM of the emulated machine: 4 KiB frames, little-endian words, physical addresses from
/// [#BASE]. Page tables, rings, sync objects and firmware interfaces are bytes in here and nowhere
/// else. Who writes what is told by the code that writes, not by the memory.
public final class PhysicalMemory {
    public static final int FRAME_BYTES = 4096;

    /// Frames of a block: 2 MiB.
    public static final int BLOCK_FRAMES = 512;

    /// First address; an address below it is a bug or a wild pointer.
    public static final long BASE = 0x1_0000_0000L;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final List<byte[]> frames = new ArrayList<>();
    private final List<@Nullable Owner> owners = new ArrayList<>();
    private final List<Long> freeFrames = new ArrayList<>();
    private final List<Long> freeBlocks = new ArrayList<>();
    private long limitFrames = Long.MAX_VALUE;
    private long takenFrames;

    /// Whose frame it is.
    ///
    /// @param bo identity of the buffer object
    /// @param offset of the frame in it
    public record Owner(int bo, long offset) {}

    /// Makes it smaller: no more than `limit` frames can be taken at a time.
    public void setLimit(long limit) {
        limitFrames = limit;
    }

    /// Frames that are not free.
    public long takenFrames() {
        return takenFrames;
    }

    /// Whether that many more frames can be taken.
    public boolean hasRoom(long count) {
        return count <= limitFrames - takenFrames;
    }

    /// A zeroed frame.
    ///
    /// @return its physical address
    public long allocateFrame() {
        takenFrames++;
        if (!freeFrames.isEmpty()) {
            long address = freeFrames.removeLast();
            Arrays.fill(frameOf(address), (byte) 0);
            return address;
        }
        return newFrame();
    }

    public void freeFrame(long address) {
        takenFrames--;
        owners.set(indexOf(address), null);
        freeFrames.add(address);
    }

    /// Zeroed frames of 2 MiB that follow each other, the first at a multiple of 2 MiB.
    ///
    /// @return the physical address of the first
    public long allocateBlock() {
        takenFrames += BLOCK_FRAMES;
        if (!freeBlocks.isEmpty()) {
            long address = freeBlocks.removeLast();
            for (int i = 0; i < BLOCK_FRAMES; i++) {
                Arrays.fill(frameOf(address + (long) i * FRAME_BYTES), (byte) 0);
            }
            return address;
        }
        while (frames.size() % BLOCK_FRAMES != 0) {
            freeFrames.add(newFrame());
        }
        long address = newFrame();
        for (int i = 1; i < BLOCK_FRAMES; i++) {
            newFrame();
        }
        return address;
    }

    public void freeBlock(long address) {
        takenFrames -= BLOCK_FRAMES;
        for (int i = 0; i < BLOCK_FRAMES; i++) {
            owners.set(indexOf(address) + i, null);
        }
        freeBlocks.add(address);
    }

    private long newFrame() {
        frames.add(new byte[FRAME_BYTES]);
        owners.add(null);
        return BASE + (long) (frames.size() - 1) * FRAME_BYTES;
    }

    /// Remembers that a frame belongs to a buffer object.
    public void setOwner(long frame, Owner owner) {
        owners.set(indexOf(frame), owner);
    }

    /// The buffer object that has the byte at this address, or null: page tables have none.
    public @Nullable Owner ownerOf(long address) {
        return isBacked(address) ? owners.get(indexOf(address)) : null;
    }

    /// Whether RAM answers at this address.
    public boolean isBacked(long address) {
        return address >= BASE && address < BASE + (long) frames.size() * FRAME_BYTES;
    }

    /// The 32-bit word at an aligned address.
    ///
    /// @throws IndexOutOfBoundsException where no RAM answers or the word crosses a frame
    public int read32(long address) {
        return (int) INT.get(frameOf(address), offsetOf(address));
    }

    public long read64(long address) {
        return (long) LONG.get(frameOf(address), offsetOf(address));
    }

    public void write32(long address, int value) {
        INT.set(frameOf(address), offsetOf(address), value);
    }

    public void write64(long address, long value) {
        LONG.set(frameOf(address), offsetOf(address), value);
    }

    /// Copies out of one frame.
    public void read(long address, byte[] into, int at, int length) {
        System.arraycopy(frameOf(address), offsetOf(address), into, at, length);
    }

    /// Copies into one frame.
    public void write(long address, byte[] from, int at, int length) {
        System.arraycopy(from, at, frameOf(address), offsetOf(address), length);
    }

    private byte[] frameOf(long address) {
        if (!isBacked(address)) {
            throw new IndexOutOfBoundsException(
                    "no RAM at physical address 0x" + Long.toHexString(address));
        }
        return frames.get(indexOf(address));
    }

    private static int indexOf(long address) {
        return (int) ((address - BASE) / FRAME_BYTES);
    }

    private static int offsetOf(long address) {
        return (int) ((address - BASE) % FRAME_BYTES);
    }
}
