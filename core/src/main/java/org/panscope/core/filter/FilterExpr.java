package org.panscope.core.filter;

import java.util.List;
import java.util.stream.Collectors;

/// A parsed filter. `toString` prints text that parses to an equal expression.
///
/// Absent values: every comparison with an absent value is false, `!=` too, so that what a capture
/// did not record is never counted as different. `field == ?` asks for absent, `field != ?` for
/// present values.
public sealed interface FilterExpr {

    /// All of at least two parts hold.
    record And(List<FilterExpr> parts) implements FilterExpr {
        public And {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return parts.stream()
                    .map(part -> part instanceof Or ? "(" + part + ")" : part.toString())
                    .collect(Collectors.joining(" && "));
        }
    }

    /// At least one of at least two parts holds.
    record Or(List<FilterExpr> parts) implements FilterExpr {
        public Or {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return parts.stream().map(FilterExpr::toString).collect(Collectors.joining(" || "));
        }
    }

    /// The part does not hold.
    record Not(FilterExpr part) implements FilterExpr {
        @Override
        public String toString() {
            return "!(" + part + ")";
        }
    }

    /// A field compared with one value.
    record Compare(Name field, Operator operator, Value value) implements FilterExpr {
        @Override
        public String toString() {
            return field + " " + operator.symbol() + " " + value;
        }
    }

    /// A field equal to one of several values.
    record In(Name field, List<Value> values) implements FilterExpr {
        public In {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return field
                    + " in ("
                    + values.stream().map(Value::toString).collect(Collectors.joining(", "))
                    + ")";
        }
    }

    /// A word searched for, ignoring case, in type name, track and field text.
    record Text(Value word) implements FilterExpr {
        @Override
        public String toString() {
            return word.toString();
        }
    }

    /// How a field is compared.
    enum Operator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        MATCH("~"),
        NOT_MATCH("!~");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }

        /// Whether the operator asks for the order of two values.
        boolean isOrder() {
            return this == LESS
                    || this == LESS_OR_EQUAL
                    || this == GREATER
                    || this == GREATER_OR_EQUAL;
        }
    }

    /// A field's name as written.
    record Name(String text, Place at) {
        @Override
        public String toString() {
            return text;
        }
    }

    /// A value as written: what it means depends on the field it meets.
    ///
    /// @param quoted whether it stood in quotes, which makes it text and nothing else
    record Value(String text, boolean quoted, Place at) {
        /// Whether this is `?`, the absent value.
        boolean isUnknown() {
            return !quoted && text.equals("?");
        }

        @Override
        public String toString() {
            return quoted ? FilterLexer.quote(text) : text;
        }
    }

    /// Where in the text something stood. Never tells two expressions apart: all places are equal.
    final class Place {
        private final int offset;

        public Place(int offset) {
            this.offset = offset;
        }

        public int offset() {
            return offset;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Place;
        }

        @Override
        public int hashCode() {
            return 0;
        }

        @Override
        public String toString() {
            return Integer.toString(offset);
        }
    }
}
