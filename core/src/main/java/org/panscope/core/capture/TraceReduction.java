package org.panscope.core.capture;

import org.panscope.core.state.EventTranslator;
import org.panscope.core.state.Reducer;
import org.panscope.core.state.StateHistory;
import org.panscope.core.state.TraceStateHistory;
import org.panscope.trace.io.Trace;

/// How any trace, emulated or captured, is reduced to states: with its `psm1` markers understood.
public final class TraceReduction {
    private TraceReduction() {}

    /// The states of a trace.
    public static StateHistory historyOf(Trace trace) {
        boolean isRun = trace.header().isEmulated();
        return new TraceStateHistory(
                trace, isRun ? Reducer.ofRun() : new Reducer(translatorFor(trace)));
    }

    /// What understands the foreign events of a trace. What markers say of each other is learnt
    /// from the whole trace first, so that the answer depends on nothing but the event.
    public static EventTranslator translatorFor(Trace trace) {
        for (boolean marker : Psm1Translator.markers(trace)) {
            if (marker) {
                return Psm1Translator.of(trace)::translate;
            }
        }
        return EventTranslator.NONE;
    }
}
