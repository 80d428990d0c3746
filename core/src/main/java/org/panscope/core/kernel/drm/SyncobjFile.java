package org.panscope.core.kernel.drm;

import org.panscope.core.kernel.base.KernelFile;

/// A descriptor of a whole syncobj, for another file to share it.
///
/// kernel: drm_syncobj.c, drm_syncobj_get_fd
public final class SyncobjFile extends KernelFile {
    private final DrmSyncobj syncobj;

    /// Takes a reference of its own.
    public SyncobjFile(DrmSyncobj syncobj) {
        this.syncobj = syncobj.get();
    }

    public DrmSyncobj syncobj() {
        return syncobj;
    }

    @Override
    protected void release() {
        syncobj.put();
    }
}
