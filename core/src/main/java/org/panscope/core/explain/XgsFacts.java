package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the operations of XGS jobs have done, and which will never be done.
///
/// ```
///    0  u64  addr      8  u64  value     16  u8   op: 0 LE, 1 GT, 2 SET, 3 ADD
/// ```
///
/// RFC patch 1/8: struct drm_panthor_xgs_op
final class XgsFacts {
    /// Lost signals kept, the oldest go first.
    private static final int MOST_LOST = 10_000;

    private static final int STRUCT_BYTES = 24;
    private static final int OP = 16;

    /// A SIGNAL of a job.
    ///
    /// @param job its job
    /// @param vm address space of its queue, or null
    /// @param index of the operation
    /// @param va sync object
    /// @param value operand
    /// @param isAdd whether the operand is added
    record Signal(long job, @Nullable Integer vm, int index, long va, long value, boolean isAdd) {
        String text() {
            return (isAdd ? "SIGNAL_ADD " : "SIGNAL_SET ") + Long.toUnsignedString(value);
        }
    }

    /// A SIGNAL that was not executed before its job ended.
    ///
    /// @param seq event that ended the job
    /// @param how `timeout`, `cancelled` or `error`
    record Lost(Signal signal, long seq, String how) {}

    private record Job(long xq, List<Signal> signals, BitSet executed) {}

    private final Map<Long, Integer> vmOfQueue = new LinkedHashMap<>();
    private final Map<Long, Job> jobs = new LinkedHashMap<>();
    private final List<Lost> lost = new ArrayList<>();

    void queue(XgsQueue queue) {
        if (queue.vmId() != null) {
            vmOfQueue.put(queue.xq(), queue.vmId());
        }
        if (queue.step() == XgsQueueStep.RELEASE) {
            vmOfQueue.remove(queue.xq());
        }
    }

    void job(long seq, XgsJob event) {
        switch (event.step()) {
            case CREATED ->
                    jobs.put(event.job(), new Job(event.xq(), signals(event), new BitSet()));
            case TIMEOUT, CANCELLED, ERROR -> {
                for (Signal signal : pending(event.job())) {
                    lost.add(new Lost(signal, seq, event.step().label()));
                    if (lost.size() > MOST_LOST) {
                        lost.removeFirst();
                    }
                }
                jobs.remove(event.job());
            }
            case COMPLETED, FREED -> jobs.remove(event.job());
            default -> {}
        }
    }

    private List<Signal> signals(XgsJob event) {
        byte[] array = event.opArray();
        List<Signal> signals = new ArrayList<>();
        if (array == null) {
            return signals;
        }
        Integer vm = vmOfQueue.get(event.xq());
        ByteBuffer bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < array.length / STRUCT_BYTES; i++) {
            int at = i * STRUCT_BYTES;
            int op = bytes.get(at + OP) & 0xff;
            if (op == 2 || op == 3) {
                signals.add(
                        new Signal(
                                event.job(),
                                vm,
                                i,
                                bytes.getLong(at),
                                bytes.getLong(at + Long.BYTES),
                                op == 3));
            }
        }
        return signals;
    }

    void op(XgsOp op) {
        Job job = jobs.get(op.job());
        Integer result = op.result();
        if (job != null && result != null && result == 0 && !Boolean.TRUE.equals(op.skipped())) {
            job.executed().set(op.index());
        }
    }

    /// The SIGNALs of a job that is not over which have not been executed.
    List<Signal> pending(long job) {
        Job known = jobs.get(job);
        return known == null
                ? List.of()
                : known.signals().stream()
                        .filter(signal -> !known.executed().get(signal.index()))
                        .toList();
    }

    /// The SIGNALs that jobs which are not over are still to execute.
    List<Signal> pending() {
        return jobs.keySet().stream().flatMap(job -> pending(job).stream()).toList();
    }

    /// The SIGNALs that were never executed.
    List<Lost> lost() {
        return lost;
    }
}
