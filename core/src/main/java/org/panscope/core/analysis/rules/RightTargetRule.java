package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.Ringer;

import java.util.List;

/// I9. A stale page rings the doorbell of whoever has the slot now (D2).
final class RightTargetRule extends Rule {
    RightTargetRule() {
        super(
                new RuleInfo(
                        "I9",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "A doorbell reaches the group it was meant for, or nobody.",
                        List.of(DbRing.class),
                        "which group a store was meant for, where nobody told"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        DbRing ring = (DbRing) moment.event();
        Long target = ring.targetGid();
        Long intended = ring.intendedGid();
        GroupFacts reached = machine.group(target);
        if (intended == null
                && reached != null
                && reached.isDestroyed
                && ring.by() == Ringer.USER_PAGE) {
            report(
                    List.of(reached.id()),
                    "a doorbell page of a handle that is destroyed rang group "
                            + reached.gid
                            + " on slot "
                            + reached.slot
                            + ".",
                    reached.destroyedSeq,
                    moment.seq());
        } else if (target != null && intended != null && !target.equals(intended)) {
            report(
                    List.of(ObjectId.of("group", intended), ObjectId.of("group", target)),
                    "a doorbell meant for group "
                            + intended
                            + " rang group "
                            + target
                            + " on slot "
                            + ((ring.doorbellId() == null ? 0 : ring.doorbellId()) - 1)
                            + ".",
                    moment.seq());
        }
    }
}
