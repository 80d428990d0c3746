package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.trace.event.KernelEvent.CreateStep;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.KickBranch;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.GroupList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I4. GROUP_CREATE publishes the handle before it links the group (race R1).
final class LinkedFirstRule extends Rule {
    private static final String CREATOR = "panthor_group_create";

    private final Map<Long, Long> early = new LinkedHashMap<>();

    LinkedFirstRule() {
        super(
                new RuleInfo(
                        "I4",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "Nobody schedules, binds or maps a group before its creator has linked"
                                + " it.",
                        List.of(
                                GroupCreateStep.class,
                                GroupList.class,
                                Bind.class,
                                Kick.class,
                                DbFault.class),
                        "groups whose creation is not in the trace"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case GroupList list when !list.site().equals(CREATOR) ->
                    used(list.gid(), list.site() + " moved", moment, machine);
            case Bind bind -> used(bind.gid(), "a tick bound", moment, machine);
            case Kick kick when kick.branch() == KickBranch.SCHEDULE ->
                    used(kick.gid(), "GROUP_KICK scheduled", moment, machine);
            case DbFault fault when fault.gid() != null ->
                    used(fault.gid(), "a doorbell fault resolved", moment, machine);
            case GroupCreateStep step when step.step() == CreateStep.RETURNED ->
                    early.remove(step.gid());
            default -> {}
        }
    }

    private void used(@Nullable Long gid, String what, Moment moment, Machine machine) {
        GroupFacts group = machine.group(gid);
        if (group != null
                && group.isCreationSeen
                && !group.isLinked
                && early.putIfAbsent(group.gid, moment.seq()) == null) {
            report(
                    List.of(group.id()),
                    what
                            + " group "
                            + group.gid
                            + " before GROUP_CREATE had linked it: handle "
                            + group.handle
                            + " is published too early.",
                    moment.seq());
        }
    }
}
