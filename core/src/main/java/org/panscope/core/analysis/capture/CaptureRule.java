package org.panscope.core.analysis.capture;

import org.panscope.core.analysis.Finding;
import org.panscope.core.analysis.FindingBook;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.capture.pairing.PairSink;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;

import java.util.List;
import java.util.TreeSet;

/// One rule at work on one capture. It hears of intervals as they begin and end.
public abstract class CaptureRule implements PairSink {
    private final RuleInfo info;
    private FindingBook book = new FindingBook();

    CaptureRule(RuleInfo info) {
        this.info = info;
    }

    public final RuleInfo info() {
        return info;
    }

    /// Findings go here from now on.
    public final void reportTo(FindingBook newBook) {
        book = newBook;
    }

    /// Any event, before the intervals it begins or ends are told.
    ///
    /// @param name of the event, without its system
    public void see(EventCursor event, String name) {}

    /// The trace is over, and all that is unfinished has been told.
    public void end(Trace trace) {}

    final void report(List<ObjectId> objects, String message, long... proof) {
        report(info.severity(), objects, message, proof);
    }

    final void report(Severity severity, List<ObjectId> objects, String message, long... proof) {
        TreeSet<Long> events = new TreeSet<>();
        for (long seq : proof) {
            if (seq >= 0) {
                events.add(seq);
            }
        }
        book.add(
                new Finding(
                        info.id(),
                        severity,
                        events.first(),
                        events.last(),
                        objects,
                        Texts.sentence(message),
                        List.copyOf(events)));
    }
}
