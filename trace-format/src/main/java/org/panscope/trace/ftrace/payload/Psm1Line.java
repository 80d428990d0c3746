package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// One `psm1` marker: what an instrumented user-mode driver writes into the trace about things the
/// kernel cannot see.
///
/// ```
/// line  = "psm1" SP verb *( SP key "=" value )      at most 1000 characters
/// verb  = 2*8 lower-case letters                    key = 1*8 ( a-z 0-9 )
/// value = token | DQUOTE *char DQUOTE               token = 1*( any but blank and DQUOTE )
/// ```
///
/// The verb `note` may carry free text instead of pairs, kept under the key `t`.
///
/// @param verb what happened
/// @param keys those of the pairs, in the order written
/// @param texts the value of each, quotes removed
public record Psm1Line(String verb, List<String> keys, List<String> texts) {
    private static final String MAGIC = "psm1 ";
    private static final int MAX_LENGTH = 1000;
    private static final int MAX_WORD = 8;

    /// Whether a marker claims to be one of these, well formed or not.
    public static boolean isMarked(String text) {
        return text.startsWith(MAGIC);
    }

    /// The marker, or null when the text does not follow the grammar.
    public static @Nullable Psm1Line parse(String text) {
        if (!isMarked(text) || text.length() > MAX_LENGTH || text.indexOf('\n') >= 0) {
            return null;
        }
        int end = wordEnd(text, MAGIC.length(), false);
        String verb = text.substring(MAGIC.length(), end);
        if (verb.length() < 2 || verb.length() > MAX_WORD) {
            return null;
        }
        if (end < text.length() && text.charAt(end) != ' ') {
            return null;
        }
        List<String> keys = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        boolean pairs = parsePairs(text, end, keys, texts);
        if (!pairs && verb.equals("note") && end + 1 < text.length()) {
            return new Psm1Line(verb, List.of("t"), List.of(text.substring(end + 1)));
        }
        return pairs ? new Psm1Line(verb, keys, texts) : null;
    }

    /// The value of a key as text, or null.
    public @Nullable String text(String key) {
        int place = keys.indexOf(key);
        return place < 0 ? null : texts.get(place);
    }

    /// The 64 bits of a number, or null when the key is missing or its value is none.
    public @Nullable Long number(String key) {
        String value = text(key);
        return value == null ? null : asNumber(value);
    }

    /// The number that a value is, or null.
    static @Nullable Long asNumber(String value) {
        return value.startsWith("-") ? null : ValueKind.number(value);
    }

    private static boolean parsePairs(
            String text, int from, List<String> keys, List<String> texts) {
        int at = from;
        while (at < text.length()) {
            int keyEnd = wordEnd(text, at + 1, true);
            String key = text.substring(at + 1, keyEnd);
            if (key.isEmpty()
                    || key.length() > MAX_WORD
                    || keyEnd + 1 >= text.length()
                    || text.charAt(keyEnd) != '=') {
                return false;
            }
            int valueFrom = keyEnd + 1;
            boolean quoted = text.charAt(valueFrom) == '"';
            int valueEnd = quoted ? text.indexOf('"', valueFrom + 1) : tokenEnd(text, valueFrom);
            if (valueEnd < 0 || (!quoted && valueEnd == valueFrom)) {
                return false;
            }
            String value = text.substring(quoted ? valueFrom + 1 : valueFrom, valueEnd);
            at = quoted ? valueEnd + 1 : valueEnd;
            boolean separated = at == text.length() || text.charAt(at) == ' ';
            if (!separated || at == text.length() - 1 || keys.contains(key)) {
                return false;
            }
            keys.add(key);
            texts.add(value);
        }
        return true;
    }

    private static int wordEnd(String text, int from, boolean digits) {
        int end = from;
        while (end < text.length()
                && ((text.charAt(end) >= 'a' && text.charAt(end) <= 'z')
                        || (digits && text.charAt(end) >= '0' && text.charAt(end) <= '9'))) {
            end++;
        }
        return end;
    }

    private static int tokenEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != '"') {
            end++;
        }
        return end;
    }
}
