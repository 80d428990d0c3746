package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.uapi.TrackNames;
import org.panscope.trace.event.KernelEvent.DbZap;
import org.panscope.trace.event.KernelEvent.ZapCause;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// All mappings of the device's registers in all processes. They share one inode, so removing page
/// table entries removes them in every file.
///
/// kernel: mm/memory.c, unmap_mapping_range; RFC patch 3/8
public final class MmioMappings {
    /// To the end of the file: what a length of 0 means to `unmap_mapping_range`.
    private static final long TO_END = 0;

    private final KernelContext kernel;
    private final List<MmioMapping> mappings = new ArrayList<>();
    private final DummyPage dummyPage = new DummyPage();

    public MmioMappings(KernelContext kernel) {
        this.kernel = kernel;
    }

    DummyPage dummyPage() {
        return dummyPage;
    }

    void add(MmioMapping mapping) {
        mappings.add(mapping);
    }

    void remove(MmioMapping mapping) {
        mappings.remove(mapping);
    }

    /// A group got or lost its slot: its doorbell, and as the length is 0, every later one.
    public void zapDoorbells(ZapCause cause, Group group) {
        boolean onePage = kernel.driver().fixes().zapOnePage();
        zap(
                cause,
                group,
                MmapSpace.doorbellOffset(group.handle()),
                onePage ? MmapSpace.DOORBELL_STRIDE : TO_END,
                onePage ? (Integer) group.fileId() : null);
    }

    /// The device gains or loses power, or is gone: everything.
    public void zapAll(ZapCause cause) {
        zap(cause, null, MmapSpace.FLUSH_ID, TO_END, null);
    }

    /// What is behind the doorbell page of a group, for projections: `doorbell 1`, `dummy` or
    /// `none`.
    ///
    /// @return null when it is not mapped exactly once: events do not tell such mappings apart
    public @Nullable String doorbellPage(Group group) {
        long offset = MmapSpace.doorbellOffset(group.handle());
        DoorbellMapping found = null;
        for (DoorbellMapping doorbell : doorbells()) {
            if (doorbell.fileId() == group.fileId() && doorbell.fileOffset() == offset) {
                if (found != null) {
                    return null;
                }
                found = doorbell;
            }
        }
        boolean mine = found != null && Long.valueOf(group.gid()).equals(found.gid());
        return found == null || !mine ? null : found.page();
    }

    /// What is behind the doorbell mappings of a file, by address.
    public SortedMap<Long, String> doorbellPages(int fileId) {
        SortedMap<Long, String> pages = new TreeMap<>();
        for (DoorbellMapping doorbell : doorbells()) {
            if (doorbell.fileId() == fileId) {
                pages.put(doorbell.va(), doorbell.page());
            }
        }
        return pages;
    }

    private List<DoorbellMapping> doorbells() {
        return mappings.stream()
                .filter(DoorbellMapping.class::isInstance)
                .map(DoorbellMapping.class::cast)
                .toList();
    }

    private void zap(
            ZapCause cause,
            @Nullable Group group,
            long offset,
            long length,
            @Nullable Integer onlyFile) {
        int ptes = 0;
        int foreign = 0;
        for (MmioMapping mapping : mappings) {
            boolean inRange =
                    mapping.fileOffset() >= offset
                            && (length == TO_END || mapping.fileOffset() < offset + length);
            boolean concerned = onlyFile == null || onlyFile == mapping.fileId();
            if (inRange && concerned && mapping.zap()) {
                ptes++;
                foreign += group != null && mapping.fileId() != group.fileId() ? 1 : 0;
            }
        }
        int track = group == null ? TrackNames.pm(kernel.sim()) : group.track();
        kernel.sim()
                .emit(
                        track,
                        new DbZap(
                                cause,
                                group == null ? null : (Long) group.gid(),
                                offset,
                                length,
                                ptes,
                                foreign,
                                onlyFile));
    }
}
