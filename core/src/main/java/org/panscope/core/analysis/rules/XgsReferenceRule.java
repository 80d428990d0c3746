package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.XgsEvent.XgsJob;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I17. Timeout and recheck both drop the in-flight reference (R4).
final class XgsReferenceRule extends Rule {
    private final Map<Long, long[]> jobs = new LinkedHashMap<>();

    XgsReferenceRule() {
        super(
                new RuleInfo(
                        "I17",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "An XGS job that was in flight drops that reference exactly once, and"
                                + " no reference is dropped that nobody holds.",
                        List.of(XgsJob.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        XgsJob event = (XgsJob) moment.event();
        switch (event.step()) {
            case BUSY -> jobs.putIfAbsent(event.job(), new long[] {moment.seq(), -1});
            case IN_FLIGHT_PUT -> dropped(event, moment);
            case REF_UNDERFLOW ->
                    report(
                            List.of(ObjectId.of("xgs-job", event.job())),
                            "a reference of XGS job "
                                    + event.job()
                                    + " was dropped after the job had been freed.",
                            moment.seq());
            case FREED -> {
                long[] known = jobs.remove(event.job());
                if (known != null && known[1] < 0) {
                    report(
                            List.of(ObjectId.of("xgs-job", event.job())),
                            "XGS job "
                                    + event.job()
                                    + " was freed and its in-flight reference never dropped.",
                            known[0],
                            moment.seq());
                }
            }
            default -> {}
        }
    }

    private void dropped(XgsJob event, Moment moment) {
        long[] known = jobs.get(event.job());
        if (known == null) {
            return;
        }
        if (known[1] >= 0) {
            report(
                    List.of(ObjectId.of("xgs-job", event.job())),
                    "the in-flight reference of XGS job " + event.job() + " was dropped twice.",
                    known[1],
                    moment.seq());
        }
        known[1] = moment.seq();
    }
}
