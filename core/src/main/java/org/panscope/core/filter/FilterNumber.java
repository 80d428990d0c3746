package org.panscope.core.filter;

import org.panscope.core.filter.FilterExpr.Operator;
import org.panscope.core.filter.FilterExpr.Value;
import org.panscope.trace.schema.Unit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;

/// Numbers in filters: decimal or `0x…`, with `_` between digits, with a fraction where a suffix
/// makes it whole (`1.2ms`, `1.5KiB`). Exact: no floating point.
final class FilterNumber {
    private static final int MAX_LENGTH = 40;
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    /// Suffixes with the unit they count and their worth in it; longer ones first.
    private static final List<Suffix> SUFFIXES =
            List.of(
                    new Suffix("KiB", Unit.BYTES, 1L << 10),
                    new Suffix("MiB", Unit.BYTES, 1L << 20),
                    new Suffix("GiB", Unit.BYTES, 1L << 30),
                    new Suffix("ns", Unit.NS, 1),
                    new Suffix("us", Unit.NS, 1_000),
                    new Suffix("µs", Unit.NS, 1_000),
                    new Suffix("ms", Unit.NS, 1_000_000),
                    new Suffix("B", Unit.BYTES, 1),
                    new Suffix("s", Unit.NS, 1_000_000_000));

    private record Suffix(String text, Unit unit, long worth) {}

    private FilterNumber() {}

    /// What a value means for a field with this unit.
    ///
    /// @throws FilterException if it is no whole number of that unit
    static BigInteger parse(Value value, Unit unit) throws FilterException {
        String digits = value.text();
        int at = value.at().offset();
        if (value.quoted() || digits.length() > MAX_LENGTH) {
            throw new FilterException(at, "'" + digits + "' is no number");
        }
        boolean negative = digits.startsWith("-");
        if (negative) {
            digits = digits.substring(1);
        }
        BigInteger number;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            number = hexadecimal(value, digits.substring(2).replace("_", ""));
        } else {
            number = decimal(value, digits, unit);
        }
        return negative ? number.negate() : number;
    }

    private static BigInteger hexadecimal(Value value, String digits) throws FilterException {
        if (!digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)
                || digits.isEmpty()) {
            throw new FilterException(
                    value.at().offset(), "'" + value.text() + "' is no hexadecimal number");
        }
        return new BigInteger(digits, 16);
    }

    private static BigInteger decimal(Value value, String text, Unit unit) throws FilterException {
        String digits = text;
        long worth = 1;
        for (Suffix suffix : SUFFIXES) {
            if (text.endsWith(suffix.text())) {
                if (suffix.unit() != unit) {
                    throw new FilterException(
                            value.at().offset(),
                            "'"
                                    + suffix.text()
                                    + "' does not fit a field that counts "
                                    + unit.name().toLowerCase(Locale.ROOT));
                }
                digits = text.substring(0, text.length() - suffix.text().length());
                worth = suffix.worth();
                break;
            }
        }
        digits = digits.replace("_", "");
        if (!isPlainDecimal(digits)) {
            throw new FilterException(value.at().offset(), "'" + value.text() + "' is no number");
        }
        try {
            return new BigDecimal(digits).multiply(BigDecimal.valueOf(worth)).toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new FilterException(
                    value.at().offset(),
                    "'"
                            + value.text()
                            + "' is no whole number of "
                            + (worth == 1 ? "it" : "units"));
        }
    }

    /// Digits with at most one point between them.
    private static boolean isPlainDecimal(String text) {
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && i > 0 && i < text.length() - 1) {
                points++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return !text.isEmpty() && points <= 1;
    }

    /// Compares 64-bit values, signed or not, with a number that may lie outside their range.
    static LongPredicate test(Operator operator, boolean signed, BigInteger number) {
        BigInteger least = signed ? BigInteger.valueOf(Long.MIN_VALUE) : BigInteger.ZERO;
        BigInteger most =
                signed ? BigInteger.valueOf(Long.MAX_VALUE) : TWO_64.subtract(BigInteger.ONE);
        if (number.compareTo(least) < 0) {
            boolean always = holds(operator, 1);
            return bits -> always;
        }
        if (number.compareTo(most) > 0) {
            boolean always = holds(operator, -1);
            return bits -> always;
        }
        long limit = number.longValue();
        return switch (operator) {
            case EQUAL -> bits -> bits == limit;
            case NOT_EQUAL -> bits -> bits != limit;
            default ->
                    signed
                            ? bits -> holds(operator, Long.compare(bits, limit))
                            : bits -> holds(operator, Long.compareUnsigned(bits, limit));
        };
    }

    private static boolean holds(Operator operator, int order) {
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case MATCH, NOT_MATCH -> false;
        };
    }
}
