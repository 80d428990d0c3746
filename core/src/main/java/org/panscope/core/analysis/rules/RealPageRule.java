package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.DbZap;
import org.panscope.trace.event.KernelEvent.FaultPage;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.Pm;
import org.panscope.trace.event.SchedEvent.PmStep;
import org.panscope.trace.event.SchedEvent.Unbind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I7. A fault reads the doorbell id and inserts the page later (D2, D3).
final class RealPageRule extends Rule {
    private final Map<DoorbellPages.Pte, Long> stale = new LinkedHashMap<>();

    RealPageRule() {
        super(
                new RuleInfo(
                        "I7",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "A mapping shows a real doorbell only while the group of that handle"
                                + " is on that slot and the GPU is powered.",
                        List.of(DbFault.class, DbZap.class, Bind.class, Unbind.class, Pm.class),
                        "mappings made before the trace began"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case DbFault fault when fault.page() == FaultPage.REAL ->
                    inserted(fault, moment, machine);
            case Pm pm when pm.step() == PmStep.SUSPEND_END -> {
                for (DoorbellPages.Pte pte : machine.pages.present()) {
                    if (pte.isReal()) {
                        found(pte, "the GPU lost its power", moment, pte.seq());
                    }
                }
            }
            case Bind bind when bind.result() == 0 -> {
                for (DoorbellPages.Pte pte : machine.pages.present()) {
                    Long gid = pte.gid();
                    if (pte.isReal()
                            && pte.doorbellId() == bind.doorbellId()
                            && gid != null
                            && gid != bind.gid()) {
                        found(pte, "the slot went to group " + bind.gid(), moment, pte.seq());
                    }
                }
            }
            case DbZap zap -> stale.keySet().retainAll(machine.pages.present());
            default -> {}
        }
    }

    private void inserted(DbFault fault, Moment moment, Machine machine) {
        GroupFacts group = machine.group(fault.gid());
        if (machine.isSuspended) {
            report(
                    objects(fault.gid()),
                    "a fault mapped real doorbell "
                            + fault.doorbellId()
                            + " although the GPU has no power; it had read the id "
                            + ago(fault, moment)
                            + " before.",
                    moment.seq());
        } else if (group != null && group.slot + 1 != fault.doorbellId()) {
            report(
                    objects(fault.gid()),
                    "a fault mapped doorbell "
                            + fault.doorbellId()
                            + " for group "
                            + group.gid
                            + ", which by then was "
                            + (group.isOnSlot() ? "on slot " + group.slot : "off slot")
                            + "; it had read the id "
                            + ago(fault, moment)
                            + " before.",
                    moment.seq());
        }
    }

    private void found(DoorbellPages.Pte pte, String what, Moment moment, long since) {
        if (stale.putIfAbsent(pte, moment.seq()) == null) {
            report(
                    objects(pte.gid()),
                    "a mapping of handle "
                            + pte.handle()
                            + " still showed real doorbell "
                            + pte.doorbellId()
                            + " when "
                            + what
                            + ".",
                    since,
                    moment.seq());
        }
    }

    private static String ago(DbFault fault, Moment moment) {
        return Texts.duration(moment.timeNs() - fault.idReadNs());
    }

    private static List<ObjectId> objects(@Nullable Long gid) {
        return gid == null ? List.of() : List.of(ObjectId.of("group", gid));
    }
}
