package org.panscope.core.hw;

import java.util.Arrays;

/// Registers, configuration and TLB of one address space. What is walked is the copy of the
/// registers that the last UPDATE command took.
final class AddressSpace {
    static final long NOT_BUSY = -1;

    private static final int TLB_ENTRIES = 64;
    private static final int LOCK_ORDER_BITS = 0x3f;

    private final long[] tlbPage = new long[TLB_ENTRIES];
    private final PageWalk.Leaf[] tlbLeaf = new PageWalk.Leaf[TLB_ENTRIES];
    private long transtab;
    private long transcfg;
    private long memattr;
    private long lockaddr;
    private TranslationConfig config = TranslationConfig.NONE;
    private boolean isLocked;
    private long lockedFirst;
    private long lockedLast;
    private long busyUntilNs = NOT_BUSY;
    private int faultStatus;
    private long faultAddress;
    private long faultExtra;
    int ownerVmId = -1;

    AddressSpace() {
        invalidate();
    }

    // ---- registers ----------------------------------------------------------------------------

    void setTranstab(long value) {
        transtab = value;
    }

    void setTranscfg(long value) {
        transcfg = value;
    }

    void setMemattr(long value) {
        memattr = value;
    }

    void setLockaddr(long value) {
        lockaddr = value;
    }

    /// Whether a command is being executed.
    boolean isBusy() {
        return busyUntilNs != NOT_BUSY;
    }

    /// When the last command ends.
    long busyUntilNs() {
        return busyUntilNs;
    }

    void setBusyUntil(long timeNs) {
        busyUntilNs = timeNs;
    }

    int faultStatus() {
        return faultStatus;
    }

    long faultAddress() {
        return faultAddress;
    }

    long faultExtra() {
        return faultExtra;
    }

    /// Changes a fault register; says whether that is a change.
    boolean setFaultStatus(int value) {
        boolean changes = faultStatus != value;
        faultStatus = value;
        return changes;
    }

    /// Changes a fault register; says whether that is a change.
    boolean setFaultAddress(long value) {
        boolean changes = faultAddress != value;
        faultAddress = value;
        return changes;
    }

    /// Changes a fault register; says whether that is a change.
    boolean setFaultExtra(long value) {
        boolean changes = faultExtra != value;
        faultExtra = value;
        return changes;
    }

    // ---- commands -----------------------------------------------------------------------------

    /// Takes over the registers.
    void latch() {
        config = new TranslationConfig(transtab, transcfg, memattr);
        invalidate();
    }

    /// Locks the region LOCKADDR names: base, with log2(size) - 1 in the low bits.
    void lock() {
        int order = (int) (lockaddr & LOCK_ORDER_BITS) + 1;
        long inside = order >= Long.SIZE ? -1 : (1L << order) - 1;
        lockedFirst = lockaddr & ~LOCK_ORDER_BITS & ~inside;
        lockedLast = lockedFirst | inside;
        isLocked = true;
    }

    void unlock() {
        isLocked = false;
    }

    boolean isLocked(long va) {
        return isLocked
                && Long.compareUnsigned(va, lockedFirst) >= 0
                && Long.compareUnsigned(va, lockedLast) <= 0;
    }

    /// Forgets every translation.
    void invalidate() {
        Arrays.fill(tlbPage, -1);
        Arrays.fill(tlbLeaf, PageWalk.Leaf.NONE);
    }

    void reset() {
        transtab = 0;
        transcfg = 0;
        memattr = 0;
        lockaddr = 0;
        isLocked = false;
        busyUntilNs = NOT_BUSY;
        setFaultStatus(0);
        setFaultAddress(0);
        setFaultExtra(0);
        config = TranslationConfig.NONE;
        invalidate();
    }

    // ---- translation --------------------------------------------------------------------------

    TranslationConfig config() {
        return config;
    }

    /// The cached translation of a page, or one that is no translation.
    PageWalk.Leaf cached(long page) {
        int slot = slotOf(page);
        return tlbPage[slot] == page ? tlbLeaf[slot] : PageWalk.Leaf.NONE;
    }

    void cache(long page, PageWalk.Leaf leaf) {
        int slot = slotOf(page);
        tlbPage[slot] = page;
        tlbLeaf[slot] = leaf;
    }

    private static int slotOf(long page) {
        return (int) (page % TLB_ENTRIES);
    }
}
