package org.panscope.core.state;

import org.panscope.trace.event.FenceEvent;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.MarkEvent;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.event.SyncEvent;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.event.XgsEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;

/// Applies events to a state, one at a time. The same code for emulated runs and captures. Total:
/// it accepts every sequence of events; what cannot follow from what came before leaves a
/// placeholder and an [Anomaly]. Has no state of its own.
public final class Reducer {
    private final EventTranslator translator;
    private final boolean knowsCaptures;

    /// A reducer that understands the vocabulary and the kernel's own trace events.
    public Reducer() {
        this(EventTranslator.NONE);
    }

    /// @param translator for everything else
    public Reducer(EventTranslator translator) {
        this(translator, true);
    }

    private Reducer(EventTranslator translator, boolean knowsCaptures) {
        this.translator = translator;
        this.knowsCaptures = knowsCaptures;
    }

    /// A reducer of emulated runs. Their vocabulary tells everything; the tracepoints that may
    /// stand beside it tell parts of it again, in the kernel's words.
    public static Reducer ofRun() {
        return new Reducer(EventTranslator.NONE, false);
    }

    /// Applies an event of a trace.
    public void apply(StateBuilder state, Event event) {
        TraceEvent known = event.record();
        if (known != null) {
            apply(state, event.seq(), event.header(), known);
            return;
        }
        state.begin(event.seq(), event.timeNs());
        if (!knowsCaptures) {
            return;
        }
        noteThread(state, event.header());
        state.forgetThread(); // what a capture means may say something else of the thread
        for (TraceEvent meaning : translator.translate(event)) {
            dispatch(state, event.header(), meaning);
        }
        CaptureReducer.apply(state, event);
    }

    /// Applies an event of the vocabulary.
    public void apply(StateBuilder state, long seq, EventHeader header, TraceEvent event) {
        state.begin(seq, header.timeNs());
        if (!state.isSameThread(header)) {
            noteThread(state, header);
        }
        dispatch(state, header, event);
    }

    private static void dispatch(StateBuilder state, EventHeader header, TraceEvent event) {
        switch (event) {
            case UserEvent user -> UserReducer.apply(state, header, user);
            case KernelEvent kernel -> KernelReducer.apply(state, header, kernel);
            case SchedEvent sched -> SchedReducer.apply(state, sched);
            case FirmwareEvent firmware -> FirmwareReducer.apply(state, firmware);
            case SyncEvent sync -> SyncReducer.apply(state, sync);
            case FenceEvent fence -> FenceReducer.apply(state, fence);
            case XgsEvent xgs -> XgsReducer.apply(state, xgs);
            case MemoryEvent memory -> MemoryReducer.apply(state, memory);
            case MarkEvent mark -> {} // says something about the trace, nothing about the machine
        }
    }

    /// Every event tells who was running and what locks they held.
    private static void noteThread(StateBuilder state, EventHeader header) {
        if (header.pid() < 0) {
            return;
        }
        ObjectEditor thread = state.edit(ObjectId.of("thread", header.pid()));
        String comm = header.comm();
        if (comm != null) {
            thread.note(Belief.KERNEL, "comm", comm);
        }
        String context = header.context();
        if (context != null) {
            thread.note(Belief.KERNEL, "context", context);
        }
        String locks = header.locks();
        if (locks != null) {
            thread.note(Belief.KERNEL, "locks", locks);
        }
        if (header.cpu() >= 0) {
            thread.note(Belief.KERNEL, "cpu", (long) header.cpu());
        }
    }
}
