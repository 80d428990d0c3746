package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.payload.FieldSetPool.Spelling;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Collects fields whose names come from the text itself.
final class PayloadBuilder {
    /// More fields than any tracepoint has; the rest stays text.
    static final int MAX_FIELDS = 64;

    /// Fields that hold names, which stay text even where the name is a number.
    private static final Set<String> NAMES =
            Set.of("comm", "name", "driver", "timeline", "ring", "ring_name", "dev", "dev_name");

    private final List<@Nullable Object> values = new ArrayList<>();
    private FieldSetPool.@Nullable Shape shape;

    PayloadBuilder(FieldSetPool pool) {
        shape = pool.none();
    }

    int size() {
        return values.size();
    }

    boolean has(String name) {
        return shape != null && shape.has(name);
    }

    void addText(String name, @Nullable String value) {
        add(name, Spelling.TEXT, value);
    }

    void addAddress(String name, @Nullable Long value) {
        add(name, Spelling.ADDRESS, value);
    }

    /// A value whose spelling decides its kind: decimal, hexadecimal, or text.
    void addGuessed(String name, String text) {
        Long number = isName(name) ? null : ValueKind.rawNumber(text);
        if (number == null) {
            addText(name, text);
        } else {
            addNumber(name, text, number);
        }
    }

    /// A decimal number that is not negative.
    void addDecimal(String name, long number) {
        add(name, Spelling.SIGNED, number);
    }

    /// Whether values of a field stay text whatever they look like.
    static boolean isName(String name) {
        return NAMES.contains(name) || name.endsWith("_comm");
    }

    /// A number, with the text that spells it.
    void addNumber(String name, String text, long number) {
        boolean hexadecimal =
                text.startsWith("(") || (text.startsWith("0x") && !text.endsWith(")"));
        boolean fitsSigned = number >= 0 || text.contains("-");
        add(
                name,
                hexadecimal
                        ? Spelling.HEXADECIMAL
                        : fitsSigned ? Spelling.SIGNED : Spelling.UNSIGNED,
                number);
    }

    private void add(String name, Spelling spelling, @Nullable Object value) {
        shape = shape == null ? null : shape.with(name, spelling);
        values.add(value);
    }

    /// Whether the capture has not too many shapes for this one.
    boolean hasShape() {
        return shape != null;
    }

    /// The payload, or only its text when the capture has too many shapes.
    Payload build(String text) {
        FieldSetPool.Shape all = shape;
        return all == null ? Payload.textOnly(text) : new Payload(all.set(), values.toArray());
    }
}
