package org.panscope.core.kernel.ioctl;

import org.panscope.core.uapi.Mapping;

/// One page of registers in a process. Its page table entry appears at the first touch and can be
/// taken away at any time.
abstract class MmioMapping implements Mapping {
    static final long PAGE_BYTES = 4096;

    private final int fileId;
    private final long fileOffset;
    private final long va;
    private final Runnable unmapped;
    private boolean mapped;

    MmioMapping(int fileId, long fileOffset, long va, Runnable unmapped) {
        this.fileId = fileId;
        this.fileOffset = fileOffset;
        this.va = va;
        this.unmapped = unmapped;
    }

    int fileId() {
        return fileId;
    }

    long fileOffset() {
        return fileOffset;
    }

    boolean isMapped() {
        return mapped;
    }

    void setMapped() {
        mapped = true;
    }

    /// Removes the page table entry.
    ///
    /// @return whether there was one
    boolean zap() {
        boolean was = mapped;
        mapped = false;
        return was;
    }

    @Override
    public long va() {
        return va;
    }

    @Override
    public long length() {
        return PAGE_BYTES;
    }

    @Override
    public int load32(long offset) {
        throw new BusError("mapping at va=0x" + Long.toHexString(va) + " is write-only");
    }

    @Override
    public long load64(long offset) {
        return load32(offset);
    }

    @Override
    public void store32(long offset, int value) {
        throw new BusError("mapping at va=0x" + Long.toHexString(va) + " is read-only");
    }

    @Override
    public void store64(long offset, long value) {
        store32(offset, (int) value);
    }

    @Override
    public void store(long offset, byte[] bytes) {
        store32(offset, bytes.length == 0 ? 0 : bytes[0]);
    }

    @Override
    public void unmap() {
        mapped = false;
        unmapped.run();
    }
}
