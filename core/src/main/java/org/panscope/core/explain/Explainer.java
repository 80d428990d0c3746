package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.capture.TraceReduction;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cursor;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;
import org.panscope.core.state.StateHistory;
import org.panscope.core.state.view.TraceArchitecture;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.List;

/// Answers why something does not run or is not signalled at a moment of a trace. Everything comes
/// from the reduced state at that moment and the events before it; nothing later is looked at. Each
/// moment costs one pass over the trace up to there.
public final class Explainer {
    private final Trace trace;
    private final StateHistory history;

    public Explainer(Trace trace) {
        this(trace, TraceReduction.historyOf(trace));
    }

    /// @param history the states of the trace
    public Explainer(Trace trace, StateHistory history) {
        this.trace = trace;
        this.history = history;
    }

    /// A moment to ask about.
    ///
    /// @param position number of events that have happened, `0 <= position <= eventCount`
    public Moment at(long position) {
        return at(position, Long.MIN_VALUE);
    }

    /// As [#at(long)], some time after the last of these events.
    ///
    /// @param timeNs time of the question; one before the last event counts as that event's
    public Moment at(long position, long timeNs) {
        MachineState state = history.at(position);
        return new Moment(
                trace,
                new Known(state, Math.max(timeNs, state.timeNs())),
                TraceFacts.of(trace, position));
    }

    /// Fences that keep memory in place.
    ///
    /// @param owner the buffer object
    /// @param fences those that are not signalled
    public record Reservation(ObjectId owner, List<ObjectId> fences) {}

    /// A moment of a trace; may be asked about any number of objects.
    public static final class Moment {
        private final Trace trace;
        final Known known;
        final TraceFacts facts;

        Moment(Trace trace, Known known, TraceFacts facts) {
            this.trace = trace;
            this.known = known;
            this.facts = facts;
        }

        /// The state there.
        public MachineState state() {
            return known.state();
        }

        /// Why an object does not run or is not signalled.
        ///
        /// @throws IllegalArgumentException if nothing is known of the object, in a sentence that
        ///   names some that are
        public Explanation explain(ObjectId id) {
            return explain(id, null);
        }

        /// As [#explain(ObjectId)], for a point of the timeline of a syncobj.
        ///
        /// @param point null for whatever fence the syncobj holds
        public Explanation explain(ObjectId id, @Nullable Long point) {
            if (!known.has(id) && !isInKnownMemory(id)) {
                throw new IllegalArgumentException(NearNames.of(id, known.state()));
            }
            Inquiry inquiry = new Inquiry(known, facts, TraceArchitecture.of(trace.header()).isa());
            Link root =
                    point == null
                            ? inquiry.about(id)
                            : inquiry.enter(
                                    id, () -> new SyncobjReasons(inquiry).explain(id, point));
            return new Explanation(id, new Cursor(known.nowNs(), known.state().position()), root);
        }

        /// A sync object nobody has used yet is memory all the same.
        private boolean isInKnownMemory(ObjectId id) {
            try {
                return id.kind().equals("sync")
                        && known.memory(SyncReasons.vm(id), SyncReasons.va(id), 1) != null;
            } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
                return false; // no name of a sync object
            }
        }

        /// Explanations of all fences that are not signalled, queues with work, and threads that
        /// wait.
        public List<Explanation> waiting() {
            List<Explanation> all = new ArrayList<>();
            for (String kind : new String[] {"fence", "queue", "xgs-job", "thread"}) {
                for (ObjectState object : known.ofKind(kind)) {
                    Explanation explanation = explain(object.id());
                    boolean isWaiting = explanation.root().verdict() == Verdict.WAITING;
                    if (isWaiting) {
                        all.add(explanation);
                    }
                }
            }
            return all;
        }

        /// The buffer objects whose reservations hold fences that are not signalled.
        public List<Reservation> reservations() {
            List<Reservation> all = new ArrayList<>();
            for (ObjectState bo : known.ofKind("bo")) {
                List<ObjectId> fences = VmReasons.pendingFences(known, bo.id());
                if (!fences.isEmpty()) {
                    all.add(new Reservation(bo.id(), fences));
                }
            }
            return all;
        }

        /// The jobs that allocated memory on the way to signalling a fence that is not signalled.
        public List<ObjectId> allocatingJobs() {
            List<ObjectId> all = new ArrayList<>();
            for (String kind : new String[] {"xgs-job", "job"}) {
                for (ObjectState job : known.ofKind(kind)) {
                    ObjectId fence = known.named(job.id(), Belief.KERNEL, "finished_fence");
                    boolean isPending =
                            fence != null
                                    && known.has(fence)
                                    && !known.isTrue(fence, Belief.KERNEL, "signaled");
                    if (isPending && job.get(Belief.KERNEL, "alloc_in_signal") != null) {
                        all.add(job.id());
                    }
                }
            }
            return all;
        }
    }
}
