package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.SchedEvent.Reset;
import org.panscope.trace.event.SchedEvent.SchedWork;
import org.panscope.trace.event.SchedEvent.WorkStep;

import java.util.List;

/// I6. `sched_queue_work` tests the reset flag and then queues (race R2).
final class ResetWorkRule extends Rule {
    ResetWorkRule() {
        super(
                new RuleInfo(
                        "I6",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "No tick and no sync_upd runs between the moment a reset has cancelled"
                                + " them and its end.",
                        List.of(SchedWork.class, Reset.class),
                        "works nobody told of"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        if (moment.event() instanceof SchedWork work
                && work.step() == WorkStep.BEGIN
                && machine.worksCancelledSeq >= 0
                && (work.work().equals("tick") || work.work().equals("sync_upd"))) {
            report(
                    List.of(ObjectId.parse("device:gpu")),
                    "work "
                            + work.work()
                            + " began to run while a reset was in progress, after the reset"
                            + " had cancelled it.",
                    machine.worksCancelledSeq,
                    moment.seq());
        }
    }
}
