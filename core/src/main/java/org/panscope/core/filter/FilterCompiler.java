package org.panscope.core.filter;

import org.jspecify.annotations.Nullable;
import org.panscope.core.filter.FilterExpr.Name;
import org.panscope.core.filter.FilterExpr.Operator;
import org.panscope.core.filter.FilterExpr.Place;
import org.panscope.core.filter.FilterExpr.Value;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.Layer;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// Turns an expression into a predicate over the columns of one trace, or over events that have no
/// trace yet. Everything that depends only on type or track is decided here, once.
final class FilterCompiler {
    private final List<EventTypeInfo> types;
    private final FilterFields names;
    private final @Nullable Trace trace;
    private final @Nullable TrackPaths tracks;

    FilterCompiler(Trace trace) {
        this.trace = trace;
        types = trace.types();
        names = new FilterFields(types);
        tracks = new TrackPaths(trace);
    }

    FilterCompiler(List<EventTypeInfo> types) {
        this.types = types;
        names = new FilterFields(types);
        trace = null;
        tracks = null;
    }

    EventPredicate compile(FilterExpr expr) throws FilterException {
        return switch (expr) {
            case FilterExpr.And(List<FilterExpr> parts) -> {
                EventPredicate[] all = compileAll(parts);
                yield event -> {
                    for (EventPredicate part : all) {
                        if (!part.test(event)) {
                            return false;
                        }
                    }
                    return true;
                };
            }
            case FilterExpr.Or(List<FilterExpr> parts) -> anyOf(compileAll(parts));
            case FilterExpr.Not(FilterExpr part) -> {
                EventPredicate inner = compile(part);
                yield event -> !inner.test(event);
            }
            case FilterExpr.Compare(Name field, Operator operator, Value value) ->
                    compare(field, operator, value);
            case FilterExpr.In(Name field, List<Value> values) -> {
                EventPredicate[] any = new EventPredicate[values.size()];
                for (int i = 0; i < any.length; i++) {
                    any[i] = compare(field, Operator.EQUAL, values.get(i));
                }
                yield anyOf(any);
            }
            case FilterExpr.Text(Value word) ->
                    new TextSearch(types, known(tracks, word.at(), "free text"), word.text());
        };
    }

    private EventPredicate[] compileAll(List<FilterExpr> parts) throws FilterException {
        EventPredicate[] all = new EventPredicate[parts.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = compile(parts.get(i));
        }
        return all;
    }

    private static EventPredicate anyOf(EventPredicate[] any) {
        return event -> {
            for (EventPredicate part : any) {
                if (part.test(event)) {
                    return true;
                }
            }
            return false;
        };
    }

    private EventPredicate compare(Name field, Operator operator, Value value)
            throws FilterException {
        if (value.isUnknown() && operator != Operator.EQUAL && operator != Operator.NOT_EQUAL) {
            throw new FilterException(value.at().offset(), "'?' goes with '==' and '!=' only");
        }
        return switch (field.text()) {
            case "type" -> type(operator, value);
            case "layer" -> layer(operator, value);
            case "track" -> track(known(tracks, value.at(), "track"), operator, value);
            case "seq" -> number(operator, value, Unit.INDEX, EventCursor::seq, Long.MIN_VALUE);
            case "t" -> number(operator, value, Unit.NS, EventCursor::timeNs, Long.MIN_VALUE);
            case "dt" -> {
                Trace whole = known(trace, value.at(), "dt");
                yield number(
                        operator,
                        value,
                        Unit.NS,
                        event -> sincePrevious(whole, event),
                        Long.MIN_VALUE);
            }
            case "cause" ->
                    number(operator, value, Unit.EVENT, EventCursor::cause, EventHeader.NO_CAUSE);
            case "cpu" ->
                    number(operator, value, Unit.INDEX, EventCursor::cpu, EventHeader.UNKNOWN);
            case "pid" -> number(operator, value, Unit.ID, EventCursor::pid, EventHeader.UNKNOWN);
            case "comm" -> text(operator, value, EventCursor::comm);
            case "context" -> text(operator, value, EventCursor::context);
            case "locks" -> text(operator, value, EventCursor::locks);
            default -> eventField(field, operator, value);
        };
    }

    private static <T> T known(@Nullable T part, Place at, String what) throws FilterException {
        if (part == null) {
            throw new FilterException(
                    at.offset(), what + " needs a whole trace, and there is none yet");
        }
        return part;
    }

    /// Time since the previous event of the trace; unknown for the first.
    private static long sincePrevious(Trace trace, EventCursor event) {
        long seq = event.seq();
        return seq == 0 ? Long.MIN_VALUE : event.timeNs() - trace.timeNs(seq - 1);
    }

