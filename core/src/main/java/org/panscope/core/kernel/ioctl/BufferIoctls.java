package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.uapi.BoCreateArgs;
import org.panscope.core.uapi.BoQueryInfoArgs;
import org.panscope.core.uapi.BoSetLabelArgs;
import org.panscope.core.uapi.BoSyncArgs;
import org.panscope.core.uapi.BoSyncOp;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.SetUserMmioOffsetArgs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What mainline added for buffer objects and mappings: BO_SET_LABEL, BO_SYNC, BO_QUERY_INFO and
/// SET_USER_MMIO_OFFSET. CPU caches hold nothing here, so BO_SYNC takes time and does no more.
///
/// kernel: panthor_drv.c (2026)
final class BufferIoctls {
    private final PanthorFile file;

    BufferIoctls(PanthorFile file) {
        this.file = file;
    }

    int setLabel(ByteBuffer args) {
        if (args.getInt(BoSetLabelArgs.PAD) != 0) {
            return Errno.EINVAL;
        }
        GemObject bo = file.objects().get(args.getInt(BoSetLabelArgs.HANDLE));
        if (bo == null) {
            return Errno.ENOENT;
        }
        long pointer = args.getLong(BoSetLabelArgs.LABEL);
        if (pointer == 0) {
            bo.setLabel("");
            return 0;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int result = readString(pointer, text);
        if (result == 0) {
            bo.setLabel(text.toString(StandardCharsets.UTF_8));
        }
        return result;
    }

    /// `strndup_user` of what has to end within the longest label.
    private int readString(long pointer, ByteArrayOutputStream into) {
        for (int i = 0; i < BoSetLabelArgs.MAX_LABEL_BYTES; i++) {
            byte @Nullable [] next = file.memory().read(pointer + i, 1);
            if (next == null) {
                return Errno.EFAULT;
            }
            if (next[0] == 0) {
                return 0;
            }
            into.write(next[0]);
        }
        return Errno.E2BIG;
    }

    int sync(ByteBuffer args) {
        UserArray ops =
                new UserArray(
                        file.memory(), args, BoSyncArgs.OPS, BoSyncOp.SIZE, BoSyncOp.MIN_SIZE);
        if (ops.errno() != 0) {
            return ops.errno();
        }
        for (ByteBuffer op : ops.elements()) {
            int result = syncOne(op);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    private int syncOne(ByteBuffer op) {
        GemObject bo = file.objects().get(op.getInt(BoSyncOp.HANDLE));
        if (bo == null) {
            return Errno.ENOENT;
        }
        long offset = op.getLong(BoSyncOp.OFFSET);
        long bytes = op.getLong(BoSyncOp.RANGE_SIZE);
        int type = op.getInt(BoSyncOp.TYPE);
        boolean fits =
                Long.compareUnsigned(offset, bo.sizeBytes()) <= 0
                        && Long.compareUnsigned(bytes, bo.sizeBytes() - offset) <= 0;
        boolean known =
                type == BoSyncOp.CPU_CACHE_FLUSH || type == BoSyncOp.CPU_CACHE_FLUSH_AND_INVALIDATE;
        if (!fits || !known) {
            return Errno.EINVAL;
        }
        file.kernel().spend(file.kernel().timings().bufferNs());
        return 0;
    }

    int queryInfo(ByteBuffer args) {
        GemObject bo = file.objects().get(args.getInt(BoQueryInfoArgs.HANDLE));
        if (bo == null) {
            return Errno.ENOENT;
        }
        int flags =
                (bo.isNoMmap() ? BoCreateArgs.NO_MMAP : 0)
                        | (bo.isWriteBack() ? BoCreateArgs.WB_MMAP : 0);
        args.putInt(BoQueryInfoArgs.EXTRA_FLAGS, 0);
        args.putInt(BoQueryInfoArgs.CREATE_FLAGS, flags);
        args.putInt(BoQueryInfoArgs.PAD, 0);
        return 0;
    }

    int setUserMmioOffset(ByteBuffer args) {
        long offset = args.getLong(SetUserMmioOffsetArgs.OFFSET);
        if (offset != MmapSpace.FLUSH_ID_32BIT && offset != MmapSpace.FLUSH_ID) {
            return Errno.EINVAL;
        }
        file.setUserMmioOffset(offset);
        return 0;
    }
}
