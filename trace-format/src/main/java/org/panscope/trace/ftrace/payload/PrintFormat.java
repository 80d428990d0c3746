package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// The `print fmt` of a tracepoint: a format and arguments that are expressions of C, worked out
/// from the fields of an event.
///
/// kernel: Documentation/trace/events.rst; libtraceevent: event-parse.c, process_arg
public final class PrintFormat {
    private final String pattern;
    private final List<PrintExpression> arguments;

    private PrintFormat(String pattern, List<PrintExpression> arguments) {
        this.pattern = pattern;
        this.arguments = arguments;
    }

    /// The fields of an event by name: `Long`, `String` or `byte[]`; null when absent.
    @FunctionalInterface
    public interface Fields {
        @Nullable Object value(String field);
    }

    /// Reads a format, or null when it is written in a way this does not understand.
    public static @Nullable PrintFormat parse(String text) {
        PrintParser parser = new PrintParser(text);
        String pattern = parser.leadingText();
        if (pattern == null) {
            return null;
        }
        List<PrintExpression> arguments = new ArrayList<>();
        while (parser.skip(",")) {
            PrintExpression argument = parser.expression();
            if (argument == null) {
                return null;
            }
            arguments.add(argument);
        }
        return parser.atEnd() ? new PrintFormat(pattern, arguments) : null;
    }

    /// The text of an event, or null when a value it needs is not known.
    public @Nullable String print(Fields fields) {
        List<Object> values = new ArrayList<>();
        for (PrintExpression argument : arguments) {
            Object value = argument.value(fields);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return PrintfText.format(pattern, new Values(values.iterator()));
    }

    /// The names that a `__print_flags` or `__print_symbolic` of this format gives the values of a
    /// field, in order; empty when there is none.
    public List<Named> names(String field) {
        for (PrintExpression argument : arguments) {
            List<Named> names = argument.names(field);
            if (!names.isEmpty()) {
                return names;
            }
        }
        return List.of();
    }

    /// Whether the value of a field is printed as it is, in hexadecimal digits.
    public boolean isHexadecimal(String field) {
        HexadecimalUse use = new HexadecimalUse(field);
        PrintfText.format(pattern, use);
        return use.isFound;
    }

    /// Looks how a field is converted; what is printed does not matter.
    private final class HexadecimalUse implements PrintfText.Arguments {
        private final String field;
        private final Iterator<PrintExpression> left = arguments.iterator();
        private char letter;
        boolean isFound;

        HexadecimalUse(String field) {
            this.field = field;
        }

        @Override
        public void conversion(char next) {
            letter = next;
        }

        @Override
        public Long number(int bytes) {
            boolean isField = left.hasNext() && field.equals(left.next().plainField());
            isFound |= isField && "xXp".indexOf(letter) >= 0;
            letter = 0;
            return 0L;
        }

        @Override
        public @Nullable String text() {
            number(Long.BYTES);
            return null;
        }

        @Override
        public @Nullable String symbol(long address) {
            return null;
        }
    }

    /// A value and what it is called.
    public record Named(long value, String name) {}

    private record Values(Iterator<Object> values) implements PrintfText.Arguments {
        @Override
        public @Nullable Long number(int bytes) {
            return values.hasNext() && values.next() instanceof Long number ? number : null;
        }

        /// Of a text that is not in the record there is only its address, which trace-cmd prints.
        ///
        /// libtraceevent: event-parse.c, print_str_arg
        @Override
        public @Nullable String text() {
            Object value = values.hasNext() ? values.next() : null;
            return switch (value) {
                case null -> null;
                case Long address -> Long.toHexString(address);
                case Object text -> text.toString();
            };
        }

        @Override
        public @Nullable String symbol(long address) {
            return null;
        }
    }
}
