package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.XgsEvent.XgsFormat;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsOpKind;
import org.panscope.trace.schema.Unit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The operations of an XGS job as quantities of it: `op_0` says what it is and what became of it,
/// `op_0_flags` what the caller set.
///
/// ```
///    0  u64  addr      16  u8   op       18  u16  flags
///    8  u64  value     17  u8   format   20  u32  pad
/// ```
///
/// RFC patch 1/8: struct drm_panthor_xgs_op
final class XgsOps {
    /// Operations shown of a job.
    static final int SHOWN = 64;

    private static final int STRUCT_BYTES = 24;
    private static final int VALUE = 8;
    private static final int OP = 16;
    private static final int FORMAT = 17;
    private static final int FLAGS = 18;
    private static final List<XgsOpKind> KINDS =
            List.of(
                    XgsOpKind.WAIT_LE,
                    XgsOpKind.WAIT_GT,
                    XgsOpKind.SIGNAL_SET,
                    XgsOpKind.SIGNAL_ADD);

    private XgsOps() {}

    /// What a new job is to do.
    static void submitted(ObjectEditor job, byte @Nullable [] structs) {
        if (structs == null) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(structs).order(ByteOrder.LITTLE_ENDIAN);
        int count = Math.min(SHOWN, structs.length / STRUCT_BYTES);
        for (int i = 0; i < count; i++) {
            int at = i * STRUCT_BYTES;
            int code = bytes.get(at + OP) & 0xff;
            XgsOpKind kind = code < KINDS.size() ? KINDS.get(code) : XgsOpKind.UNKNOWN;
            XgsFormat format = bytes.get(at + FORMAT) == 1 ? XgsFormat.U64 : XgsFormat.U32;
            job.set(
                            Belief.KERNEL,
                            name(i),
                            text(kind, format, bytes.getLong(at), bytes.getLong(at + VALUE)))
                    .set(
                            Belief.KERNEL,
                            name(i) + "_flags",
                            (long) (bytes.getShort(at + FLAGS) & 0xffff),
                            Unit.HEX);
        }
    }

    /// One operation that a new job is to do.
    static void submitted(ObjectEditor job, XgsOp op) {
        if (op.index() < SHOWN) {
            String what = text(op.op(), op.format(), op.va(), op.operand());
            job.set(Belief.KERNEL, name(op.index()), what);
        }
    }

    /// What became of an operation that was not skipped.
    static void tried(ObjectEditor job, XgsOp op) {
        if (op.index() < SHOWN) {
            Long after = op.after();
            Long before = op.before();
            String outcome =
                    after != null
                            ? "now " + Long.toUnsignedString(after)
                            : before != null && Integer.valueOf(0).equals(op.result())
                                    ? "saw " + Long.toUnsignedString(before)
                                    : "result " + op.result();
            String what = text(op.op(), op.format(), op.va(), op.operand());
            job.set(Belief.KERNEL, name(op.index()), what + ": " + outcome);
        }
    }

    private static String name(int index) {
        return "op_" + index;
    }

    private static String text(XgsOpKind kind, @Nullable XgsFormat format, long va, long operand) {
        return kind.label()
                + (format == null ? "" : " " + format.label())
                + " 0x"
                + Long.toHexString(va)
                + " "
                + Long.toUnsignedString(operand);
    }
}
