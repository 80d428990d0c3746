package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupListName;
import org.panscope.trace.event.SchedEvent.GroupMasks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I13. As of v6.12 suspended groups go to the idle list whatever they have to do (S1).
final class RunnableListRule extends Rule {
    private final Map<Long, Long> wrongSince = new LinkedHashMap<>();
    private final Map<Long, Long> reported = new LinkedHashMap<>();

    RunnableListRule() {
        super(
                new RuleInfo(
                        "I13",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "A group that has work, can run and is off slot stands on a runnable"
                                + " list, not on an idle list.",
                        List.of(GroupList.class, GroupMasks.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        long gid =
                moment.event() instanceof GroupList list
                        ? list.gid()
                        : ((GroupMasks) moment.event()).gid();
        GroupFacts group = machine.group(gid);
        if (group == null || !isWrong(group)) {
            wrongSince.remove(gid);
            reported.remove(gid);
        } else {
            wrongSince.putIfAbsent(gid, moment.timeNs());
            wakeBy(moment.timeNs() + Machine.WAKE_NS);
        }
    }

    private static boolean isWrong(GroupFacts group) {
        return group.list == GroupListName.IDLE
                && !group.isOnSlot()
                && group.isLinked
                && group.canRun()
                && !group.isIdle();
    }

    @Override
    public void wake(long nowNs, long seq, Machine machine) {
        for (Map.Entry<Long, Long> wrong : wrongSince.entrySet()) {
            long dueNs = wrong.getValue() + Machine.WAKE_NS;
            if (nowNs >= dueNs) {
                judge(wrong.getKey(), nowNs - wrong.getValue(), seq, machine);
            } else {
                wakeBy(dueNs);
            }
        }
    }

    @Override
    public void end(long lastSeq, Machine machine) {
        if (machine.isAtRest) {
            wrongSince.forEach((gid, since) -> judge(gid, machine.nowNs - since, lastSeq, machine));
        }
    }

    private void judge(long gid, long forNs, long seq, Machine machine) {
        GroupFacts group = machine.group(gid);
        if (group == null || !isWrong(group) || reported.putIfAbsent(gid, seq) != null) {
            return;
        }
        report(
                List.of(group.id()),
                "group "
                        + gid
                        + " has work and is on list idle since "
                        + Texts.duration(forNs)
                        + ": a tick looks there only when slots are free, and GROUP_KICK moves"
                        + " only groups that were idle (S1).",
                group.movedSeq,
                seq);
    }
}
