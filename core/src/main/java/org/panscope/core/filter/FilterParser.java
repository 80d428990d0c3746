package org.panscope.core.filter;

import org.panscope.core.filter.FilterExpr.Name;
import org.panscope.core.filter.FilterExpr.Operator;
import org.panscope.core.filter.FilterExpr.Place;
import org.panscope.core.filter.FilterExpr.Value;
import org.panscope.core.filter.FilterLexer.Kind;
import org.panscope.core.filter.FilterLexer.Token;

import java.util.ArrayList;
import java.util.List;

/// Recursive descent over the tokens of a filter:
///
/// ```
/// or    = and { "||" and }
/// and   = unary { ["&&"] unary }          two terms side by side mean "and"
/// unary = "!" unary | "(" or ")" | term
/// term  = name op value | name "in" "(" value { "," value } ")" | word
/// op    = "==" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~"
/// ```
final class FilterParser {
    /// Nesting allowed; a filter deeper than this is a mistake, and the stack is finite.
    private static final int MAX_DEPTH = 200;

    private final List<Token> tokens;
    private int at;
    private int depth;

    private FilterParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static FilterExpr parse(String text) throws FilterException {
        FilterParser parser = new FilterParser(FilterLexer.tokens(text));
        FilterExpr expr = parser.or();
        Token rest = parser.peek();
        if (rest.kind() != Kind.END) {
            throw new FilterException(rest.at(), "unexpected " + rest.shown());
        }
        return expr;
    }

    private FilterExpr or() throws FilterException {
        List<FilterExpr> parts = new ArrayList<>();
        parts.add(and());
        while (takeSymbol("||")) {
            parts.add(and());
        }
        return parts.size() == 1 ? parts.getFirst() : new FilterExpr.Or(flattenOr(parts));
    }

    private FilterExpr and() throws FilterException {
        List<FilterExpr> parts = new ArrayList<>();
        parts.add(unary());
        while (takeSymbol("&&") || startsTerm(peek())) {
            parts.add(unary());
        }
        return parts.size() == 1 ? parts.getFirst() : new FilterExpr.And(flattenAnd(parts));
    }

    private static boolean startsTerm(Token token) {
        return token.kind() == Kind.WORD
                || token.kind() == Kind.STRING
                || token.isSymbol("!")
                || token.isSymbol("(");
    }

    private FilterExpr unary() throws FilterException {
        if (++depth > MAX_DEPTH) {
            throw new FilterException(peek().at(), "more than " + MAX_DEPTH + " levels deep");
        }
        try {
            if (takeSymbol("!")) {
                return new FilterExpr.Not(unary());
            }
            if (takeSymbol("(")) {
                FilterExpr inner = or();
                expectSymbol(")");
                return inner;
            }
            return term();
        } finally {
            depth--;
        }
    }

    private FilterExpr term() throws FilterException {
        Token first = take();
        if (first.kind() == Kind.STRING) {
            return new FilterExpr.Text(value(first));
        }
        if (first.kind() != Kind.WORD) {
            throw new FilterException(
                    first.at(), "expected a field, a word or '(' but found " + first.shown());
        }
        Name name = new Name(first.text(), new Place(first.at()));
        Token next = peek();
        if (next.kind() == Kind.WORD && next.text().equals("in") && peekAfter().isSymbol("(")) {
            take();
            return new FilterExpr.In(name, list());
        }
        for (Operator operator : Operator.values()) {
            if (next.isSymbol(operator.symbol())) {
                take();
                return new FilterExpr.Compare(name, operator, operand(operator.symbol()));
            }
        }
        return new FilterExpr.Text(value(first));
    }

    private List<Value> list() throws FilterException {
        expectSymbol("(");
        List<Value> values = new ArrayList<>();
        do {
            values.add(operand(values.isEmpty() ? "(" : ","));
        } while (takeSymbol(","));
        expectSymbol(")");
        return values;
    }

    private Value operand(String after) throws FilterException {
        Token token = take();
        if (token.kind() != Kind.WORD && token.kind() != Kind.STRING) {
            throw new FilterException(
                    token.at(),
                    "expected a value after '" + after + "' but found " + token.shown());
        }
        return value(token);
    }

    private static Value value(Token token) {
        return new Value(token.text(), token.kind() == Kind.STRING, new Place(token.at()));
    }

    private static List<FilterExpr> flattenAnd(List<FilterExpr> parts) {
        List<FilterExpr> flat = new ArrayList<>();
        for (FilterExpr part : parts) {
            if (part instanceof FilterExpr.And(List<FilterExpr> inner)) {
                flat.addAll(inner);
            } else {
                flat.add(part);
            }
        }
        return flat;
    }

    private static List<FilterExpr> flattenOr(List<FilterExpr> parts) {
        List<FilterExpr> flat = new ArrayList<>();
        for (FilterExpr part : parts) {
            if (part instanceof FilterExpr.Or(List<FilterExpr> inner)) {
                flat.addAll(inner);
            } else {
                flat.add(part);
            }
        }
        return flat;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token peekAfter() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    private Token take() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    private boolean takeSymbol(String symbol) {
        if (peek().isSymbol(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    private void expectSymbol(String symbol) throws FilterException {
        Token token = take();
        if (!token.isSymbol(symbol)) {
            throw new FilterException(
                    token.at(), "expected '" + symbol + "' but found " + token.shown());
        }
    }
}
