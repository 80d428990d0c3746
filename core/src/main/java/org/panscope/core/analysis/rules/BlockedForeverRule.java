package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.SyncEvent.SyncWaitEval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I35. Nothing ends the wait of a user-submit queue (V16).
final class BlockedForeverRule extends Rule {
    private static final long LIMIT_NS = 5_000_000_000L;

    private final Map<ObjectId, Long> told = new LinkedHashMap<>();

    BlockedForeverRule() {
        super(
                new RuleInfo(
                        "I35",
                        Severity.WARNING,
                        Blame.DESIGN,
                        "A user-submit queue that is blocked has a timer, or is not blocked"
                                + " for more than 5 s.",
                        List.of(FwCs.class, CsStatus.class, SyncWaitEval.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        if (wakeAtNs() == NEVER) {
            wakeBy(moment.timeNs() + LIMIT_NS);
        }
    }

    @Override
    public void wake(long nowNs, long seq, Machine machine) {
        look(nowNs, seq, machine, false);
        for (GroupFacts group : machine.groups()) {
            for (QueueFacts queue : group.queues) {
                SyncWait wait = queue.wait;
                if (wait != null && wait.sinceNs() + LIMIT_NS > nowNs) {
                    wakeBy(wait.sinceNs() + LIMIT_NS);
                }
            }
        }
    }

    @Override
    public void end(long lastSeq, Machine machine) {
        look(machine.nowNs, lastSeq, machine, machine.isAtRest);
    }

    private void look(long nowNs, long seq, Machine machine, boolean isForever) {
        for (GroupFacts group : machine.groups()) {
            for (QueueFacts queue : group.queues) {
                SyncWait wait = queue.wait;
                if (wait != null
                        && group.isUserSubmit
                        && group.canRun()
                        && (isForever || nowNs - wait.sinceNs() >= LIMIT_NS)
                        && !Long.valueOf(wait.seq()).equals(told.put(queue.id(), wait.seq()))) {
                    report(
                            List.of(queue.id(), group.id()),
                            queue.title()
                                    + " is blocked until "
                                    + wait.text()
                                    + " since "
                                    + Texts.duration(nowNs - wait.sinceNs())
                                    + (isForever ? ", and nothing can happen any more" : "")
                                    + ": no timer ends that.",
                            wait.seq(),
                            seq);
                }
            }
        }
    }
}
