package org.panscope.core.capture;

import org.panscope.core.state.EventTranslator;
import org.panscope.core.state.Reducer;
import org.panscope.core.state.StateHistory;
import org.panscope.core.state.TraceStateHistory;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;

/// How any trace, emulated or captured, is reduced to states: with its `psm1` markers understood.
public final class TraceReduction {
    private static final String VERB = "verb";
    private static final String HDR_PID = "pid";

    private TraceReduction() {}

    /// The states of a trace.
    public static StateHistory historyOf(Trace trace) {
        boolean isRun = trace.header().isEmulated();
        return new TraceStateHistory(
                trace, isRun ? Reducer.ofRun() : new Reducer(translatorFor(trace)));
    }

    /// What understands the foreign events of a trace. Which thread belongs to which process is
    /// learnt from the whole trace first, so that the answer depends on nothing but the event.
    public static EventTranslator translatorFor(Trace trace) {
        boolean[] marker = new boolean[trace.types().size()];
        boolean any = false;
        for (int i = 0; i < marker.length; i++) {
            EventTypeInfo type = trace.types().get(i);
            marker[i] = type.isDynamic() && type.fieldIndex(VERB) >= 0;
            any |= marker[i];
        }
        if (!any) {
            return EventTranslator.NONE;
        }
        Psm1Processes processes = new Psm1Processes();
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            if (marker[cursor.typeIndex()]) {
                learn(processes, cursor.event());
            }
        }
        return new Psm1Translator(processes)::translate;
    }

    private static void learn(Psm1Processes processes, Event event) {
        if (event.value(VERB) instanceof String verb) {
            Long tgid = event.value("tgid") instanceof Long value ? value : null;
            Long hdrPid = event.value(HDR_PID) instanceof Long value ? value : null;
            processes.learn(event.header().pid(), tgid, event.header().comm(), verb, hdrPid);
        }
    }
}
