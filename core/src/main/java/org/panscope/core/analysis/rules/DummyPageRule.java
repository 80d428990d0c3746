package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.DbZap;
import org.panscope.trace.event.KernelEvent.FaultPage;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;

import java.util.List;

/// I8. A doorbell rung on the dummy page while the group is on slot is lost (D1).
final class DummyPageRule extends Rule {
    DummyPageRule() {
        super(
                new RuleInfo(
                        "I8",
                        Severity.WARNING,
                        Blame.DRIVER,
                        "A mapping shows the dummy page only while its group is off slot.",
                        List.of(DbFault.class, DbRing.class, DbZap.class),
                        "where a store went whose page was not recorded"));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        switch (moment.event()) {
            case DbFault fault when fault.page() == FaultPage.DUMMY -> {
                GroupFacts group = machine.group(fault.gid());
                if (group != null && group.isOnSlot() && group.canRun()) {
                    report(
                            List.of(group.id()),
                            "a fault mapped the dummy page for group "
                                    + group.gid
                                    + " although it was on slot "
                                    + group.slot
                                    + "; it had read doorbell id "
                                    + fault.doorbellId()
                                    + " "
                                    + Texts.duration(moment.timeNs() - fault.idReadNs())
                                    + " before.",
                            moment.seq());
                }
            }
            case DbRing ring when ring.page() == DoorbellPage.DUMMY -> {
                GroupFacts group = machine.group(ring.intendedGid());
                if (group != null && group.isOnSlot() && group.canRun()) {
                    report(
                            List.of(group.id()),
                            "the application rang the doorbell of group "
                                    + group.gid
                                    + " on the dummy page although the group was on slot "
                                    + group.slot
                                    + ": the ring is lost.",
                            moment.seq());
                }
            }
            default -> {}
        }
    }
}
