package org.panscope.core.kernel.ioctl;

import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.uapi.Mapping;

/// A CPU mapping of a buffer object: user and GPU see the same bytes.
final class BoMapping implements Mapping {
    private final GemObject bo;
    private final long va;
    private final long length;
    private final Runnable unmapped;
    private final Runnable released;
    private int prot;

    /// @param unmapped tells of munmap(2)
    /// @param released gives the file back, after the object
    BoMapping(GemObject bo, long va, long length, int prot, Runnable unmapped, Runnable released) {
        this.bo = bo.get();
        this.va = va;
        this.length = length;
        this.prot = prot;
        this.unmapped = unmapped;
        this.released = released;
    }

    @Override
    public long va() {
        return va;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int load32(long offset) {
        check(offset, Integer.BYTES, READ);
        return bo.buffer().read32(offset);
    }

    @Override
    public long load64(long offset) {
        check(offset, Long.BYTES, READ);
        return bo.buffer().read64(offset);
    }

    @Override
    public void store32(long offset, int value) {
        check(offset, Integer.BYTES, WRITE);
        bo.buffer().write32(offset, value);
    }

    @Override
    public void store64(long offset, long value) {
        check(offset, Long.BYTES, WRITE);
        bo.buffer().write64(offset, value);
    }

    @Override
    public void store(long offset, byte[] bytes) {
        check(offset, bytes.length, WRITE);
        bo.buffer().write(offset, bytes);
    }

    @Override
    public int mprotect(int newProt) {
        prot = newProt;
        return 0;
    }

    @Override
    public void unmap() {
        unmapped.run();
        bo.put();
        released.run();
    }

    private void check(long offset, int bytes, int access) {
        bo.restore();
        if (offset < 0 || offset + bytes > length || (prot & access) == 0) {
            throw new BusError(
                    "va=0x" + Long.toHexString(va) + " offset=" + offset + " access=" + access);
        }
    }
}
