package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.payload.PrintFormat.Fields;
import org.panscope.trace.ftrace.payload.PrintFormat.Named;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/// An expression of a print format. Unknown parts make the whole unknown.
interface PrintExpression {
    /// `Long`, `String` or `byte[]`; null when it is not known.
    @Nullable Object value(Fields fields);

    /// The expressions this one is made of.
    default List<PrintExpression> parts() {
        return List.of();
    }

    /// See [PrintFormat#names].
    default List<Named> names(String field) {
        for (PrintExpression part : parts()) {
            List<Named> names = part.names(field);
            if (!names.isEmpty()) {
                return names;
            }
        }
        return List.of();
    }

    /// Whether a field occurs in it.
    default boolean mentions(String field) {
        return parts().stream().anyMatch(part -> part.mentions(field));
    }

    /// Name of the field that this is the value of, or null.
    default @Nullable String plainField() {
        return null;
    }

    /// The value as a number, or null.
    default @Nullable Long number(Fields fields) {
        return value(fields) instanceof Long number ? number : null;
    }

    /// A number or a text that is written out.
    record Literal(Object literal) implements PrintExpression {
        @Override
        public Object value(Fields fields) {
            return literal;
        }
    }

    /// `REC->name`, `__get_str(name)` and their like.
    record FieldValue(String name) implements PrintExpression {
        @Override
        public @Nullable Object value(Fields fields) {
            return fields.value(name);
        }

        @Override
        public boolean mentions(String field) {
            return name.equals(field);
        }

        @Override
        public String plainField() {
            return name;
        }
    }

    /// A cast to an integer of so many bytes; 0 leaves the value alone.
    record Cast(int bytes, boolean signed, PrintExpression of) implements PrintExpression {
        @Override
        public @Nullable String plainField() {
            return of.plainField();
        }

        @Override
        public @Nullable Object value(Fields fields) {
            Object value = of.value(fields);
            if (!(value instanceof Long number) || bytes == 0 || bytes == Long.BYTES) {
                return value;
            }
            int unused = Long.SIZE - bytes * 8;
            long top = number << unused;
            return signed ? top >> unused : top >>> unused;
        }

        @Override
        public List<PrintExpression> parts() {
            return List.of(of);
        }
    }

    record Unary(LongUnaryOperator operator, PrintExpression of) implements PrintExpression {
        @Override
        public @Nullable Object value(Fields fields) {
            Long number = of.number(fields);
            return number == null ? null : (Long) operator.applyAsLong(number);
        }

        @Override
        public List<PrintExpression> parts() {
            return List.of(of);
        }
    }

    record Binary(LongBinaryOperator operator, PrintExpression left, PrintExpression right)
            implements PrintExpression {
        @Override
        public @Nullable Object value(Fields fields) {
            Long a = left.number(fields);
            Long b = right.number(fields);
            return a == null || b == null ? null : (Long) operator.applyAsLong(a, b);
        }

        @Override
        public List<PrintExpression> parts() {
            return List.of(left, right);
        }
    }

    record Choice(PrintExpression condition, PrintExpression then, PrintExpression otherwise)
            implements PrintExpression {
        @Override
        public @Nullable Object value(Fields fields) {
            Long chosen = condition.number(fields);
            if (chosen == null) {
                return null;
            }
            return chosen != 0 ? then.value(fields) : otherwise.value(fields);
        }

        @Override
        public List<PrintExpression> parts() {
            return List.of(condition, then, otherwise);
        }
    }

    /// `__print_symbolic`: the name of a value; its number where it has none.
    record Symbolic(PrintExpression of, List<Named> all) implements PrintExpression {
        @Override
        public @Nullable Object value(Fields fields) {
            Long number = of.number(fields);
            if (number == null) {
                return null;
            }
            for (Named named : all) {
                if (named.value() == number) {
                    return named.name();
                }
            }
            return "0x" + Long.toHexString(number);
        }

        @Override
        public boolean mentions(String field) {
            return of.mentions(field);
        }

        @Override
        public List<Named> names(String field) {
            return of.mentions(field) ? all : List.of();
        }
    }

    /// `__print_flags`: the names of the bits that are set, and what is left as a number.
    record Flags(PrintExpression of, String separator, List<Named> all) implements PrintExpression {
        @Override
        public @Nullable Object value(Fields fields) {
            Long number = of.number(fields);
            if (number == null) {
                return null;
            }
            long left = number;
            StringJoiner text = new StringJoiner(separator);
            for (Named named : all) {
                if ((left & named.value()) == named.value() && (named.value() != 0 || left == 0)) {
                    text.add(named.name());
                    left &= ~named.value();
                }
            }
            if (left != 0) {
                text.add("0x" + Long.toHexString(left));
            }
            return text.toString();
        }

        @Override
        public boolean mentions(String field) {
            return of.mentions(field);
        }

        @Override
        public List<Named> names(String field) {
            return of.mentions(field) ? all : List.of();
        }
    }

    /// `__print_hex` and `__print_array`: elements of an array, which as a field is `1,2,3` with
    /// bytes in hexadecimal.
    record Elements(String array, boolean isHex, @Nullable PrintExpression count)
            implements PrintExpression {
        @Override
        public @Nullable Object value(Fields fields) {
            Object value = fields.value(array);
            List<String> elements = new ArrayList<>();
            if (value instanceof byte[] bytes) {
                for (byte b : bytes) {
                    elements.add(HexFormat.of().toHexDigits(b));
                }
            } else if (value instanceof String text && !text.isEmpty()) {
                elements.addAll(List.of(text.split(",", -1)));
            } else if (value == null) {
                return null;
            }
            Long most = count == null ? null : count.number(fields);
            if (most != null && most >= 0 && most < elements.size()) {
                elements = elements.subList(0, most.intValue());
            }
            return isHex
                    ? String.join(" ", elements)
                    : elements.stream()
                            .map(Elements::hexadecimal)
                            .collect(Collectors.joining(",", "{", "}"));
        }

        private static String hexadecimal(String element) {
            Long number = ValueKind.number(element);
            return number == null ? "0x" + element : "0x" + Long.toHexString(number);
        }

        @Override
        public boolean mentions(String field) {
            return array.equals(field);
        }
    }
}
