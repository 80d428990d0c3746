package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.RuleInfo.Blame;
import org.panscope.core.analysis.Severity;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.KernelEvent.IoctlExit;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// I29. An unknown handle is not an error for the series (R13).
final class SubmitCreatesJobRule extends Rule {
    private static final String SUBMIT = "XGS_QUEUE_SUBMIT";

    /// Thread to the call it is in, and whether that made a job.
    private final Map<Integer, long[]> calls = new LinkedHashMap<>();

    SubmitCreatesJobRule() {
        super(
                new RuleInfo(
                        "I29",
                        Severity.ERROR,
                        Blame.DRIVER,
                        "XGS_QUEUE_SUBMIT that returns 0 has made a job.",
                        List.of(IoctlEnter.class, IoctlExit.class, XgsJob.class),
                        ""));
    }

    @Override
    public void see(Moment moment, Machine machine) {
        int pid = moment.header().pid();
        switch (moment.event()) {
            case IoctlEnter enter when enter.name().equals(SUBMIT) ->
                    calls.put(pid, new long[] {moment.seq(), 0});
            case XgsJob job when job.step() == XgsJobStep.CREATED -> {
                long[] call = calls.get(pid);
                if (call != null) {
                    call[1]++;
                }
            }
            case IoctlExit exit when exit.name().equals(SUBMIT) -> {
                long[] call = calls.remove(pid);
                if (call != null && call[1] == 0 && exit.ret() == 0) {
                    report(
                            List.of(ObjectId.of("file", exit.fileId())),
                            "XGS_QUEUE_SUBMIT returned 0 and made no job: its operations and the"
                                    + " sync objects it was to signal are lost.",
                            call[0],
                            moment.seq());
                }
            }
            default -> {}
        }
    }
}
