package org.panscope.core.filter;

import java.util.ArrayList;
import java.util.List;

/// Cuts filter text into tokens. A word is any run of characters that are neither space nor part of
/// an operator, so type names with colons, object ids and addresses need no quotes.
final class FilterLexer {
    private static final String OPERATOR_CHARACTERS = "!=<>&|(),~\"";
    private static final List<String> SYMBOLS =
            List.of("&&", "||", "==", "!=", "!~", "<=", ">=", "<", ">", "~", "!", "(", ")", ",");

    /// What a token is.
    enum Kind {
        WORD,
        STRING,
        SYMBOL,
        END
    }

    /// One token; `text` is the content for a string and the spelling for everything else.
    record Token(Kind kind, String text, int at) {
        boolean isSymbol(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }

        /// The token as named in messages.
        String shown() {
            return kind == Kind.END ? "the end" : "'" + text + "'";
        }
    }

    private final String text;
    private int at;

    private FilterLexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) throws FilterException {
        FilterLexer lexer = new FilterLexer(text);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Kind.END);
        return tokens;
    }

    /// Text as a quoted string that reads back as the same text.
    static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private Token next() throws FilterException {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return new Token(Kind.END, "", at);
        }
        if (text.charAt(at) == '"') {
            return string();
        }
        int start = at;
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token(Kind.SYMBOL, symbol, start);
            }
        }
        while (at < text.length() && isWordCharacter(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new FilterException(start, hintFor(text.charAt(start)));
        }
        return new Token(Kind.WORD, text.substring(start, at), start);
    }

    private static String hintFor(char c) {
        return switch (c) {
            case '=' -> "one '=': equality is written '=='";
            case '&' -> "one '&': 'and' is written '&&'";
            default -> "one '|': 'or' is written '||'";
        };
    }

    /// A backslash takes the next quote or backslash literally and stays itself before anything
    /// else, so that regular expressions need no doubling.
    private Token string() throws FilterException {
        int start = at;
        StringBuilder content = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && isEscapable(text.charAt(at + 1))) {
                at++;
                c = text.charAt(at);
            }
            content.append(c);
            at++;
        }
        if (at == text.length()) {
            throw new FilterException(start, "the string that begins here has no closing quote");
        }
        at++;
        return new Token(Kind.STRING, content.toString(), start);
    }

    private static boolean isEscapable(char c) {
        return c == '"' || c == '\\';
    }

    private static boolean isWordCharacter(char c) {
        return !Character.isWhitespace(c) && OPERATOR_CHARACTERS.indexOf(c) < 0;
    }
}
