package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.KernelEvent.Eventfd;
import org.panscope.trace.event.SchedEvent.FwEvent;
import org.panscope.trace.event.XgsEvent.XgsOp;
import org.panscope.trace.event.XgsEvent.XgsOpKind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I32. An eventfd that is not signalled leaves its reader asleep.
final class EventfdCountRule extends Rule {
    private final Map<String, long[]> owed = new LinkedHashMap<>();

    EventfdCountRule() {
        super(
                new RuleInfo(
                        "I32",
                        Severity.WARNING,
                        Blame.DRIVER,
                        "Each sync update the firmware reports for a user-submit group with an"
                            + " eventfd counts it up by one, and so does each executed XGS SIGNAL"
                            + " of a queue with one.",
                        List.of(FwEvent.class, Eventfd.class, XgsOp.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case FwEvent event when event.syncUpdate() -> {
                GroupFacts group = machine.group(event.gid());
                if (group != null && group.isUserSubmit && group.hasEventfd) {
                    expect(group.id().toString(), moment);
                }
            }
            case XgsOp op
                    when op.result() != null
                            && op.result() == 0
                            && !Boolean.TRUE.equals(op.skipped())
                            && (op.op() == XgsOpKind.SIGNAL_SET
                                    || op.op() == XgsOpKind.SIGNAL_ADD) -> {
                XgsJobFacts job = machine.xgsJobs.get(op.job());
                if (job != null && job.queue.hasEventfd) {
                    expect(job.queue.id().toString(), moment);
                }
            }
            case Eventfd count when count.after() > count.before() -> counted(count, moment);
            default -> {}
        }
    }

    private void expect(String owner, Moment moment) {
        long[] known = owed.computeIfAbsent(owner, key -> new long[] {0, 0, 0});
        if (known[0] == 0) {
            known[1] = moment.seq();
            known[2] = moment.timeNs();
        }
        known[0]++;
        wakeBy(moment.timeNs() + Machine.WAKE_NS);
    }

    private void counted(Eventfd count, Moment moment) {
        long[] known = owed.get(count.owner());
        long step = count.after() - count.before();
        if (known != null) {
            known[0] = Math.max(0, known[0] - step);
        }
        if (step != 1) {
            report(
                    List.of(ObjectId.of("eventfd", count.eventfd())),
                    "eventfd "
                            + count.eventfd()
                            + " of "
                            + count.owner()
                            + " went up by "
                            + step
                            + " at once.",
                    moment.seq());
        }
    }

    @Override
    public void wake(long nowNs, long seq, Machine machine) {
        owed.forEach((owner, known) -> {
            if (known[0] > 0 && nowNs - known[2] >= Machine.WAKE_NS) {
                tell(owner, known, seq);
            } else if (known[0] > 0) {
                wakeBy(known[2] + Machine.WAKE_NS);
            }
        });
    }

    @Override
    public void end(long lastSeq, Machine machine) {
        if (machine.isAtRest) {
            owed.forEach((owner, known) -> tell(owner, known, lastSeq));
        }
    }

    private void tell(String owner, long[] known, long seq) {
        if (known[0] > 0) {
            report(
                    List.of(ObjectId.parse(owner)),
                    Texts.count(known[0], "sync update")
                            + " of "
                            + owner
                            + " did not count up its eventfd.",
                    known[1],
                    seq);
            known[0] = 0;
        }
    }
}
