package org.panscope.core.user;

import org.panscope.core.uapi.SyncOp;
import org.panscope.core.uapi.UserMemory;

import java.nio.ByteBuffer;
import java.util.List;

/// A syncobj a job waits for or signals (`drm_panthor_sync_op`).
///
/// @param syncobj handle
/// @param signal signal it when done, else wait for it first
/// @param point of a timeline syncobj; 0 for a binary one
public record SyncWish(int syncobj, boolean signal, long point) {

    static final int STRIDE = SyncOp.SIZE;

    /// The struct.
    ByteBuffer struct() {
        int type = point == 0 ? SyncOp.HANDLE_TYPE_SYNCOBJ : SyncOp.HANDLE_TYPE_TIMELINE_SYNCOBJ;
        ByteBuffer op = UserMemory.struct(SyncOp.SIZE);
        op.putInt(SyncOp.FLAGS, type | (signal ? SyncOp.SIGNAL : 0));
        op.putInt(SyncOp.HANDLE, syncobj);
        op.putLong(SyncOp.TIMELINE_VALUE, point);
        return op;
    }

    static List<ByteBuffer> structsOf(List<SyncWish> wishes) {
        return wishes.stream().map(SyncWish::struct).toList();
    }
}
