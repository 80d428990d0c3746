package org.panscope.core.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.panscope.core.filter.FilterExpr.Name;
import org.panscope.core.filter.FilterExpr.Operator;
import org.panscope.core.filter.FilterExpr.Place;
import org.panscope.core.filter.FilterExpr.Value;
import org.panscope.core.sim.SeededChoices;

import java.util.ArrayList;
import java.util.List;

/// What is printed reads back as the same expression, and no text makes the parser do anything but
/// return or say what is wrong.
final class FilterRoundTripTest {
    private static final List<Operator> OPERATORS = List.of(Operator.values());
    private static final List<String> WORDS =
            List.of("gid", "t", "0x1f", "1.2ms", "in", "sched:x", "?", "-1", "@5", "a.b", "µs");
    private static final List<String> STRINGS =
            List.of("", "queue 0", "a\"b", "\\d+\\.", "x\\", "&& ||", "\\\"", "(");

    @Test
    void printedExpressionsParseToThemselves() throws FilterException {
        for (long seed = 0; seed < 2_000; seed++) {
            FilterExpr expr = random(new SeededChoices(seed), 4);
            assertEquals(
                    expr, EventFilter.parse(expr.toString()).expr(), "seed=" + seed + " " + expr);
        }
    }

    @Test
    void anyTextIsReadOrRefusedAtAPlaceInsideIt() {
        String alphabet = "ab1 !=<>&|(),~\"\\?.x in\t";
        for (long seed = 0; seed < 20_000; seed++) {
            SeededChoices choices = new SeededChoices(seed);
            StringBuilder text = new StringBuilder();
            int length = draw(choices, "length", 20);
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(draw(choices, "character", alphabet.length())));
            }
            try {
                FilterExpr expr = EventFilter.parse(text.toString()).expr();
                assertEquals(expr, EventFilter.parse(expr.toString()).expr(), "seed=" + seed);
            } catch (FilterException e) {
                assertEquals(
                        true,
                        e.position() >= 0 && e.position() <= text.length(),
                        "seed=" + seed + " position=" + e.position() + " text=" + text);
            }
        }
    }

    private static FilterExpr random(SeededChoices choices, int depth) {
        int kind = draw(choices, "kind", depth == 0 ? 3 : 6);
        return switch (kind) {
            case 0 -> new FilterExpr.Text(value(choices));
            case 1 ->
                    new FilterExpr.Compare(
                            name(choices),
                            OPERATORS.get(draw(choices, "operator", OPERATORS.size())),
                            value(choices));
            case 2 -> {
                List<Value> values = new ArrayList<>();
                int count = 1 + draw(choices, "values", 3);
                for (int i = 0; i < count; i++) {
                    values.add(value(choices));
                }
                yield new FilterExpr.In(name(choices), values);
            }
            case 3 -> new FilterExpr.Not(random(choices, depth - 1));
            case 4 -> new FilterExpr.And(parts(choices, depth, FilterExpr.And.class));
            default -> new FilterExpr.Or(parts(choices, depth, FilterExpr.Or.class));
        };
    }

    private static List<FilterExpr> parts(
            SeededChoices choices, int depth, Class<? extends FilterExpr> never) {
        List<FilterExpr> parts = new ArrayList<>();
        int count = 2 + draw(choices, "parts", 2);
        while (parts.size() < count) {
            FilterExpr part = random(choices, depth - 1);
            if (!never.isInstance(part)) {
                parts.add(part);
            }
        }
        return parts;
    }

    private static int draw(SeededChoices choices, String name, int options) {
        return Math.toIntExact(choices.choose(name, options));
    }

    private static Name name(SeededChoices choices) {
        return new Name(WORDS.get(draw(choices, "name", WORDS.size())), new Place(0));
    }

    private static Value value(SeededChoices choices) {
        if (draw(choices, "quoted", 2) == 1) {
            return new Value(
                    STRINGS.get(draw(choices, "string", STRINGS.size())), true, new Place(0));
        }
        return new Value(WORDS.get(draw(choices, "word", WORDS.size())), false, new Place(0));
    }
}
