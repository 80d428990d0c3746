package org.panscope.core.mem;

/// A buffer object: a whole number of frames that CPU mappings and GPU address spaces can show.
/// Offsets are bytes from its start. Words must be naturally aligned.
public final class BufferObject {
    private final int id;
    private final String label;
    private final PhysicalMemory memory;
    private final long[] frames;

    /// @param id identity, never reused within a machine
    /// @param sizeBytes rounded up to whole frames
    public BufferObject(int id, String label, PhysicalMemory memory, long sizeBytes) {
        if (sizeBytes <= 0) {
            throw new IllegalArgumentException("bo=" + id + " sizeBytes=" + sizeBytes);
        }
        this.id = id;
        this.label = label;
        this.memory = memory;
        frames = new long[Math.toIntExact(framesFor(sizeBytes))];
        int whole = blockFrames();
        for (int i = 0; i < frames.length; i++) {
            frames[i] = i < whole ? blockFrame(i) : memory.allocateFrame();
            memory.setOwner(
                    frames[i], new PhysicalMemory.Owner(id, (long) i * PhysicalMemory.FRAME_BYTES));
        }
    }

    /// Frames that a buffer object of this size takes.
    public static long framesFor(long sizeBytes) {
        return Math.ceilDiv(sizeBytes, PhysicalMemory.FRAME_BYTES);
    }

    public int id() {
        return id;
    }

    public String label() {
        return label;
    }

    public long sizeBytes() {
        return (long) frames.length * PhysicalMemory.FRAME_BYTES;
    }

    /// Physical address of a byte of it.
    public long physicalAddress(long offset) {
        if (offset < 0 || offset >= sizeBytes()) {
            throw new IndexOutOfBoundsException(
                    "bo=" + id + " offset=" + offset + " sizeBytes=" + sizeBytes());
        }
        return frames[(int) (offset / PhysicalMemory.FRAME_BYTES)]
                + offset % PhysicalMemory.FRAME_BYTES;
    }

    /// Bytes from `offset` on that follow each other in physical memory.
    public long contiguousBytes(long offset) {
        int first = (int) (offset / PhysicalMemory.FRAME_BYTES);
        int last = first;
        while (last + 1 < frames.length
                && frames[last + 1] == frames[last] + PhysicalMemory.FRAME_BYTES) {
            last++;
        }
        return (long) (last + 1) * PhysicalMemory.FRAME_BYTES - offset;
    }

    public int read32(long offset) {
        return memory.read32(physicalAddress(offset));
    }

    public long read64(long offset) {
        return memory.read64(physicalAddress(offset));
    }

    public void write32(long offset, int value) {
        memory.write32(physicalAddress(offset), value);
    }

    public void write64(long offset, long value) {
        memory.write64(physicalAddress(offset), value);
    }

    public byte[] read(long offset, int length) {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            int part = partLength(offset + done, length - done);
            memory.read(physicalAddress(offset + done), bytes, done, part);
            done += part;
        }
        return bytes;
    }

    public void write(long offset, byte[] bytes) {
        for (int done = 0; done < bytes.length; ) {
            int part = partLength(offset + done, bytes.length - done);
            memory.write(physicalAddress(offset + done), bytes, done, part);
            done += part;
        }
    }

    /// Gives the frames back; the object must not be used afterwards.
    public void free() {
        int whole = blockFrames();
        for (int i = 0; i < whole; i += PhysicalMemory.BLOCK_FRAMES) {
            memory.freeBlock(frames[i]);
        }
        for (int i = whole; i < frames.length; i++) {
            memory.freeFrame(frames[i]);
        }
    }

    /// ASSUMPTION: kernel.huge_pages: whole 2 MiB pieces of a buffer object are contiguous, as with
    /// transparent huge pages.
    private int blockFrames() {
        return frames.length - frames.length % PhysicalMemory.BLOCK_FRAMES;
    }

    private long blockFrame(int index) {
        int inBlock = index % PhysicalMemory.BLOCK_FRAMES;
        return inBlock == 0
                ? memory.allocateBlock()
                : frames[index - inBlock] + (long) inBlock * PhysicalMemory.FRAME_BYTES;
    }

    private static int partLength(long offset, int length) {
        return Math.min(
                length, PhysicalMemory.FRAME_BYTES - (int) (offset % PhysicalMemory.FRAME_BYTES));
    }
}
