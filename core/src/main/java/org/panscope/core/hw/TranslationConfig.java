package org.panscope.core.hw;

/// What the UPDATE command of an address space takes over from its registers.
///
/// ```
/// TRANSCFG  [3:0] mode  [10:6] INA bits  [18:14] OUTA bits  33 no hierarchical AP
///           34 no access-flag fault  35 WXN
/// MEMATTR   a byte for each AttrIndx; [7:6] = 3 makes every access a fault
/// ```
///
/// Simplified: attributes of table walks, cacheability and XREADABLE have no effect.
///
/// @param transtab table base
/// @param transcfg TRANSCFG
/// @param memattr MEMATTR
record TranslationConfig(long transtab, long transcfg, long memattr) {
    static final TranslationConfig NONE = new TranslationConfig(0, 1, 0);

    private static final int MODE_IDENTITY = 2;
    private static final int MODE_AARCH64_4K = 6;
    private static final int MODE_AARCH64_64K = 8;
    private static final int FULL_WIDTH = 55;
    private static final int TABLE_BITS = 48;
    private static final int PAGE_BITS = 12;
    private static final int LEVEL_BITS = 9;
    private static final int ATTRIBUTE_FAULT = 3;

    /// Whether accesses go anywhere.
    boolean isEnabled() {
        return isIdentity() || isUnsupported() || isTableWalk();
    }

    boolean isIdentity() {
        return mode() == MODE_IDENTITY;
    }

    boolean isTableWalk() {
        return mode() == MODE_AARCH64_4K && transtab != 0;
    }

    /// A mode of the hardware that the model does not walk.
    boolean isUnsupported() {
        return mode() == MODE_AARCH64_64K;
    }

    /// Width of virtual addresses. ASSUMPTION: mmu.ina_bits: 0 stands for the most a walk can do.
    int inputBits() {
        return Math.min(TABLE_BITS, FULL_WIDTH - (int) (transcfg >> 6 & 0x1f));
    }

    /// Width of physical addresses.
    ///
    /// @param implemented what the GPU has
    int outputBits(int implemented) {
        int bits = (int) (transcfg >> 14 & 0x1f);
        return bits == 0 ? implemented : Math.min(implemented, FULL_WIDTH - bits);
    }

    /// Level a walk begins at, by the width of virtual addresses.
    int firstLevel() {
        return 4 - Math.ceilDiv(inputBits() - PAGE_BITS, LEVEL_BITS);
    }

    boolean hierarchicalPermissions() {
        return (transcfg >> 33 & 1) == 0;
    }

    boolean accessFlagFaults() {
        return (transcfg >> 34 & 1) == 0;
    }

    boolean writableIsExecuteNever() {
        return (transcfg >> 35 & 1) != 0;
    }

    /// Whether memory of this AttrIndx may not be accessed.
    boolean isFaultAttribute(int index) {
        return (memattr >> (8 * index + 6) & 3) == ATTRIBUTE_FAULT;
    }

    private int mode() {
        return (int) (transcfg & 0xf);
    }
}
