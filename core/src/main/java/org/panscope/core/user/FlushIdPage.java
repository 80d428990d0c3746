package org.panscope.core.user;

import org.panscope.core.uapi.Mapping;
import org.panscope.trace.event.UserEvent.LoadedWord;
import org.panscope.trace.event.UserEvent.UserLoad;

/// The page that shows the GPU's flush id to a process (`panthor_drm.h`:
/// DRM_PANTHOR_USER_FLUSH_ID_MMIO_OFFSET).
public final class FlushIdPage {
    private static final long FILE_OFFSET = 1L << 56;
    private static final long PAGE_BYTES = 4096;

    private final DrmFile file;
    private final Mapping mapping;

    private FlushIdPage(DrmFile file, Mapping mapping) {
        this.file = file;
        this.mapping = mapping;
    }

    /// mmap(2) of it.
    public static IoctlResult<FlushIdPage> map(DrmFile file) {
        IoctlResult<Mapping> result = file.mmap(FILE_OFFSET, PAGE_BYTES, Mapping.READ);
        return result.isOk()
                ? IoctlResult.ok(new FlushIdPage(file, result.value()))
                : IoctlResult.error(result.errno());
    }

    /// Looks at the flush id: what was written before needs no flush of the caches once a job is
    /// told a later one.
    public int load() {
        file.spend(file.timings().loadNs());
        int id = mapping.load32(0);
        file.emit(
                file.track(),
                new UserLoad(
                        LoadedWord.LATEST_FLUSH, null, null, null, Integer.toUnsignedLong(id)));
        return id;
    }
}
