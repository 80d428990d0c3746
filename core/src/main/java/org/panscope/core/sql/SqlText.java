package org.panscope.core.sql;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// What can be told of SQL without parsing it: which names it has, and whether it is one statement.
/// Texts in quotes count as names, too, since functions take names of tables as texts.
final class SqlText {
    private final String sql;
    private final Set<String> names = new TreeSet<>();
    private int at;
    private boolean hasText;
    private boolean isEnded;
    private boolean hasSecond;

    private SqlText(String sql) {
        this.sql = sql;
    }

    static SqlText of(String sql) {
        SqlText text = new SqlText(sql);
        text.scan();
        return text;
    }

    /// All names, in lower case.
    Set<String> names() {
        return names;
    }

    boolean isEmpty() {
        return !hasText;
    }

    boolean isSingleStatement() {
        return !hasSecond;
    }

    private void scan() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (sql.startsWith("--", at)) {
                skipTo(sql.indexOf('\n', at));
            } else if (sql.startsWith("/*", at)) {
                int end = sql.indexOf("*/", at + 2);
                skipTo(end < 0 ? end : end + 2);
            } else if (c == ';') {
                isEnded = hasText;
                at++;
            } else {
                hasText = true;
                hasSecond |= isEnded;
                token(c);
            }
        }
    }

    private void token(char c) {
        if (c == '"' || c == '\'') {
            boolean isEscaped =
                    c == '\'' && at > 0 && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E');
            quoted(c, isEscaped);
        } else if (c == '$') {
            dollar();
        } else if (isWord(c)) {
            int from = at;
            while (at < sql.length() && isWord(sql.charAt(at))) {
                at++;
            }
            name(sql.substring(from, at));
        } else {
            at++;
        }
    }

    private void quoted(char quote, boolean isEscaped) {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\\' && isEscaped) {
                at += 2;
            } else if (c != quote) {
                text.append(c);
                at++;
            } else if (sql.startsWith(String.valueOf(quote).repeat(2), at)) {
                text.append(c);
                at += 2;
            } else {
                at++;
                break;
            }
        }
        name(text.toString());
    }

    /// `$$text$$` or `$tag$text$tag$`; anything else that begins so is a parameter.
    private void dollar() {
        int end = at + 1;
        while (end < sql.length() && isWord(sql.charAt(end))) {
            end++;
        }
        if (end == sql.length() || sql.charAt(end) != '$') {
            at = end;
            return;
        }
        String tag = sql.substring(at, end + 1);
        int close = sql.indexOf(tag, end + 1);
        name(sql.substring(end + 1, close < 0 ? sql.length() : close));
        skipTo(close < 0 ? close : close + tag.length());
    }

    private void name(String text) {
        names.add(text.toLowerCase(Locale.ROOT));
    }

    private void skipTo(int end) {
        at = end < 0 ? sql.length() : end;
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}
