package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsOp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// I36. Whoever waits for them waits for ever.
final class UnexecutedSignalRule extends Rule {
    UnexecutedSignalRule() {
        super(
                new RuleInfo(
                        "I36",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "The SIGNAL operations behind a WAIT that timed out are executed, with"
                                + " its error.",
                        List.of(XgsJob.class, XgsOp.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        if (!(moment.event() instanceof XgsJob event) || event.step() != XgsJobStep.FREED) {
            return;
        }
        XgsJobFacts job = machine.xgsJobs.get(event.job());
        if (job == null || job.timeoutSeq < 0) {
            return;
        }
        List<String> left = new ArrayList<>();
        List<ObjectId> objects = new ArrayList<>();
        objects.add(job.id());
        Integer vm = job.queue.vmId;
        for (XgsJobFacts.Op op : job.ops) {
            if (op.isSignal() && op.doneSeq < 0) {
                left.add(op.text());
                if (vm != null) {
                    objects.add(ObjectId.sync(vm, op.va));
                }
            }
        }
        if (!left.isEmpty()) {
            report(
                    objects,
                    "XGS job "
                            + job.job
                            + " timed out and its "
                            + Texts.list(left)
                            + " was never executed"
                            + waiters(job, machine)
                            + ".",
                    job.createdSeq,
                    job.timeoutSeq,
                    moment.seq());
        }
    }

    private static String waiters(XgsJobFacts job, Machine machine) {
        List<String> waiters = new ArrayList<>();
        for (GroupFacts group : machine.groups()) {
            for (QueueFacts queue : group.queues) {
                SyncWait wait = queue.wait;
                if (wait != null
                        && Objects.equals(group.vmId, job.queue.vmId)
                        && job.ops.stream().anyMatch(op -> op.isSignal() && op.va == wait.va())) {
                    waiters.add(queue.title());
                }
            }
        }
        return waiters.isEmpty()
                ? ""
                : "; "
                        + Texts.list(waiters)
                        + (waiters.size() == 1 ? " waits" : " wait")
                        + " for it";
    }
}
