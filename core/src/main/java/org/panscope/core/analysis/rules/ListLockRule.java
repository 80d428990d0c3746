package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.SchedWork;
import org.panscope.trace.event.SchedEvent.WorkStep;

import java.util.List;

/// I5. The reset path moves groups under `reset.lock` alone (race R2).
final class ListLockRule extends Rule {
    private long runningSeq = -1;
    private String running = "";

    ListLockRule() {
        super(
                new RuleInfo(
                        "I5",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "A group's list is changed with the scheduler's lock held, or with the"
                                + " reset lock while a reset is in progress and no work of the"
                                + " scheduler runs.",
                        List.of(GroupList.class, SchedWork.class),
                        "a lock given back and taken again between two events of one thread"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        if (moment.event() instanceof SchedWork work) {
            worked(work, moment);
            return;
        }
        GroupList list = (GroupList) moment.event();
        Boolean sched = moment.holds("sched");
        if (sched == null || sched) {
            return;
        }
        if (!Boolean.TRUE.equals(moment.holds("reset")) || !machine.isResetting) {
            report(
                    List.of(ObjectId.of("group", list.gid())),
                    list.site()
                            + " moved group "
                            + list.gid()
                            + " from "
                            + list.from().label()
                            + " to "
                            + list.to().label()
                            + " without the scheduler's lock.",
                    moment.seq());
        } else if (runningSeq >= 0) {
            report(
                    List.of(ObjectId.of("group", list.gid())),
                    list.site()
                            + " moved group "
                            + list.gid()
                            + " from "
                            + list.from().label()
                            + " to "
                            + list.to().label()
                            + " with the reset lock alone, while "
                            + running
                            + " was running, which moves groups with the scheduler's lock.",
                    runningSeq,
                    moment.seq());
        }
    }

    private void worked(SchedWork work, Moment moment) {
        if (!work.work().equals("tick") && !work.work().equals("sync_upd")) {
            return;
        }
        if (work.step() == WorkStep.BEGIN) {
            runningSeq = moment.seq();
            running = work.work();
        } else if (work.step() == WorkStep.END) {
            runningSeq = -1;
        }
    }
}
