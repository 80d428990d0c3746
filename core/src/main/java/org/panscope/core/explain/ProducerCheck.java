package org.panscope.core.explain;

import org.panscope.core.isa.Isa;
import org.panscope.core.state.StateHistory;
import org.panscope.core.state.view.TraceArchitecture;
import org.panscope.trace.io.Trace;

/// Whether what somebody waits for is true already or under way: in a ring, announced by INSERT, or
/// among the operations of an XGS job. Moments have to be asked about in order.
public final class ProducerCheck {
    private final StateHistory history;
    private final TraceFacts facts;
    private final Isa isa;

    /// @param history the states of the trace
    public ProducerCheck(Trace trace, StateHistory history) {
        this.history = history;
        facts = new TraceFacts(trace);
        isa = TraceArchitecture.of(trace.header()).isa();
    }

    /// Whether the condition holds, or something that is submitted would write the value.
    ///
    /// @param position the moment; not before the one asked about last
    /// @param gt greater than the reference, else less or equal
    /// @param bytes width of the value
    public boolean isUnderWay(long position, long vm, long va, boolean gt, long ref, int bytes) {
        facts.readTo(position);
        Known known = new Known(history.at(position), Long.MIN_VALUE);
        Long value = known.memory(vm, va, bytes);
        if (value != null && new SyncReasons.Condition(gt, ref, bytes).isTrue(value)) {
            return true;
        }
        Producers producers = new Producers(known, facts, isa);
        return !producers.signalsFor(vm, va).isEmpty()
                || producers.instructionsFor(vm, va).stream()
                        .anyMatch(instruction -> instruction.isAnnounced());
    }
}
