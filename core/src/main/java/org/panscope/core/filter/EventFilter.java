package org.panscope.core.filter;

import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.List;

/// A filter over events as a person writes it.
///
/// `type == DB_RING && gid == 1 && at >= 128`, `layer in (user, firmware)`, `track ~ "queue 0"`, `t
/// > 1.2ms`, `dt > 5us`, `cause == 12`, `comm ~ kworker`, `value == ?` (absent). Words without an
/// > operator are searched for, ignoring case, in type name, track and field text; terms side by
/// > side mean "and". Names every event has: [FilterFields#COMMON]; all others are the fields of
/// > the trace's own types.
public final class EventFilter {
    private final FilterExpr expr;

    private EventFilter(FilterExpr expr) {
        this.expr = expr;
    }

    /// Reads a filter.
    ///
    /// @throws FilterException if the text is no filter
    public static EventFilter parse(String text) throws FilterException {
        return new EventFilter(FilterParser.parse(text));
    }

    public FilterExpr expr() {
        return expr;
    }

    /// Makes the filter ready for a trace.
    ///
    /// @throws FilterException if a field, type or value is none this trace or the vocabulary knows
    public EventPredicate compile(Trace trace) throws FilterException {
        return new FilterCompiler(trace).compile(expr);
    }

    /// Makes the filter ready for events that are looked at while they are recorded.
    ///
    /// @param types what [EventCursor#typeIndex()] counts in
    /// @throws FilterException also if the filter asks for tracks, free text or `dt`, which need a
    ///   whole trace
    public EventPredicate compile(List<EventTypeInfo> types) throws FilterException {
        return new FilterCompiler(types).compile(expr);
    }

    /// The filter in canonical spelling.
    @Override
    public String toString() {
        return expr.toString();
    }
}
