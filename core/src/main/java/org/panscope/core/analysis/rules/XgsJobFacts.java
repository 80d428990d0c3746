package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.XgsEvent.XgsFormat;
import org.panscope.trace.event.XgsEvent.XgsOpKind;

import java.util.ArrayList;
import java.util.List;

/// What is known of an XGS job.
final class XgsJobFacts {
    /// `struct drm_panthor_xgs_op` of the series: op, format, address, operand.
    static final int OP_BYTES = 24;

    /// More operations of one job are not kept.
    private static final int MAX_OPS = 4096;

    final long job;
    final XgsQueueFacts queue;
    final List<Op> ops = new ArrayList<>();
    long createdSeq = -1;
    long timeoutSeq = -1;
    long cancelledSeq = -1;
    long endSeq = -1;
    @Nullable String finished;

    /// An operation as submitted, and what became of it.
    static final class Op {
        final int index;
        @Nullable XgsOpKind kind;
        @Nullable XgsFormat format;
        long va;
        long operand;

        /// When it was executed to its end, or -1.
        long doneSeq = -1;

        /// When it failed, or -1; being told to wait is no failure.
        long failedSeq = -1;

        /// When it was tried last, or -1.
        long triedSeq = -1;

        Op(int index) {
            this.index = index;
        }

        boolean isWait() {
            return kind == XgsOpKind.WAIT_GT || kind == XgsOpKind.WAIT_LE;
        }

        boolean isSignal() {
            return kind == XgsOpKind.SIGNAL_SET || kind == XgsOpKind.SIGNAL_ADD;
        }

        boolean isSatisfiedBy(long value) {
            boolean wide = format != XgsFormat.U32;
            long seen = wide ? value : value & 0xffff_ffffL;
            int order = Long.compareUnsigned(seen, operand);
            return kind == XgsOpKind.WAIT_GT ? order > 0 : order <= 0;
        }

        String text() {
            return kind + " 0x" + Long.toHexString(va) + ", " + Long.toUnsignedString(operand);
        }
    }

    XgsJobFacts(long job, XgsQueueFacts queue) {
        this.job = job;
        this.queue = queue;
    }

    ObjectId id() {
        return ObjectId.of("xgs-job", job);
    }

    /// The operation of that index, made when it was not heard of; null for an absurd index.
    @Nullable Op op(int index) {
        if (index < 0 || index >= MAX_OPS) {
            return null;
        }
        while (ops.size() <= index) {
            ops.add(new Op(ops.size()));
        }
        return ops.get(index);
    }
}
