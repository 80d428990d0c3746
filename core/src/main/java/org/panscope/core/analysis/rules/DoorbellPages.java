package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.DbZap;
import org.panscope.trace.event.KernelEvent.FaultPage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which pages stand behind the doorbell mappings of processes: what faults installed and no zap
/// has removed since. A mapping is told apart by its file, the handle and the address touched.
final class DoorbellPages {
    /// RFC patch 3/8: DRM_PANTHOR_USER_MMIO_DOORBELL_OFFSET, and a page of 64 KiB for each handle.
    private static final long DOORBELL_OFFSET = 0x0100_0400_0000_0000L;

    private static final int HANDLE_SHIFT = 16;
    private static final int MAX_PAGES = 100_000;

    private final Map<Key, Pte> present = new LinkedHashMap<>();

    private record Key(int fileId, int handle, long va) {}

    /// A page table entry.
    ///
    /// @param gid group the handle named when it was made, or null
    /// @param doorbellId 1 + slot, or what was read for the dummy page
    /// @param seq the fault that made it
    record Pte(
            int fileId,
            int handle,
            @Nullable Long gid,
            boolean isReal,
            int doorbellId,
            long seq,
            long sinceNs) {}

    void fault(DbFault fault, long seq, long nowNs) {
        if (fault.page() == FaultPage.SIGBUS || present.size() >= MAX_PAGES) {
            return;
        }
        Long va = fault.va();
        present.put(
                new Key(fault.fileId(), fault.handle(), va == null ? 0 : va),
                new Pte(
                        fault.fileId(),
                        fault.handle(),
                        fault.gid(),
                        fault.page() == FaultPage.REAL,
                        fault.doorbellId(),
                        seq,
                        nowNs));
    }

    /// Removes what a zap covers.
    void zap(DbZap zap) {
        present.values().removeAll(covered(zap));
    }

    /// What a zap covers, in the order it was mapped.
    List<Pte> covered(DbZap zap) {
        List<Pte> all = new ArrayList<>();
        Integer only = zap.onlyFile();
        long end = zap.length() == 0 ? Long.MAX_VALUE : zap.offset() + zap.length();
        for (Pte pte : present.values()) {
            long offset = DOORBELL_OFFSET + ((long) (pte.handle() - 1) << HANDLE_SHIFT);
            boolean isInRange = offset >= zap.offset() && offset < end;
            if (isInRange && (only == null || only == pte.fileId())) {
                all.add(pte);
            }
        }
        return all;
    }

    /// The process gave a mapping or its file up.
    void forget(int fileId) {
        present.values().removeIf(pte -> pte.fileId() == fileId);
    }

    Collection<Pte> present() {
        return present.values();
    }
}
