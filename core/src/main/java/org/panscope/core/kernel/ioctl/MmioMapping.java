package org.panscope.core.kernel.ioctl;

import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.Mapping;

/// One page of registers in a process. Its page table entry appears at the first touch and can be
/// taken away at any time.
abstract class MmioMapping implements Mapping {
    static final long PAGE_BYTES = 4096;

    private final int fileId;
    private final long fileOffset;
    private final long va;
    private final Runnable unmapped;
    private int prot;
    private boolean mapped;

    /// @param unmapped what munmap(2) does beyond the page table
    MmioMapping(int fileId, long fileOffset, long va, int prot, Runnable unmapped) {
        this.fileId = fileId;
        this.fileOffset = fileOffset;
        this.va = va;
        this.prot = prot;
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

    /// What mprotect(2) may add: `VM_MAYREAD`, `VM_MAYWRITE`, `VM_MAYEXEC`.
    abstract int mayAdd();

    @Override
    public int mprotect(int newProt) {
        if ((newProt & ~(prot | mayAdd())) != 0) {
            return Errno.EACCES;
        }
        prot = newProt;
        return 0;
    }

    /// What cannot be mapped for writing alone can be read as well, on arm64 as elsewhere.
    void check(int access) {
        int allowed = (prot & WRITE) != 0 ? prot | READ : prot;
        if ((allowed & access) == 0) {
            throw new BusError("va=0x" + Long.toHexString(va) + " access=" + access);
        }
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
    public long load64(long offset) {
        return (load32(offset) & 0xffff_ffffL) | ((long) load32(offset + Integer.BYTES) << 32);
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
