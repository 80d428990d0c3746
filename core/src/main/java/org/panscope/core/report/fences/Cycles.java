package org.panscope.core.report.fences;

import org.panscope.core.explain.Explainer;
import org.panscope.core.explain.graph.WaitForGraph;
import org.panscope.core.state.Cursor;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.MemoryEvent.Reclaim;
import org.panscope.trace.event.MemoryEvent.ReclaimStep;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Cycles of the wait-for graph at the moments that matter: when an allocation waits for a fence,
/// before a timeout, and at the end (V4).
final class Cycles implements Collector {
    /// Moments looked at; each costs a pass over the trace.
    private static final int MOST_MOMENTS = 5;

    private final Trace trace;
    private final TreeSet<Long> moments = new TreeSet<>();
    private boolean hasFences;

    Cycles(Trace trace) {
        this.trace = trace;
    }

    @Override
    public void add(Step step) {
        switch (step.event()) {
            case Reclaim reclaim -> {
                if (reclaim.step() == ReclaimStep.WAIT_FENCE) {
                    moment(step.seq() + 1);
                }
            }
            case XgsJob job -> {
                if (job.step() == XgsJobStep.TIMEOUT) {
                    moment(beforeTimeout(step));
                }
            }
            case Fence _ -> hasFences = true;
            default -> {}
        }
    }

    /// Right before the handler of the timeout began.
    private long beforeTimeout(Step step) {
        return trace.firstAtOrAfter(step.timeNs() - 1_000_000);
    }

    private void moment(long position) {
        if (moments.size() < MOST_MOMENTS) {
            moments.add(position);
        }
    }

    @Override
    public List<Answer> answers(long endNs) {
        if (!hasFences) {
            return List.of(Question.V4.unanswered("needs FENCE events."));
        }
        moments.add(trace.eventCount());
        Explainer explainer = new Explainer(trace);
        List<String> found = new ArrayList<>();
        Set<Set<ObjectId>> seen = new LinkedHashSet<>();
        int real = 0;
        for (long position : moments) {
            Explainer.Moment moment = explainer.at(position);
            WaitForGraph now = WaitForGraph.of(moment, moment.waiting(), false);
            WaitForGraph whenShort = WaitForGraph.of(moment, moment.waiting(), true);
            for (Set<ObjectId> cycle : now.cycles()) {
                if (seen.add(cycle)) {
                    real++;
                    found.add(line(cycle, position, ""));
                }
            }
            for (Set<ObjectId> cycle : whenShort.cycles()) {
                if (seen.add(cycle)) {
                    found.add(line(cycle, position, ", once memory is short"));
                }
            }
        }
        return List.of(
                Question.V4.answered(
                        Words.of(real, "cycle")
                                + " in the wait-for graph, and "
                                + (found.size() - real)
                                + " more once an allocation waits for memory, at "
                                + Words.of(moments.size(), "moment")
                                + " looked at.",
                        Words.some(found)));
    }

    private String line(Set<ObjectId> cycle, long position, String when) {
        return Cursor.of(trace, position)
                + when
                + ": "
                + String.join(", ", cycle.stream().map(ObjectId::toString).toList());
    }
}
