package org.panscope.core.analysis.capture;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.Severity;
import org.panscope.core.capture.pairing.Pair;
import org.panscope.core.state.ObjectId;

import java.util.List;

/// C9. A group that is scheduled twice shows on a real board, where panthor's functions are probed:
/// it is bound while it is bound already, or a slot is taken that another group still holds
/// (`panthor_sched.c: group_bind_locked`, which warns of both).
final class BoundOnceRule extends CaptureRule {
    BoundOnceRule() {
        super(
                RuleInfo.ofCaptures(
                        "C9",
                        Severity.ERROR,
                        "A group is on one CSG slot at a time, and a slot holds one group.",
                        List.of("group_bind_locked", "group_unbind_locked"),
                        "bindings before a CPU's first event, or across lost events; the probes do"
                                + " not tell whether a binding was refused"));
    }

    @Override
    public void excluded(Pair before, Pair pair) {
        String how =
                before.name().equals(pair.name())
                        ? " while it is on " + before.owner() + " already."
                        : ", which " + before.name() + " still holds.";
        String slot = pair.owner().substring(pair.owner().indexOf(' ') + 1);
        report(
                List.of(new ObjectId("slot", slot)),
                pair.name() + " is bound to " + pair.owner() + how,
                before.beginSeq(),
                pair.beginSeq());
    }
}
