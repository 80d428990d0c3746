package org.panscope.core.isa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A piece of an instruction's text that can be printed from a word and parsed back into it.
sealed interface TextPart {
    void print(long word, StringBuilder out);

    /// Reads this part's text.
    ///
    /// @return `word` with the fields this part tells
    long parse(TextCursor cursor, long word);

    /// Reads what stands between braces in a [TextTemplate].
    static TextPart of(String spec, List<OperandField> fields) {
        return switch (spec) {
            case "regs" -> new RegisterList(find("base", fields), find("mask", fields));
            case "pointer" -> new Address(find("address", fields), find("offset", fields));
            case "last" -> new LastRegister(find("base", fields), find("count", fields));
            default -> ofField(spec, fields);
        };
    }

    private static TextPart ofField(String spec, List<OperandField> fields) {
        int question = spec.indexOf('?');
        if (question >= 0) {
            String set = spec.substring(question + 1);
            int colon = set.indexOf(':');
            String clear = colon < 0 ? "" : set.substring(colon + 1);
            return new Choice(
                    find(spec.substring(0, question), fields),
                    List.of(clear, colon < 0 ? set : set.substring(0, colon)));
        }
        int bar = spec.indexOf('|');
        if (bar >= 0) {
            List<String> names = Arrays.asList(spec.substring(bar + 1).split("\\|", -1));
            return new Choice(find(spec.substring(0, bar), fields), names);
        }
        int star = spec.indexOf('*');
        if (star >= 0) {
            return new Scaled(
                    find(spec.substring(0, star), fields),
                    Integer.parseInt(spec.substring(star + 1)));
        }
        if (spec.endsWith(":x") || spec.endsWith(":X")) {
            return new Hex(find(spec.substring(0, spec.length() - 2), fields), spec.endsWith("X"));
        }
        return new Decimal(find(spec, fields));
    }

    private static OperandField find(String name, List<OperandField> fields) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no field " + name));
    }

    /// Fixed text.
    record Literal(String text) implements TextPart {
        @Override
        public void print(long word, StringBuilder out) {
            out.append(text);
        }

        @Override
        public long parse(TextCursor cursor, long word) {
            cursor.expect(text);
            return word;
        }
    }

    /// A decimal number.
    record Decimal(OperandField field) implements TextPart {
        @Override
        public void print(long word, StringBuilder out) {
            out.append(field.get(word));
        }

        @Override
        public long parse(TextCursor cursor, long word) {
            int start = cursor.position();
            boolean signed = field.type() == OperandField.Type.SIGNED;
            return cursor.put(field, signed ? cursor.signed() : cursor.unsigned(10), word, start);
        }
    }

    /// A hexadecimal number without prefix or padding.
    record Hex(OperandField field, boolean upper) implements TextPart {
        @Override
        public void print(long word, StringBuilder out) {
            String digits = Long.toHexString(field.get(word));
            out.append(upper ? digits.toUpperCase(Locale.ROOT) : digits);
        }

        @Override
        public long parse(TextCursor cursor, long word) {
            int start = cursor.position();
            return cursor.put(field, cursor.unsigned(16), word, start);
        }
    }

    /// A decimal number that stands for a field times a factor.
    record Scaled(OperandField field, int factor) implements TextPart {
        @Override
        public void print(long word, StringBuilder out) {
            out.append(field.get(word) * factor);
        }

        @Override
        public long parse(TextCursor cursor, long word) {
            int start = cursor.position();
            long value = cursor.unsigned(10);
            if (value % factor != 0) {
                throw cursor.error("not a multiple of " + factor);
            }
            return cursor.put(field, value / factor, word, start);
        }
    }

    /// A name per value. Values without one print the last name, which then stands for several.
    record Choice(OperandField field, List<String> names) implements TextPart {
        @Override
        public void print(long word, StringBuilder out) {
            long value = field.get(word);
            out.append(value < names.size() ? names.get((int) value) : names.getLast());
        }

        @Override
        public long parse(TextCursor cursor, long word) {
            List<String> longestFirst = new ArrayList<>(names);
            longestFirst.sort(Comparator.comparingInt(String::length).reversed());
            int start = cursor.position();
            for (String name : longestFirst) {
                if (cursor.take(name)) {
                    return cursor.put(field, names.indexOf(name), word, start);
                }
            }
            throw cursor.error("expected one of " + names);
        }
    }

    /// Registers chosen by a mask, joined with colons; `_` for none.
    record RegisterList(OperandField base, OperandField mask) implements TextPart {
        @Override
        public void print(long word, StringBuilder out) {
            long left = mask.get(word);
            if (left == 0) {
                out.append('_');
                return;
            }
            String separator = "r";
            for (; left != 0; left &= left - 1) {
                out.append(separator).append(base.get(word) + Long.numberOfTrailingZeros(left));
                separator = ":r";
            }
        }

        @Override
        public long parse(TextCursor cursor, long word) {
            int start = cursor.position();
            if (cursor.take("_")) {
                return cursor.put(mask, 0, word, start);
            }
            long first = -1;
            long previous = -1;
            long bits = 0;
            do {
                cursor.expect("r");
                long register = cursor.unsigned(10);
                first = first < 0 ? register : first;
                if (register <= previous || register - first >= mask.width()) {
                    throw cursor.error("registers must ascend within " + mask.width());
                }
                previous = register;
                bits |= 1L << (register - first);
            } while (cursor.take(":"));
            long based = cursor.put(base, Math.min(first, 255), word, start);
            return cursor.put(mask, bits << (first - Math.min(first, 255)), based, start);
        }
    }

    /// `[dN]` or `[dN + offset]`.
    record Address(OperandField pair, OperandField offset) implements TextPart {
        @Override
        public void print(long word, StringBuilder out) {
            out.append("[d").append(pair.get(word));
            if (offset.get(word) != 0) {
                out.append(" + ").append(offset.get(word));
            }
            out.append(']');
        }

        @Override
        public long parse(TextCursor cursor, long word) {
            cursor.expect("[d");
            int start = cursor.position();
            long result = cursor.put(pair, cursor.unsigned(10), word, start);
            long bytes = 0;
            int offsetStart = cursor.position();
            if (cursor.take(" + ")) {
                offsetStart = cursor.position();
                bytes = cursor.signed();
            }
            cursor.expect("]");
            return cursor.put(offset, bytes, result, offsetStart);
        }
    }

    /// The last register of a run, told as base + count - 1. The base must stand before it.
    record LastRegister(OperandField base, OperandField count) implements TextPart {
        @Override
        public void print(long word, StringBuilder out) {
            out.append(base.get(word) + count.get(word) - 1);
        }

        @Override
        public long parse(TextCursor cursor, long word) {
            int start = cursor.position();
            return cursor.put(count, cursor.signed() - base.get(word) + 1, word, start);
        }
    }
}
