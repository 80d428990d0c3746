package org.panscope.trace.ftrace.payload;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.payload.PrintExpression.Binary;
import org.panscope.trace.ftrace.payload.PrintExpression.Cast;
import org.panscope.trace.ftrace.payload.PrintExpression.Choice;
import org.panscope.trace.ftrace.payload.PrintExpression.Elements;
import org.panscope.trace.ftrace.payload.PrintExpression.FieldValue;
import org.panscope.trace.ftrace.payload.PrintExpression.Flags;
import org.panscope.trace.ftrace.payload.PrintExpression.Literal;
import org.panscope.trace.ftrace.payload.PrintExpression.Symbolic;
import org.panscope.trace.ftrace.payload.PrintExpression.Unary;
import org.panscope.trace.ftrace.payload.PrintFormat.Named;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongBinaryOperator;

/// Reads the C of a print format by recursive descent. What it does not understand is null, and so
/// is everything around it: the text comes from a file.
final class PrintParser {
    private static final int MOST_DEPTH = 100;
    private static final int MOST_NAMES = 4096;
    private static final Set<String> TYPE_WORDS =
            Set.of(
                    "unsigned",
                    "signed",
                    "const",
                    "volatile",
                    "long",
                    "int",
                    "short",
                    "char",
                    "void",
                    "bool",
                    "struct",
                    "enum",
                    "union",
                    "u8",
                    "u16",
                    "u32",
                    "u64",
                    "s8",
                    "s16",
                    "s32",
                    "s64",
                    "__u8",
                    "__u16",
                    "__u32",
                    "__u64",
                    "__s8",
                    "__s16",
                    "__s32",
                    "__s64",
                    "size_t",
                    "ssize_t",
                    "pid_t",
                    "loff_t",
                    "sector_t",
                    "dma_addr_t",
                    "phys_addr_t",
                    "gfp_t",
                    "uintptr_t",
                    "__force",
                    "__user",
                    "__le32",
                    "__be32",
                    "__le16",
                    "__be16",
                    "__le64",
                    "__be64",
                    "ktime_t");

    /// By rising precedence; longer operators before their beginnings.
    private static final String[][] OPERATORS = {
        {"||"},
        {"&&"},
        {"|"},
        {"^"},
        {"&"},
        {"==", "!="},
        {"<=", ">=", "<", ">"},
        {"<<", ">>"},
        {"+", "-"},
        {"*", "/", "%"}
    };

    private final String text;
    private int at;
    private int depth;

    PrintParser(String text) {
        this.text = text;
    }

    boolean atEnd() {
        blanks();
        return at >= text.length();
    }

