package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.drm.DrmSyncobj;
import org.panscope.core.uapi.Errno;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Finds syncobjs by the handles a file has for them, one or an array of them.
///
/// kernel: drm_syncobj.c, drm_syncobj_find, drm_syncobj_array_find
final class SyncobjTable {
    /// Longest array; the kernel's limit is the allocator's.
    private static final int MAX_HANDLES = 1 << 16;

    private final PanthorFile file;

    SyncobjTable(PanthorFile file) {
        this.file = file;
    }

    /// A syncobj and the handle it was found by.
    record Entry(DrmSyncobj syncobj, DrmSyncobj.Handle via) {}

    @Nullable Entry find(int handle) {
        DrmSyncobj syncobj = file.syncobjs().get(handle);
        return syncobj == null ? null : new Entry(syncobj, handleOf(handle));
    }

    DrmSyncobj.Handle handleOf(int handle) {
        return new DrmSyncobj.Handle(file.fileId(), handle);
    }

    /// `drm_syncobj_array_find`.
    ///
    /// @param pointer to u32 handles
    /// @param into what was found
    /// @return 0, -ENOMEM, -EFAULT or -ENOENT
    int findAll(long pointer, int count, List<Entry> into) {
        if (count < 0 || count > MAX_HANDLES) {
            return Errno.ENOMEM;
        }
        byte @Nullable [] bytes = file.memory().read(pointer, count * Integer.BYTES);
        if (bytes == null) {
            return Errno.EFAULT;
        }
        ByteBuffer handles = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            Entry entry = find(handles.getInt(i * Integer.BYTES));
            if (entry == null) {
                return Errno.ENOENT;
            }
            into.add(entry);
        }
        return 0;
    }

    /// The points that belong to an array of handles.
    ///
    /// @param pointer to u64 points; 0 stands for zeros
    /// @return null for -EFAULT
    @Nullable List<Long> points(long pointer, int count) {
        List<Long> points = new ArrayList<>();
        byte @Nullable [] bytes =
                pointer == 0
                        ? new byte[count * Long.BYTES]
                        : file.memory().read(pointer, count * Long.BYTES);
        if (bytes == null) {
            return null;
        }
        ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            points.add(values.getLong(i * Long.BYTES));
        }
        return points;
    }
}
