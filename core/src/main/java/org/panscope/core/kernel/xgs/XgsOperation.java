package org.panscope.core.kernel.xgs;

import org.panscope.core.uapi.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsFormat;
import org.panscope.trace.event.XgsEvent.XgsOpKind;

import java.nio.ByteBuffer;

/// The kernel's copy of a `drm_panthor_xgs_op`. That it has been executed is remembered in a bit of
/// its own flags, which nobody clears in what the caller passes.
///
/// RFC patch 6/8: panthor_xgs.c, DRM_PANTHOR_XGS_OP_COMPLETED
public final class XgsOperation {
    /// The kernel's own bit of the flags.
    public static final int COMPLETED = 1 << 15;

    private final long addr;
    private final long value;
    private final int op;
    private final int format;
    private int flags;

    private XgsOperation(long addr, long value, int op, int format, int flags) {
        this.addr = addr;
        this.value = value;
        this.op = op;
        this.format = format;
        this.flags = flags;
    }

    /// Reads the struct. Neither padding nor ranges are looked at.
    public static XgsOperation decode(ByteBuffer struct) {
        return new XgsOperation(
                struct.getLong(XgsOp.ADDR),
                struct.getLong(XgsOp.VALUE),
                struct.get(XgsOp.OP) & 0xff,
                struct.get(XgsOp.FORMAT) & 0xff,
                struct.getShort(XgsOp.FLAGS) & 0xffff);
    }

    public long addr() {
        return addr;
    }

    /// Reference of a WAIT, operand of a SIGNAL.
    public long value() {
        return value;
    }

    public XgsOpKind kind() {
        return switch (op) {
            case XgsOp.WAIT_LE -> XgsOpKind.WAIT_LE;
            case XgsOp.WAIT_GT -> XgsOpKind.WAIT_GT;
            case XgsOp.SIGNAL_SET -> XgsOpKind.SIGNAL_SET;
            case XgsOp.SIGNAL_ADD -> XgsOpKind.SIGNAL_ADD;
            default -> XgsOpKind.UNKNOWN;
        };
    }

    public boolean isWait() {
        return op == XgsOp.WAIT_LE || op == XgsOp.WAIT_GT;
    }

    /// Any other format than U64 counts as U32.
    public boolean isSync64() {
        return format == XgsOp.FORMAT_U64;
    }

    public XgsFormat format() {
        return isSync64() ? XgsFormat.U64 : XgsFormat.U32;
    }

    public int flags() {
        return flags;
    }

    public boolean isCompleted() {
        return (flags & COMPLETED) != 0;
    }

    boolean inheritsError() {
        return (flags & XgsOp.INHERIT_ERROR_WAIT) != 0;
    }

    void complete() {
        flags |= COMPLETED;
    }

    /// Whether a value of the object ends the wait: compared unsigned, with all 64 bits of the
    /// reference also when the object has 32.
    boolean isSatisfiedBy(long seen) {
        int order = Long.compareUnsigned(seen, value);
        return op == XgsOp.WAIT_LE ? order <= 0 : order > 0;
    }

    /// What a SIGNAL stores into an object that holds `before`.
    long resultOn(long before) {
        long result = op == XgsOp.SIGNAL_SET ? value : before + value;
        return isSync64() ? result : result & 0xffff_ffffL;
    }
}
