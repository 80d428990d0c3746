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

    /// What [#parse] makes of the text that [#print] makes of a word.
    ///
    /// @return `target` with the fields this part tells
    long readBack(long word, long target);

    /// Reads what stands between braces in a [TextTemplate].
    static TextPart of(String spec, List<OperandField> fields) {
        return switch (spec) {
            case "regs" -> new RegisterList(find("base", fields), find("mask", fields));
            case "pointer" -> new Address(find("address", fields), find("offset", fields));
            case "last" -> new LastRegister(find("base", fields), find("count", fields));
            case "payload" -> new Payload(find("metadataType", fields), find("metadata", fields));
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
        OperandField field = find(spec, fields);
        return field.names().isEmpty() ? new Decimal(field) : Choice.ofNames(field);
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

        @Override
        public long readBack(long word, long target) {
            return target;
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

        @Override
        public long readBack(long word, long target) {
            return field.replace(target, field.get(word));
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

        @Override
        public long readBack(long word, long target) {
            return field.replace(target, field.get(word));
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

        @Override
        public long readBack(long word, long target) {
            return field.replace(target, field.get(word));
        }
    }

    /// A name per value. Values without one print the last name, which then stands for several;
    /// read back, a name is the first value that has it.
    ///
    /// @param longestFirst the names in the order in which they are tried
    record Choice(OperandField field, List<String> names, List<String> longestFirst)
            implements TextPart {
        Choice(OperandField field, List<String> names) {
            this(field, possible(field, names), sorted(possible(field, names)));
        }

        /// The names of the field's own values.
        static Choice ofNames(OperandField field) {
            List<String> names = new ArrayList<>(field.names());
            names.add(OperandField.INVALID);
            return new Choice(field, names);
        }

        /// The names of values that fit the field.
        private static List<String> possible(OperandField field, List<String> names) {
            return names.subList(0, Math.min(names.size(), 1 << field.width()));
        }

        private static List<String> sorted(List<String> names) {
            return names.stream()
                    .distinct()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .toList();
        }

        private String name(long word) {
            long value = field.get(word);
            return value < names.size() ? names.get((int) value) : names.getLast();
        }

        @Override
        public void print(long word, StringBuilder out) {
            out.append(name(word));
        }

        @Override
        public long parse(TextCursor cursor, long word) {
            for (String name : longestFirst) {
                if (cursor.take(name)) {
                    return field.replace(word, names.indexOf(name));
                }
            }
            throw cursor.error("expected one of " + String.join(" ", names));
        }

        @Override
        public long readBack(long word, long target) {
            return field.replace(target, names.indexOf(name(word)));
        }
    }

    /// Registers chosen by a mask, joined with colons; `_` for none. Read back, the first register
    /// named is the base.
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
            if (cursor.take("_")) {
                return mask.replace(word, 0);
            }
            int start = cursor.position();
            long first = -1;
            long previous = -1;
            long bits = 0;
            do {
                cursor.expect("r");
                long register = cursor.unsigned(10);
                first = first < 0 ? register : first;
                if (register <= previous || register - baseOf(first) >= mask.width()) {
                    throw cursor.error("registers must ascend within " + mask.width());
                }
                previous = register;
                bits |= 1L << (register - baseOf(first));
            } while (cursor.take(":"));
            return cursor.put(mask, bits, base.replace(word, baseOf(first)), start);
        }

        @Override
        public long readBack(long word, long target) {
            long bits = mask.get(word);
            if (bits == 0) {
                return mask.replace(target, 0);
            }
            long first = base.get(word) + Long.numberOfTrailingZeros(bits);
            long shift = baseOf(first) - base.get(word);
            return mask.replace(base.replace(target, baseOf(first)), bits >>> shift);
        }

        /// A list may name registers past the last that the base can.
        private long baseOf(long first) {
            return Math.min(first, (1L << base.width()) - 1);
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

        @Override
        public long readBack(long word, long target) {
            return pair.replace(offset.replace(target, offset.get(word)), pair.get(word));
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

        @Override
        public long readBack(long word, long target) {
            return count.replace(target, count.get(word));
        }
    }

    /// What a NOP carries for tools; told only when it has a type.
    record Payload(OperandField type, OperandField payload) implements TextPart {
        @Override
        public void print(long word, StringBuilder out) {
            if (type.get(word) != 0) {
                out.append(": t").append(type.get(word)).append(", 0x");
                new Hex(payload, true).print(word, out);
            }
        }

        @Override
        public long parse(TextCursor cursor, long word) {
            if (!cursor.take(": t")) {
                return word;
            }
            int start = cursor.position();
            long kind = cursor.unsigned(10);
            if (kind == 0) {
                throw cursor.error("a payload has a type other than 0");
            }
            long typed = cursor.put(type, kind, word, start);
            cursor.expect(", 0x");
            int digits = cursor.position();
            return cursor.put(payload, cursor.unsigned(16), typed, digits);
        }

        @Override
        public long readBack(long word, long target) {
            return type.get(word) == 0
                    ? target
                    : type.replace(payload.replace(target, payload.get(word)), type.get(word));
        }
    }
}