    private static EventPredicate number(
            Operator operator,
            Value value,
            Unit unit,
            ToLongFunction<EventCursor> column,
            long absent)
            throws FilterException {
        if (value.isUnknown()) {
            boolean wantAbsent = operator == Operator.EQUAL;
            return event -> (column.applyAsLong(event) == absent) == wantAbsent;
        }
        if (isMatch(operator)) {
            Predicate<String> match = FieldTests.textTest(operator, value);
            return event -> {
                long bits = column.applyAsLong(event);
                return bits != absent && match.test(Long.toString(bits));
            };
        }
        LongPredicate test = FilterNumber.test(operator, true, FilterNumber.parse(value, unit));
        return event -> {
            long bits = column.applyAsLong(event);
            return bits != absent && test.test(bits);
        };
    }

    private static EventPredicate text(
            Operator operator, Value value, Function<EventCursor, @Nullable String> column)
            throws FilterException {
        if (value.isUnknown()) {
            boolean wantAbsent = operator == Operator.EQUAL;
            return event -> (column.apply(event) == null) == wantAbsent;
        }
        Predicate<String> test = FieldTests.textTest(operator, value);
        return event -> {
            String text = column.apply(event);
            return text != null && test.test(text);
        };
    }

    private EventPredicate type(Operator operator, Value value) throws FilterException {
        if (!isMatch(operator)) {
            requireKnownType(value);
        }
        Predicate<String> test = FieldTests.textTest(operator, value);
        boolean[] hits = new boolean[types.size()];
        for (int i = 0; i < hits.length; i++) {
            String name = types.get(i).name();
            hits[i] =
                    switch (operator) {
                        case EQUAL -> test.test(name) || test.test(shortName(name));
                        case NOT_EQUAL -> test.test(name) && test.test(shortName(name));
                        default -> test.test(name);
                    };
        }
        return event -> hits[event.typeIndex()];
    }

    private void requireKnownType(Value value) throws FilterException {
        for (String name : names.typeNames()) {
            if (name.equalsIgnoreCase(value.text())
                    || shortName(name).equalsIgnoreCase(value.text())) {
                return;
            }
        }
        throw new FilterException(
                value.at().offset(),
                "no event type is named '"
                        + value.text()
                        + "'"
                        + FilterFields.hint(value.text(), names.typeNames()));
    }

    /// `sched_switch` for `sched:sched_switch`.
    private static String shortName(String typeName) {
        return typeName.substring(typeName.indexOf(':') + 1);
    }

    private EventPredicate layer(Operator operator, Value value) throws FilterException {
        List<String> labels = Arrays.stream(Layer.values()).map(Layer::label).toList();
        if (!isMatch(operator) && labels.stream().noneMatch(value.text()::equalsIgnoreCase)) {
            throw new FilterException(
                    value.at().offset(),
                    "'" + value.text() + "' is none of the layers " + String.join(", ", labels));
        }
        Predicate<String> test = FieldTests.textTest(operator, value);
        boolean[] hits = new boolean[types.size()];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = test.test(types.get(i).layer().label());
        }
        return event -> hits[event.typeIndex()];
    }

    private static EventPredicate track(TrackPaths tracks, Operator operator, Value value)
            throws FilterException {
        Predicate<String> test = FieldTests.textTest(operator, value);
        boolean[] hits = new boolean[tracks.count()];
        for (int i = 0; i < hits.length; i++) {
            hits[i] =
                    switch (operator) {
                        case EQUAL -> test.test(tracks.name(i)) || test.test(tracks.path(i));
                        case NOT_EQUAL -> test.test(tracks.name(i)) && test.test(tracks.path(i));
                        default -> test.test(tracks.path(i));
                    };
        }
        return event -> {
            int id = event.track();
            return id >= 0 && id < hits.length && hits[id];
        };
    }

    /// A field of event types: one test for each type that has it. It is an error only when the
    /// value fits none of them.
    private EventPredicate eventField(Name field, Operator operator, Value value)
            throws FilterException {
        String name = names.eventField(field);
        List<@Nullable EventPredicate> tests = new ArrayList<>();
        FilterException misfit = null;
        boolean fits = false;
        for (EventTypeInfo type : types) {
            int index = type.fieldIndex(name);
            EventPredicate test = null;
            if (index >= 0) {
                FieldInfo info = type.fields().get(index);
                try {
                    test = FieldTests.of(info, index, operator, value);
                    fits = true;
                } catch (FilterException e) {
                    misfit = e;
                }
            }
            tests.add(test);
        }
        if (!fits && misfit != null) {
            throw misfit;
        }
        return event -> {
            EventPredicate test = tests.get(event.typeIndex());
            return test != null && test.test(event);
        };
    }

    static boolean isMatch(Operator operator) {
        return operator == Operator.MATCH || operator == Operator.NOT_MATCH;
    }
}
