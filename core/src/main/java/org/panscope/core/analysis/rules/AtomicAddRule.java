package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.SyncEvent.SyncMem;
import org.panscope.trace.event.SyncEvent.SyncWriter;
import org.panscope.trace.event.XgsEvent.XgsFormat;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsOpKind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I22. The kernel adds to a word that the GPU may add to at the same time.
final class AtomicAddRule extends Rule {
    /// Sync objects that are watched at a time.
    private static final int MOST_WORDS = 10_000;

    private final Map<ObjectId, Long> stored = new LinkedHashMap<>();

    AtomicAddRule() {
        super(
                new RuleInfo(
                        "I22",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "SIGNAL_ADD adds: the value after it is the value before it plus its"
                                + " operand, and nobody stores in between.",
                        List.of(XgsOp.class, SyncMem.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        if (moment.event() instanceof SyncMem store) {
            ObjectId id = ObjectId.sync(store.vmId(), store.va());
            if (store.writer() == SyncWriter.XGS
                    && (stored.size() < MOST_WORDS || stored.containsKey(id))) {
                stored.put(id, store.oldValue());
            } else {
                stored.remove(id);
            }
            return;
        }
        XgsOp op = (XgsOp) moment.event();
        Long before = op.before();
        Long after = op.after();
        Integer result = op.result();
        if (op.op() != XgsOpKind.SIGNAL_ADD
                || before == null
                || after == null
                || result == null
                || result != 0
                || Boolean.TRUE.equals(op.skipped())) {
            return;
        }
        long mask = op.format() == XgsFormat.U32 ? 0xffff_ffffL : -1L;
        XgsJobFacts job = machine.xgsJobs.get(op.job());
        Integer vm = job == null ? null : job.queue.vmId;
        Long held = vm == null ? null : stored.get(ObjectId.sync(vm, op.va()));
        if (((before + op.operand()) & mask) != (after & mask)) {
            report(
                    List.of(ObjectId.of("xgs-job", op.job())),
                    "SIGNAL_ADD of XGS job "
                            + op.job()
                            + " found "
                            + before
                            + ", was to add "
                            + op.operand()
                            + " and left "
                            + after
                            + ".",
                    moment.seq());
        } else if (held != null && (held & mask) != (before & mask)) {
            report(
                    List.of(ObjectId.of("xgs-job", op.job())),
                    "SIGNAL_ADD of XGS job "
                            + op.job()
                            + " loaded "
                            + before
                            + " and stored over "
                            + held
                            + ": a store in between is lost.",
                    moment.seq());
        }
    }
}
