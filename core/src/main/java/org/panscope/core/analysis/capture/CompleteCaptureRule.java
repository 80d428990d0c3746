package org.panscope.core.analysis.capture;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.Severity;
import org.panscope.trace.io.Trace;
import org.panscope.trace.quality.Loss;

import java.util.List;

/// C8. Lost events make verdicts unsafe.
final class CompleteCaptureRule extends CaptureRule {
    CompleteCaptureRule() {
        super(
                RuleInfo.ofCaptures(
                        "C8",
                        Severity.WARNING,
                        "The capture is complete: what is judged across a gap may be judged"
                                + " wrong.",
                        List.of(),
                        "losses the recorder did not note"));
    }

    @Override
    public void end(Trace trace) {
        long last = Math.max(0, trace.eventCount() - 1);
        for (Loss loss : trace.losses()) {
            Long count = loss.count();
            report(
                    List.of(),
                    (count == null ? "events" : count + " events")
                            + " are missing here ("
                            + loss.reason()
                            + "): findings that reach across are not safe.",
                    Math.min(last, Math.max(0, loss.beforeSeq() - 1)),
                    Math.min(last, loss.beforeSeq()));
        }
    }
}