    /// Skips a token if it comes next.
    boolean skip(String token) {
        blanks();
        if (!text.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        return true;
    }

    /// A text in quotes, or several in a row; null when none comes next.
    @Nullable String leadingText() {
        StringBuilder value = null;
        blanks();
        while (at < text.length() && text.charAt(at) == '"') {
            value = value == null ? new StringBuilder() : value;
            if (!quoted(value)) {
                return null;
            }
            blanks();
        }
        return value == null ? null : value.toString();
    }

    private boolean quoted(StringBuilder into) {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                char escaped = text.charAt(at++);
                into.append(
                        switch (escaped) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            default -> escaped;
                        });
            } else {
                into.append(c);
            }
        }
        return at++ < text.length();
    }

    @Nullable PrintExpression expression() {
        if (depth >= MOST_DEPTH) {
            return null;
        }
        depth++;
        PrintExpression condition = binary(0);
        if (condition != null && skip("?")) {
            PrintExpression then = expression();
            PrintExpression otherwise = then == null || !skip(":") ? null : expression();
            condition =
                    then == null || otherwise == null
                            ? null
                            : new Choice(condition, then, otherwise);
        }
        depth--;
        return condition;
    }

    private @Nullable PrintExpression binary(int level) {
        if (level == OPERATORS.length) {
            return unary();
        }
        PrintExpression left = binary(level + 1);
        String operator = left == null ? null : operator(level);
        while (left != null && operator != null) {
            PrintExpression right = binary(level + 1);
            left = right == null ? null : new Binary(meaning(operator), left, right);
            operator = left == null ? null : operator(level);
        }
        return left;
    }

    private @Nullable String operator(int level) {
        blanks();
        for (String operator : OPERATORS[level]) {
            if (text.startsWith(operator, at) && !isLonger(operator)) {
                at += operator.length();
                return operator;
            }
        }
        return null;
    }

    /// Whether this is only the beginning of another operator.
    private boolean isLonger(String operator) {
        int next = at + operator.length();
        char c = next < text.length() ? text.charAt(next) : ' ';
        return switch (operator) {
            case "|", "&" -> c == operator.charAt(0);
            case "<", ">" -> c == operator.charAt(0) || c == '=';
            default -> false;
        };
    }

    private static LongBinaryOperator meaning(String operator) {
        return switch (operator) {
            case "||" -> (a, b) -> a != 0 || b != 0 ? 1 : 0;
            case "&&" -> (a, b) -> a != 0 && b != 0 ? 1 : 0;
            case "|" -> (a, b) -> a | b;
            case "^" -> (a, b) -> a ^ b;
            case "&" -> (a, b) -> a & b;
            case "==" -> (a, b) -> a == b ? 1 : 0;
            case "!=" -> (a, b) -> a != b ? 1 : 0;
            case "<=" -> (a, b) -> a <= b ? 1 : 0;
            case ">=" -> (a, b) -> a >= b ? 1 : 0;
            case "<" -> (a, b) -> a < b ? 1 : 0;
            case ">" -> (a, b) -> a > b ? 1 : 0;
            case "<<" -> (a, b) -> a << b;
            case ">>" -> (a, b) -> a >> b;
            case "+" -> Long::sum;
            case "-" -> (a, b) -> a - b;
            case "*" -> (a, b) -> a * b;
            case "/" -> (a, b) -> b == 0 ? 0 : a / b;
            default -> (a, b) -> b == 0 ? 0 : a % b;
        };
    }

    private @Nullable PrintExpression unary() {
        if (depth >= MOST_DEPTH) {
            return null;
        }
        depth++;
        PrintExpression value = unaryWithin();
        depth--;
        return value;
    }

    private @Nullable PrintExpression unaryWithin() {
        if (skip("!")) {
            PrintExpression of = unary();
            return of == null ? null : new PrintExpression.Unary(a -> a == 0 ? 1 : 0, of);
        }
        if (skip("~")) {
            PrintExpression of = unary();
            return of == null ? null : new Unary(a -> ~a, of);
        }
        if (skip("-")) {
            PrintExpression of = unary();
            return of == null ? null : new Unary(a -> -a, of);
        }
        if (skip("(")) {
            Cast cast = cast();
            if (cast != null) {
                PrintExpression of = unary();
                return of == null ? null : new Cast(cast.bytes(), cast.signed(), of);
            }
            PrintExpression inner = expression();
            return inner != null && skip(")") ? inner : null;
        }
        return primary();
    }

    /// The type of a cast whose bracket has been read, without what it applies to; null, and
    /// nothing is read, when it is none.
    private @Nullable Cast cast() {
        int start = at;
        StringBuilder type = new StringBuilder();
        String word = word();
        boolean isType = word != null && TYPE_WORDS.contains(word);
        while (word != null) {
            type.append(' ').append(word);
            word = word();
        }
        boolean isPointer = false;
        while (skip("*")) {
            isPointer = true;
        }
        if (!isType || !skip(")")) {
            at = start;
            return null;
        }
        return new Cast(isPointer ? 0 : bytes(type.toString()), signed(type.toString()), NONE);
    }

    private static final PrintExpression NONE = new Literal(0L);

    private static int bytes(String type) {
        if (type.contains("8") || type.contains("char") || type.contains("bool")) {
            return 1;
        }
        if (type.contains("16") || type.contains("short")) {
            return 2;
        }
        boolean wide = type.contains("64") || type.contains("long") || type.contains("_t");
        return wide || type.contains("struct") ? 0 : 4;
    }

    private static boolean signed(String type) {
        return !type.contains("unsigned")
                && !type.contains("u8")
                && !type.contains("u16")
                && !type.contains("u32")
                && !type.contains("bool");
    }

    private @Nullable PrintExpression primary() {
        blanks();
        if (at >= text.length()) {
            return null;
        }
        char c = text.charAt(at);
        if (c == '"') {
            String value = leadingText();
            return value == null ? null : new Literal(value);
        }
        if (c == '\'' && at + 2 < text.length() && text.charAt(at + 2) == '\'') {
            at += 3;
            return new Literal((long) text.charAt(at - 2));
        }
        if (Character.isDigit(c)) {
            return literal();
        }
        String word = word();
        if (word == null) {
            return null;
        }
        if (word.equals("REC")) {
            String field = skip("->") ? word() : null;
            return field == null ? null : new FieldValue(field);
        }
        return skip("(") ? call(word) : null;
    }

    private @Nullable PrintExpression literal() {
        int from = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        String digits = text.substring(from, at).replaceAll("[uUlL]+$", "");
        boolean octal = digits.length() > 1 && digits.startsWith("0") && !digits.startsWith("0x");
        try {
            Long number = octal ? (Long) Long.parseLong(digits, 8) : ValueKind.number(digits);
            return number == null ? null : new Literal(number);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private @Nullable PrintExpression call(String function) {
        return switch (function) {
            case "__get_str",
                    "__get_rel_str",
                    "__get_bitmask",
                    "__get_rel_bitmask",
                    "__get_cpumask",
                    "__get_rel_cpumask",
                    "__get_dynamic_array",
                    "__get_rel_dynamic_array" ->
                    fieldInBrackets();
            case "__print_flags", "__print_flags_u64" -> named(true);
            case "__print_symbolic", "__print_symbolic_u64" -> named(false);
            case "__print_hex", "__print_hex_str" -> elements(true);
            case "__print_array" -> elements(false);
            default -> null;
        };
    }

    private @Nullable PrintExpression fieldInBrackets() {
        String field = word();
        return field != null && skip(")") ? new FieldValue(field) : null;
    }

    private @Nullable PrintExpression named(boolean areFlags) {
        PrintExpression of = expression();
        String separator = "";
        if (of == null || !skip(",")) {
            return null;
        }
        if (areFlags) {
            separator = leadingText();
            if (separator == null || !skip(",")) {
                return null;
            }
        }
        List<Named> all = new ArrayList<>();
        do {
            Named next = namedValue();
            if (next == null || all.size() >= MOST_NAMES) {
                return null;
            }
            all.add(next);
        } while (skip(","));
        if (!skip(")")) {
            return null;
        }
        return areFlags ? new Flags(of, separator, all) : new Symbolic(of, all);
    }

    private @Nullable Named namedValue() {
        boolean braced = skip("{");
        PrintExpression value = braced ? expression() : null;
        Long number = value == null ? null : value.number(field -> null);
        String name = number != null && skip(",") ? leadingText() : null;
        return name != null && skip("}") && number != null ? new Named(number, name) : null;
    }

    private @Nullable PrintExpression elements(boolean isHex) {
        PrintExpression array = expression();
        if (!(array instanceof FieldValue field)) {
            return null;
        }
        PrintExpression count = skip(",") ? expression() : null;
        while (skip(",")) {
            if (expression() == null) {
                return null;
            }
        }
        return skip(")") ? new Elements(field.name(), isHex, count) : null;
    }

    private @Nullable String word() {
        blanks();
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (from == at || Character.isDigit(text.charAt(from))) {
            at = from;
            return null;
        }
        return text.substring(from, at);
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
