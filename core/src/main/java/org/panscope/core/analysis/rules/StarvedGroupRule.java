package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.GroupList;
import org.panscope.trace.event.SchedEvent.GroupMasks;
import org.panscope.trace.event.SchedEvent.Unbind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// C5. A queue starves while another of lower priority runs.
final class StarvedGroupRule extends Rule {
    private final Map<Long, Long> waitingSince = new LinkedHashMap<>();
    private final Map<Long, Long> told = new LinkedHashMap<>();

    StarvedGroupRule() {
        super(
                new RuleInfo(
                        "C5",
                        Severity.WARNING,
                        Blame.DRIVER,
                        "No group waits 20 ms for a slot while a group of lower priority has"
                                + " one.",
                        List.of(GroupList.class, Bind.class, Unbind.class, GroupMasks.class),
                        "priorities inside one group"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        long gid =
                switch (moment.event()) {
                    case GroupList list -> list.gid();
                    case Bind bind -> bind.gid();
                    case Unbind unbind -> unbind.gid();
                    case GroupMasks masks -> masks.gid();
                    default -> -1;
                };
        GroupFacts group = machine.group(gid);
        if (group == null || !isWaiting(group)) {
            waitingSince.remove(gid);
            told.remove(gid);
        } else if (waitingSince.putIfAbsent(gid, moment.timeNs()) == null) {
            wakeBy(moment.timeNs() + Machine.WAKE_NS);
        }
    }

    private static boolean isWaiting(GroupFacts group) {
        boolean isListed =
                switch (group.list) {
                    case RUNNABLE, TICK_OLD, TICK_NEW -> true;
                    default -> false;
                };
        return isListed && !group.isOnSlot() && group.canRun() && !group.isIdle();
    }

    @Override
    public void wake(long nowNs, long seq, Machine machine) {
        for (Map.Entry<Long, Long> waiting : waitingSince.entrySet()) {
            long dueNs = waiting.getValue() + Machine.WAKE_NS;
            if (nowNs >= dueNs) {
                judge(machine.group(waiting.getKey()), nowNs - waiting.getValue(), seq, machine);
            } else {
                wakeBy(dueNs);
            }
        }
        if (!waitingSince.isEmpty()) {
            wakeBy(nowNs + Machine.WAKE_NS);
        }
    }

    private void judge(@Nullable GroupFacts group, long forNs, long seq, Machine machine) {
        if (group == null || told.containsKey(group.gid)) {
            return;
        }
        for (GroupFacts other : machine.groups()) {
            if (other.isOnSlot() && !other.isIdle() && other.priority < group.priority) {
                told.put(group.gid, seq);
                report(
                        List.of(group.id(), other.id()),
                        "group "
                                + group.gid
                                + " of priority "
                                + group.priority
                                + " waits for a slot since "
                                + Texts.duration(forNs)
                                + " while group "
                                + other.gid
                                + " of priority "
                                + other.priority
                                + " is on slot "
                                + other.slot
                                + ".",
                        group.movedSeq,
                        seq);
                return;
            }
        }
    }
}
