package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.KickBranch;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// I28. The ioctl returns 0 whatever it is told.
final class KickArgumentsRule extends Rule {
    private final Map<Integer, long[]> unknown = new TreeMap<>();

    KickArgumentsRule() {
        super(
                new RuleInfo(
                        "I28",
                        Severity.ERROR,
                        Blame.APPLICATION,
                        "GROUP_KICK names a group that exists, and queues that it has.",
                        List.of(Kick.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        Kick kick = (Kick) moment.event();
        GroupFacts group = machine.group(kick.gid());
        if (kick.branch() == KickBranch.NO_GROUP) {
            long[] seen =
                    unknown.computeIfAbsent(
                            kick.handle(), key -> new long[] {moment.seq(), moment.seq(), 0});
            seen[1] = moment.seq();
            seen[2]++;
        } else if (group != null
                && group.queueCount > 0
                && group.queueCount < Long.SIZE
                && kick.mask() >>> group.queueCount != 0) {
            report(
                    List.of(group.id()),
                    "GROUP_KICK was called with queue mask "
                            + Texts.hex(kick.mask())
                            + " for group "
                            + group.gid
                            + ", which has "
                            + Texts.count(group.queueCount, "queue")
                            + "; the ioctl hides it.",
                    moment.seq());
        }
    }

    @Override
    public void end(long lastSeq, Machine machine) {
        unknown.forEach((handle, seen) ->
                report(
                        List.of(),
                        "GROUP_KICK was called with handle "
                                + handle
                                + " while no group had it, "
                                + Texts.count(seen[2], "time")
                                + "; the ioctl hides it.",
                        seen[0],
                        seen[1]));
    }
}
