package org.panscope.trace.ftrace.payload;

/// Any payload: every `key=value` becomes a field, and unless they explain the text completely the
/// text itself is kept as [FieldSet#PAYLOAD].
final class KeyValueDecoder implements PayloadDecoder {
    private static final int MAX_KEY = 64;

    private final FieldSetPool pool;

    KeyValueDecoder(FieldSetPool pool) {
        this.pool = pool;
    }

    @Override
    public Payload decode(String text) {
        PayloadBuilder payload = new PayloadBuilder(pool);
        boolean explained = true;
        String[] tokens = text.strip().split("\\s+", -1);
        for (int i = 0; i < tokens.length; i++) {
            int equals = keyLength(tokens[i]);
            if (equals < 0) {
                explained &= tokens[i].isEmpty();
                continue;
            }
            String key = tokens[i].substring(0, equals);
            String value = tokens[i].substring(equals + 1);
            if (i + 1 < tokens.length && continues(value, tokens[i + 1])) {
                value = (value + " " + tokens[++i]).strip();
            }
            if (value.endsWith(",") && i + 1 < tokens.length) {
                value = value.substring(0, value.length() - 1);
            }
            if (payload.size() < PayloadBuilder.MAX_FIELDS && !key.equals(FieldSet.PAYLOAD)) {
                payload.addGuessed(unique(payload, key), value);
            } else {
                explained = false;
            }
        }
        if (!explained) {
            payload.addText(FieldSet.PAYLOAD, text);
        }
        return payload.build(text);
    }

    /// Whether a token in brackets belongs to the value before it: `ip= (0x…)` as `-R` prints a
    /// pointer, or `0x7 (7)` as the option `fields` prints a number.
    private static boolean continues(String value, String next) {
        return next.startsWith("(")
                && (value.isEmpty()
                        ? ValueKind.rawNumber(next) != null
                        : ValueKind.rawNumber(value + " " + next) != null);
    }

    private static String unique(PayloadBuilder payload, String key) {
        String name = key;
        for (int i = 2; payload.has(name); i++) {
            name = key + "_" + i;
        }
        return name;
    }

    /// Length of the key before `=`, or -1 if the token has none.
    private static int keyLength(String token) {
        for (int i = 0; i < token.length() && i <= MAX_KEY; i++) {
            char c = token.charAt(i);
            if (c == '=') {
                return i == 0 ? -1 : i;
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            boolean inner = (c >= '0' && c <= '9') || c == '-' || c == '.';
            if (!letter && !(inner && i > 0)) {
                return -1;
            }
        }
        return -1;
    }
}
