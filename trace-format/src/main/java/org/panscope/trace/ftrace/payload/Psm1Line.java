package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;

/// A `psm1` marker: what an instrumented user-mode driver writes into the trace about things the
/// kernel cannot see. One object reads one line after the other and keeps only where things are in
/// it, as a busy client writes millions.
///
/// ```
/// line  = "psm1" SP verb *( SP key "=" value )      at most 1000 characters
/// verb  = 2*8 lower-case letters                    key = 1*8 ( a-z 0-9 )
/// value = token | DQUOTE *char DQUOTE               token = 1*( any but blank and DQUOTE )
/// ```
///
/// The verb `note` may carry free text instead of pairs, kept under the key `t`.
public final class Psm1Line {
    private static final String MAGIC = "psm1 ";
    private static final String NOTE = "note";
    private static final int MAX_LENGTH = 1000;
    private static final int MAX_WORD = 8;

    /// Longer decimal numbers may not fit.
    private static final int SURE_DIGITS = 18;

    /// Of each pair: where its key and its value begin and end. A pair takes four characters or
    /// more.
    private static final int PLACES = 4;

    private String line = "";
    private final MarkerKeys words;
    private MarkerKeys.Key verb;
    private final int[] places = new int[MAX_LENGTH];
    private int pairs;
    private boolean isFreeText;

    /// @param words remembers keys and verbs, for any number of lines
    Psm1Line(MarkerKeys words) {
        this.words = words;
        verb = words.of(NOTE, 0, NOTE.length());
    }

    /// Whether a marker claims to be one of these, well formed or not.
    public static boolean isMarked(String text) {
        return text.startsWith(MAGIC);
    }

    /// Takes in a line.
    ///
    /// @return whether the text follows the grammar; the rest tells of it only then
    boolean read(String text) {
        if (!isMarked(text) || text.length() > MAX_LENGTH || text.indexOf('\n') >= 0) {
            return false;
        }
        line = text;
        pairs = 0;
        isFreeText = false;
        int end = wordEnd(MAGIC.length(), false);
        int length = end - MAGIC.length();
        if (length < 2 || length > MAX_WORD || (end < text.length() && text.charAt(end) != ' ')) {
            return false;
        }
        verb = words.of(text, MAGIC.length(), end);
        if (readPairs(end)) {
            return true;
        }
        isFreeText = verb.word().equals(NOTE) && end + 1 < text.length();
        if (isFreeText) {
            pairs = 0;
            addPair(0, 0, end + 1, text.length());
        }
        return isFreeText;
    }

    /// What happened.
    String verb() {
        return verb.word();
    }

    /// Number of pairs.
    int size() {
        return pairs;
    }

    /// The key of a pair, in the order written.
    MarkerKeys.Key key(int pair) {
        return isFreeText ? words.of("t", 0, 1) : words.of(line, place(pair, 0), place(pair, 1));
    }

    /// The value of a pair, quotes removed.
    String text(int pair) {
        return line.substring(place(pair, 2), place(pair, 3));
    }

    /// Whether the value of a pair is a decimal number that fits whatever its digits are.
    boolean isShortDecimal(int pair) {
        int from = place(pair, 2);
        int to = place(pair, 3);
        if (from == to || to - from > SURE_DIGITS) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!isDigit(line.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// The number that [#isShortDecimal] says the value is.
    long shortDecimal(int pair) {
        long number = 0;
        for (int i = place(pair, 2); i < place(pair, 3); i++) {
            number = number * 10 + line.charAt(i) - '0';
        }
        return number;
    }

    /// The 64 bits of the unsigned number that a value is, or null.
    static @Nullable Long asNumber(String value) {
        return value.startsWith("-") ? null : ValueKind.number(value);
    }

    private int place(int pair, int which) {
        return places[pair * PLACES + which];
    }

    private void addPair(int keyFrom, int keyEnd, int valueFrom, int valueEnd) {
        int at = pairs++ * PLACES;
        places[at] = keyFrom;
        places[at + 1] = keyEnd;
        places[at + 2] = valueFrom;
        places[at + 3] = valueEnd;
    }

    private boolean readPairs(int from) {
        String text = line;
        int at = from;
        while (at < text.length()) {
            int keyFrom = at + 1;
            int keyEnd = wordEnd(keyFrom, true);
            if (keyEnd == keyFrom
                    || keyEnd - keyFrom > MAX_WORD
                    || keyEnd + 1 >= text.length()
                    || text.charAt(keyEnd) != '=') {
                return false;
            }
            int valueFrom = keyEnd + 1;
            boolean quoted = text.charAt(valueFrom) == '"';
            int valueEnd = quoted ? text.indexOf('"', valueFrom + 1) : tokenEnd(valueFrom);
            if (valueEnd < 0 || (!quoted && valueEnd == valueFrom)) {
                return false;
            }
            at = quoted ? valueEnd + 1 : valueEnd;
            boolean separated = at == text.length() || text.charAt(at) == ' ';
            if (!separated || at == text.length() - 1 || hasKey(keyFrom, keyEnd)) {
                return false;
            }
            addPair(keyFrom, keyEnd, quoted ? valueFrom + 1 : valueFrom, valueEnd);
        }
        return true;
    }

    private boolean hasKey(int from, int end) {
        for (int pair = 0; pair < pairs; pair++) {
            int length = place(pair, 1) - place(pair, 0);
            if (length == end - from && line.regionMatches(place(pair, 0), line, from, length)) {
                return true;
            }
        }
        return false;
    }

    private int wordEnd(int from, boolean digits) {
        int end = from;
        while (end < line.length() && isWord(line.charAt(end), digits)) {
            end++;
        }
        return end;
    }

    private static boolean isWord(char c, boolean digits) {
        return (c >= 'a' && c <= 'z') || (digits && isDigit(c));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private int tokenEnd(int from) {
        int end = from;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '"') {
            end++;
        }
        return end;
    }
}
