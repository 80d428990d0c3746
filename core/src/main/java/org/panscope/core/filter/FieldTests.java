package org.panscope.core.filter;

import org.panscope.core.filter.FilterExpr.Operator;
import org.panscope.core.filter.FilterExpr.Value;
import org.panscope.trace.schema.FieldInfo;

import java.util.Locale;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Tests of one field of one event type, by the field's kind.
final class FieldTests {
    private FieldTests() {}

    /// @throws FilterException if the value or the operator does not fit the field
    static EventPredicate of(FieldInfo field, int index, Operator operator, Value value)
            throws FilterException {
        if (value.isUnknown()) {
            boolean wantPresent = operator == Operator.NOT_EQUAL;
            return event -> event.isPresent(index) == wantPresent;
        }
        return switch (field.kind()) {
            case INT -> integer(field, index, operator, value);
            case BOOL -> bool(field, index, operator, value);
            case ENUM -> label(field, index, operator, value);
            case TEXT -> {
                Predicate<String> test = textTest(operator, value);
                yield event -> event.value(index) instanceof String text && test.test(text);
            }
            case BYTES ->
                    throw new FilterException(
                            value.at().offset(),
                            "'" + field.name() + "' holds raw bytes, which have no order or text");
        };
    }

    private static EventPredicate integer(
            FieldInfo field, int index, Operator operator, Value value) throws FilterException {
        if (FilterCompiler.isMatch(operator)) {
            Predicate<String> test = textTest(operator, value);
            return event ->
                    event.isPresent(index)
                            && test.test(FieldText.number(event.longValue(index), field));
        }
        LongPredicate test =
                FilterNumber.test(
                        operator, field.signed(), FilterNumber.parse(value, field.unit()));
        return event -> event.isPresent(index) && test.test(event.longValue(index));
    }

    private static EventPredicate bool(FieldInfo field, int index, Operator operator, Value value)
            throws FilterException {
        boolean wanted =
                switch (value.text().toLowerCase(Locale.ROOT)) {
                    case "true", "1" -> true;
                    case "false", "0" -> false;
                    default ->
                            throw new FilterException(
                                    value.at().offset(),
                                    "'"
                                            + field.name()
                                            + "' is true or false, not '"
                                            + value.text()
                                            + "'");
                };
        return switch (operator) {
            case EQUAL ->
                    event -> event.isPresent(index) && (event.longValue(index) != 0) == wanted;
            case NOT_EQUAL ->
                    event -> event.isPresent(index) && (event.longValue(index) != 0) != wanted;
            default ->
                    throw new FilterException(
                            value.at().offset(),
                            "'" + field.name() + "' is true or false: use '==' or '!='");
        };
    }

    /// Labels are compared once, here; events only look their label's index up.
    private static EventPredicate label(FieldInfo field, int index, Operator operator, Value value)
            throws FilterException {
        if (!FilterCompiler.isMatch(operator)
                && field.labels().stream().noneMatch(value.text()::equalsIgnoreCase)) {
            throw new FilterException(
                    value.at().offset(),
                    "'"
                            + field.name()
                            + "' is one of "
                            + String.join(", ", field.labels())
                            + ", not '"
                            + value.text()
                            + "'");
        }
        Predicate<String> test = textTest(operator, value);
        boolean[] hits = new boolean[field.labels().size()];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = test.test(field.labels().get(i));
        }
        return event -> {
            if (!event.isPresent(index)) {
                return false;
            }
            long label = event.longValue(index);
            return label >= 0 && label < hits.length && hits[(int) label];
        };
    }

    /// Equality, or a regular expression found anywhere; both ignore case. For one thread.
    static Predicate<String> textTest(Operator operator, Value value) throws FilterException {
        if (operator.isOrder()) {
            throw new FilterException(
                    value.at().offset(), "text has no order: use '==', '!=', '~' or '!~'");
        }
        if (!FilterCompiler.isMatch(operator)) {
            boolean wanted = operator == Operator.EQUAL;
            return text -> text.equalsIgnoreCase(value.text()) == wanted;
        }
        boolean wanted = operator == Operator.MATCH;
        Matcher matcher;
        try {
            matcher =
                    Pattern.compile(value.text(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                            .matcher("");
        } catch (PatternSyntaxException e) {
            throw new FilterException(
                    value.at().offset() + Math.max(0, e.getIndex()),
                    "bad regular expression: " + e.getDescription());
        }
        return text -> matcher.reset(text).find() == wanted;
    }
}
