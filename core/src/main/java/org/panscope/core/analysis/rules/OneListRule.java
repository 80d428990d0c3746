package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.ListNode;
import org.panscope.trace.event.SchedEvent.Tick;
import org.panscope.trace.event.SchedEvent.TickPhase;

import java.util.List;

/// I1. The state behind "the same group is scheduled twice": `tick_ctx_init` assumes that the
/// `run_node` of a group on slot is free.
final class OneListRule extends Rule {
    OneListRule() {
        super(
                new RuleInfo(
                        "I1",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "A group's run_node is in at most one list, and in none while the group is"
                                + " on a CSG slot, outside the tick.",
                        List.of(GroupList.class, Bind.class, Tick.class),
                        "list moves no event tells of"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        if (moment.event() instanceof GroupList list && list.node() == ListNode.RUN_NODE) {
            moved(list, moment, machine);
        } else if (moment.event() instanceof Tick tick && tick.phase() == TickPhase.END) {
            for (GroupFacts group : machine.groups()) {
                if (group.isOnSlot() && group.list != GroupListName.NONE) {
                    report(
                            List.of(group.id()),
                            "when the tick ended, group "
                                    + group.gid
                                    + " was on slot "
                                    + group.slot
                                    + " and still on list "
                                    + group.list.label()
                                    + ".",
                            group.movedSeq,
                            moment.seq());
                }
            }
        }
    }

    private void moved(GroupList list, Moment moment, Machine machine) {
        GroupFacts group = machine.group(list.gid());
        if (group == null) {
            return;
        }
        if (Boolean.TRUE.equals(list.doubleLinked())) {
            report(
                    List.of(group.id()),
                    list.site()
                            + " added group "
                            + group.gid
                            + " to "
                            + list.to().label()
                            + " while its run_node was still "
                            + (list.from() == GroupListName.NONE
                                    ? "linked"
                                    : "on " + list.from().label())
                            + ": both lists are torn.",
                    moment.seq());
        } else if (group.isOnSlot()
                && !machine.isTicking
                && list.to() != GroupListName.NONE
                && list.to() != GroupListName.STOPPED) {
            report(
                    List.of(group.id()),
                    list.site()
                            + " put group "
                            + group.gid
                            + " on list "
                            + list.to().label()
                            + " although it is on slot "
                            + group.slot
                            + ".",
                    moment.seq());
        }
    }
}
