package org.panscope.core.hw;

import org.panscope.core.mem.PhysicalMemory;

/// The GPU's MMU: address spaces that walk page tables in physical memory, with a small TLB each.
/// Stale TLB entries are possible, as on the chip: only address-space commands drop them.
///
/// Simplified: the attributes of memory matter only where they forbid the access.
///
/// kernel: drivers/iommu/io-pgtable-arm.c; panthor_mmu.c
public final class GpuMmu {
    /// Result of [#translate] when the address space translates nothing, or nothing is where the
    /// translation leads.
    public static final long BUS_FAULT = -MmuFault.BUS;

    private static final int DEFAULT_PHYSICAL_BITS = 40;

    private final PhysicalMemory memory;
    private final PageWalk walk;
    private final boolean checkUnprivileged;
    private final AddressSpace[] spaces;

    GpuMmu(PhysicalMemory memory, GpuParameters parameters) {
        this.memory = memory;
        int bits = parameters.getInt(GpuParameters.MMU_FEATURES) >> 8 & 0xff;
        walk = new PageWalk(memory, bits == 0 ? DEFAULT_PHYSICAL_BITS : bits);
        checkUnprivileged = parameters.isOn(GpuParameters.CHECK_UNPRIVILEGED);
        int present = parameters.getInt(GpuParameters.AS_PRESENT);
        spaces = new AddressSpace[Integer.SIZE - Integer.numberOfLeadingZeros(present)];
        for (int i = 0; i < spaces.length; i++) {
            spaces[i] = new AddressSpace();
        }
    }

    /// Physical address of a virtual one, or a negative exception code: `-0xc0 - level`
    /// translation, `-0xc8 - level` permission, `-0xd8 - level` access flag, `-0xe0` and `-0xe4 -
    /// level` address size, `-0xe8 - level` memory attribute, [#BUS_FAULT].
    public long translate(int as, long va, Access access) {
        if (!isEnabled(as)) {
            return BUS_FAULT;
        }
        AddressSpace space = spaces[as];
        TranslationConfig config = space.config();
        if (config.isUnsupported()) {
            // ASSUMPTION: mmu.granule_64k: tables of that format are not walked.
            return -MmuFault.TRANSLATION;
        }
        long physical = config.isIdentity() ? va & Long.MAX_VALUE : translate(space, va, access);
        return physical < 0 || memory.isBacked(physical) ? physical : BUS_FAULT;
    }

    private long translate(AddressSpace space, long va, Access access) {
        long page = va >>> 12;
        PageWalk.Leaf leaf = space.cached(page);
        if (leaf.fault() != 0) {
            leaf = walk.walk(space.config(), va);
            if (leaf.fault() != 0) {
                return -leaf.fault();
            }
            space.cache(page, leaf);
        }
        if (space.config().isFaultAttribute(leaf.attribute())) {
            return -(MmuFault.MEMORY_ATTRIBUTE + leaf.level());
        }
        boolean denied =
                (access.writes() && !leaf.isWritable())
                        || (access == Access.EXECUTE && !leaf.isExecutable())
                        || (checkUnprivileged && !leaf.isUnprivileged());
        return denied ? -(MmuFault.PERMISSION + leaf.level()) : leaf.frame() | (va & 0xfff);
    }

    /// Whether accesses through an address space can go anywhere.
    public boolean isEnabled(int as) {
        return as >= 0 && as < spaces.length && spaces[as].config().isEnabled();
    }

    /// Whether an address lies in a region that is locked.
    public boolean isLocked(int as, long va) {
        return as >= 0 && as < spaces.length && spaces[as].isLocked(va);
    }

    AddressSpace space(int as) {
        return spaces[as];
    }

    int count() {
        return spaces.length;
    }
}
