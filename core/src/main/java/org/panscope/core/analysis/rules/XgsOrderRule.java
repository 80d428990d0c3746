package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsOp;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I16. `panthor_xgs_try_run`.
final class XgsOrderRule extends Rule {
    private static final int MAX_QUEUED = 10_000;

    private final Map<Long, ArrayDeque<Long>> pushed = new LinkedHashMap<>();

    XgsOrderRule() {
        super(
                new RuleInfo(
                        "I16",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "An XGS operation is executed once and not before the one in front of"
                                + " it is done or has failed; jobs of one XGS queue complete in the"
                                + " order they were pushed.",
                        List.of(XgsOp.class, XgsJob.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case XgsOp op -> executed(op, moment, machine);
            case XgsJob job -> stepped(job, moment);
            default -> {}
        }
    }

    private void executed(XgsOp event, Moment moment, Machine machine) {
        XgsJobFacts job = machine.xgsJobs.get(event.job());
        Integer result = event.result();
        if (job == null || result == null || result != 0 || Boolean.TRUE.equals(event.skipped())) {
            return;
        }
        XgsJobFacts.Op op = job.op(event.index());
        if (op == null) {
            return;
        }
        if (op.doneSeq != moment.seq()) {
            report(
                    List.of(job.id()),
                    "operation "
                            + op.index
                            + " of XGS job "
                            + job.job
                            + " ("
                            + op.text()
                            + ") was executed again.",
                    op.doneSeq,
                    moment.seq());
        }
        Integer inherited = event.errPassed();
        if (inherited != null && inherited != 0) {
            return; // a SIGNAL behind an error: the WAITs in front of it have failed
        }
        for (int i = 0; i < op.index; i++) {
            XgsJobFacts.Op before = job.ops.get(i);
            if (before.kind != null && before.doneSeq < 0 && before.failedSeq < 0) {
                report(
                        List.of(job.id()),
                        "operation "
                                + op.index
                                + " of XGS job "
                                + job.job
                                + " was executed before"
                                + " operation "
                                + i
                                + " ("
                                + before.text()
                                + ") was done.",
                        before.triedSeq,
                        moment.seq());
                return;
            }
        }
    }

    private void stepped(XgsJob event, Moment moment) {
        ArrayDeque<Long> order = pushed.computeIfAbsent(event.xq(), xq -> new ArrayDeque<>());
        switch (event.step()) {
            case PUSHED -> {
                if (order.size() < MAX_QUEUED) {
                    order.addLast(event.job());
                }
            }
            case COMPLETED, ERROR, TIMEOUT, CANCELLED -> {
                Long first = order.peekFirst();
                if (first != null && first != event.job() && order.remove(event.job())) {
                    report(
                            List.of(ObjectId.of("xgs-job", event.job())),
                            "XGS job "
                                    + event.job()
                                    + " ended before XGS job "
                                    + first
                                    + ", which was pushed to the same queue earlier.",
                            moment.seq());
                } else if (first != null && first == event.job()) {
                    order.removeFirst();
                }
            }
            case FREED -> order.remove(event.job());
            default -> {}
        }
    }
}
