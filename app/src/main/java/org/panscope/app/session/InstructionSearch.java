package org.panscope.app.session;

import org.panscope.trace.io.Event;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// Looks through a trace for executed instructions and for faults, from a position in either
/// direction. Reads the types of events only, and whole ones where it has to know more.
final class InstructionSearch {
    static final long NOT_FOUND = -1;

    private static final int CANCEL_EVERY = 4_096;

    private final Trace trace;
    private final BooleanSupplier isCancelled;
    private final int instruction;
    private final int bind;
    private final int unbind;
    private final int fault;

    /// @param isCancelled asked now and then; the search ends with a [CancellationException]
    InstructionSearch(Trace trace, BooleanSupplier isCancelled) {
        this.trace = trace;
        this.isCancelled = isCancelled;
        instruction = typeIndex(trace, "CS_INSTR");
        bind = typeIndex(trace, "BIND");
        unbind = typeIndex(trace, "UNBIND");
        fault = typeIndex(trace, "FAULT");
    }

    /// Whether a trace has events of this type.
    static boolean has(Trace trace, String type) {
        return typeIndex(trace, type) >= 0;
    }

    /// The next instruction of these streams, or the previous one.
    ///
    /// @param position number of events applied; the current event is the one before it
    /// @param direction 1 or -1
    /// @param maxDepth instructions at a deeper call level are passed over
    /// @return its seq, or [#NOT_FOUND]
    long instruction(StreamScope streams, long position, int direction, int maxDepth) {
        StreamScope scope = streams;
        long current = position - 1;
        for (long seq = direction > 0 ? position : current; isInside(seq); seq += direction) {
            int type = typeAt(seq);
            if (type == instruction) {
                Event event = trace.event(seq);
                boolean matches =
                        scope.holds(number(event, "csg"), number(event, "cs"))
                                && number(event, "depth") <= maxDepth;
                if (matches && seq != current) {
                    return seq;
                }
            } else if (scope.gid() >= 0 && (type == bind || type == unbind)) {
                scope = moved(scope, trace.event(seq), (type == bind) == (direction > 0));
            }
        }
        return NOT_FOUND;
    }

    /// The instruction executed last at a position, or [#NOT_FOUND].
    long last(StreamScope streams, long position) {
        return instruction(streams, position + 1, -1, Integer.MAX_VALUE);
    }

    /// The next fault, or the previous one.
    long fault(long position, int direction) {
        long from = direction > 0 ? position : position - 2;
        for (long seq = from; isInside(seq); seq += direction) {
            if (typeAt(seq) == fault) {
                return seq;
            }
        }
        return NOT_FOUND;
    }

    /// Call depth of an instruction.
    int depth(long seq) {
        return number(trace.event(seq), "depth");
    }

    /// The stream that executed an instruction.
    StreamScope streamOf(long seq) {
        Event event = trace.event(seq);
        return StreamScope.stream(number(event, "csg"), number(event, "cs"));
    }

    /// @param arrives whether the group is on the slot beyond this event, in the direction of the
    ///   walk
    private static StreamScope moved(StreamScope scope, Event event, boolean arrives) {
        boolean isMeant = event.value("gid") instanceof Long gid && gid == scope.gid();
        if (!isMeant) {
            return scope;
        }
        return scope.on(arrives ? number(event, "slot") : StreamScope.NONE);
    }

    private boolean isInside(long seq) {
        return seq >= 0 && seq < trace.eventCount();
    }

    private int typeAt(long seq) {
        if (seq % CANCEL_EVERY == 0 && isCancelled.getAsBoolean()) {
            throw new CancellationException();
        }
        return trace.typeIndex(seq);
    }

    private static int number(Event event, String field) {
        return event.value(field) instanceof Number number ? number.intValue() : StreamScope.NONE;
    }

    private static int typeIndex(Trace trace, String name) {
        List<EventTypeInfo> types = trace.types();
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
