package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.KickBranch;
import org.panscope.trace.event.SchedEvent.Pm;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.Ringer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I14. Nothing but idle detection keeps the GPU powered for user work.
final class PowerHeldRule extends Rule {
    private static final String LOOKS_AGAIN = "fix.suspend_recheck";

    private final Map<Long, Hazard> hazards = new LinkedHashMap<>();

    /// The times a group got work without power being held.
    private static final class Hazard {
        final long firstSeq;
        final String what;
        final int slot;
        long lastSeq;
        long count;

        Hazard(long firstSeq, String what, int slot) {
            this.firstSeq = firstSeq;
            this.what = what;
            this.slot = slot;
        }
    }

    PowerHeldRule() {
        super(
                new RuleInfo(
                        "I14",
                        Severity.WARNING,
                        Blame.DRIVER,
                        "While a user-submit group on slot has work, the driver holds the"
                                + " power of the GPU, or looks again before it lets go.",
                        List.of(Pm.class, InsertWrite.class, DbRing.class, Kick.class),
                        "whether a kernel looks again before it suspends, on captures"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case DbRing ring
                    when ring.by() == Ringer.USER_PAGE && ring.page() == DoorbellPage.REAL ->
                    rung(ring.targetGid(), "a doorbell", moment, machine);
            case Kick kick when kick.branch() == KickBranch.DOORBELL ->
                    rung(kick.gid(), "GROUP_KICK", moment, machine);
            default -> {}
        }
    }

    private void rung(@Nullable Long gid, String what, Moment moment, Machine machine) {
        GroupFacts group = machine.group(gid);
        if (group != null
                && group.isUserSubmit
                && group.isOnSlot()
                && machine.powerUsage == 0
                && group.queues.stream().anyMatch(QueueFacts::hasWork)
                && !machine.isSwitchedOn(LOOKS_AGAIN)) {
            Hazard hazard =
                    hazards.computeIfAbsent(
                            group.gid, key -> new Hazard(moment.seq(), what, group.slot));
            hazard.count++;
            hazard.lastSeq = moment.seq();
        }
    }

    @Override
    public void end(long lastSeq, Machine machine) {
        hazards.forEach((gid, hazard) ->
                report(
                        List.of(ObjectId.of("group", gid), ObjectId.parse("device:gpu")),
                        hazard.what
                                + " gave group "
                                + gid
                                + " on slot "
                                + hazard.slot
                                + " work while nobody held the GPU's power: the device may"
                                + " suspend in the middle of it. "
                                + Texts.count(hazard.count, "time")
                                + " in this trace.",
                        hazard.firstSeq,
                        hazard.lastSeq));
    }
}
