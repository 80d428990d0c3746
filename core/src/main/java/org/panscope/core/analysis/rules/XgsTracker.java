package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.XgsEvent.XgsFormat;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsOpKind;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Keeps the XGS part of a [Machine] up to date.
final class XgsTracker {
    private static final List<XgsOpKind> KINDS =
            List.of(
                    XgsOpKind.WAIT_LE,
                    XgsOpKind.WAIT_GT,
                    XgsOpKind.SIGNAL_SET,
                    XgsOpKind.SIGNAL_ADD);

    private static final int BUSY = -16;

    private final Machine machine;

    XgsTracker(Machine machine) {
        this.machine = machine;
    }

    void note(XgsQueue event, Moment moment) {
        XgsQueueFacts queue = queue(event.xq());
        queue.fileId = event.fileId();
        Integer vm = event.vmId();
        queue.vmId = vm == null ? queue.vmId : vm;
        Boolean eventfd = event.hasEventfd();
        queue.hasEventfd = eventfd == null ? queue.hasEventfd : eventfd;
        if (event.step() == XgsQueueStep.DESTROY) {
            queue.destroyedSeq = moment.seq();
        }
    }

    void note(XgsJob event, Moment moment) {
        XgsJobFacts job =
                machine.xgsJobs.computeIfAbsent(
                        event.job(), id -> new XgsJobFacts(id, queue(event.xq())));
        String finished = event.finished();
        job.finished = finished == null ? job.finished : finished;
        switch (event.step()) {
            case CREATED -> {
                job.createdSeq = moment.seq();
                submitted(job, event.opArray());
            }
            case TIMEOUT -> job.timeoutSeq = moment.seq();
            case CANCELLED -> job.cancelledSeq = moment.seq();
            case COMPLETED, ERROR -> job.endSeq = moment.seq();
            default -> {}
        }
    }

    void note(XgsOp event, Moment moment) {
        XgsJobFacts job = machine.xgsJobs.get(event.job());
        XgsJobFacts.Op op = job == null ? null : job.op(event.index());
        if (op == null) {
            return;
        }
        op.kind = event.op();
        op.format = event.format();
        op.va = event.va();
        op.operand = event.operand();
        Integer result = event.result();
        if (result == null || Boolean.TRUE.equals(event.skipped())) {
            return;
        }
        op.triedSeq = moment.seq();
        if (result == 0 && op.doneSeq < 0) {
            op.doneSeq = moment.seq();
        } else if (result != 0 && result != BUSY) {
            op.failedSeq = moment.seq();
        }
    }

    void settle(XgsJob event) {
        if (event.step() == XgsJobStep.FREED) {
            machine.xgsJobs.remove(event.job());
        }
    }

    void settle(XgsQueue event) {
        if (event.step() == XgsQueueStep.RELEASE) {
            machine.xgsQueues.remove(event.xq());
        }
    }

    private XgsQueueFacts queue(long xq) {
        return machine.xgsQueues.computeIfAbsent(xq, XgsQueueFacts::new);
    }

    /// Reads `struct drm_panthor_xgs_op` of patch 1/8: u64 addr, u64 value, u8 op, u8 format.
    private static void submitted(XgsJobFacts job, byte @Nullable [] structs) {
        if (structs == null) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(structs).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; (i + 1) * XgsJobFacts.OP_BYTES <= structs.length; i++) {
            XgsJobFacts.Op op = job.op(i);
            if (op == null) {
                return;
            }
            int at = i * XgsJobFacts.OP_BYTES;
            int kind = bytes.get(at + 16) & 0xff;
            op.kind = kind < KINDS.size() ? KINDS.get(kind) : XgsOpKind.UNKNOWN;
            op.format = bytes.get(at + 17) == 1 ? XgsFormat.U64 : XgsFormat.U32;
            op.va = bytes.getLong(at);
            op.operand = bytes.getLong(at + 8);
        }
    }
}
