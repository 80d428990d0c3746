package org.panscope.core.analysis.rules;

import org.panscope.core.analysis.Finding;
import org.panscope.core.analysis.FindingBook;
import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.core.state.ObjectId;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// One rule at work on one trace. It is shown, in order, the events of the kinds it needs, each
/// after the machine has taken note of it. What it remembers must be bounded by the objects that
/// are alive.
public abstract class Rule {
    /// No deadline is set.
    static final long NEVER = Long.MAX_VALUE;

    private final RuleInfo info;
    private FindingBook book = new FindingBook();
    private long wakeAtNs = NEVER;

    Rule(RuleInfo info) {
        this.info = info;
    }

    public final RuleInfo info() {
        return info;
    }

    /// Findings go here from now on.
    public final void reportTo(FindingBook newBook) {
        book = newBook;
    }

    /// When [#wake] wants to be called, or [#NEVER].
    public final long wakeAtNs() {
        return wakeAtNs;
    }

    /// An event of a kind the rule needs happened.
    public abstract void see(Moment moment, Machine machine);

    /// The time asked for has come. The machine is as it was then.
    ///
    /// @param seq the last event before that time
    public void wake(long nowNs, long seq, Machine machine) {}

    /// The trace is over.
    ///
    /// @param lastSeq its last event
    public void end(long lastSeq, Machine machine) {}

    /// Wants to be woken at that time or before.
    final void wakeBy(long timeNs) {
        wakeAtNs = Math.min(wakeAtNs, timeNs);
    }

    /// Calls [#wake] when it is time.
    public final void passTime(long nowNs, long seq, Machine machine) {
        if (nowNs >= wakeAtNs) {
            long due = wakeAtNs;
            wakeAtNs = NEVER;
            wake(due, seq, machine);
        }
    }

    final void report(List<ObjectId> objects, String message, long... proof) {
        report(info.severity(), objects, message, proof);
    }

    /// @param proof at least one event; negative numbers stand for events not seen and are left out
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
                        new ArrayList<>(events)));
    }
}
