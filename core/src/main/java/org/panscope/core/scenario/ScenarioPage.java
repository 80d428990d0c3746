package org.panscope.core.scenario;

import org.panscope.core.scenario.ValueType.Choice;
import org.panscope.core.scenario.ValueType.ListOf;
import org.panscope.core.scenario.ValueType.Name;
import org.panscope.core.scenario.ValueType.One;
import org.panscope.core.scenario.ValueType.Reference;

import java.util.stream.Collectors;

/// The part of `docs/scenario.md` that lists objects and steps, made from the shapes the parser
/// checks against.
final class ScenarioPage {
    /// What stands before it in the page, and behind it.
    static final String BEGIN = "<!-- the tables below are made from the parser's own -->\n";

    static final String END = "<!-- end of the tables -->\n";

    private ScenarioPage() {}

    static String tables() {
        StringBuilder page = new StringBuilder("\n## Objects\n");
        for (Shape shape : ScenarioShapes.ALL) {
            page.append("\n### ").append(shape.name()).append("\n");
            table(shape, page);
        }
        page.append("\n## Steps\n\nEvery step has a key `op` with its name, and may")
                .append(" have `in`, an array of text: ")
                .append(Step.IN_ABOUT)
                .append(".\n");
        for (StepKind kind : StepKind.values()) {
            page.append("\n### `").append(kind.label()).append("`\n\n");
            page.append(kind.about()).append("\n");
            table(kind.shape(), page);
        }
        return page.append("\n").toString();
    }

    private static void table(Shape shape, StringBuilder page) {
        page.append("\n| key | | value | meaning |\n|---|---|---|---|\n");
        for (Shape.Key key : shape.keys()) {
            if (!key.name().equals("op") && !key.about().equals(Step.IN_ABOUT)) {
                page.append(
                        "| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        key.name(),
                                        key.required() ? "needed" : "",
                                        type(key.type()),
                                        key.about()));
            }
        }
    }

    private static String type(ValueType type) {
        return switch (type) {
            case ValueType.Text _ -> "text";
            case Name name -> "new name of a " + name.kind();
            case Reference reference -> "name of a " + reference.kind();
            case ValueType.Whole _ -> "number";
            case ValueType.Duration _ -> "duration";
            case ValueType.Flag _ -> "true, false";
            case Choice choice ->
                    choice.words().stream()
                            .map(word -> "`\"" + word + "\"`")
                            .collect(Collectors.joining(", "));
            case ValueType.Address _ -> "address";
            case ValueType.Assembly _ -> "lines of assembly";
            case ListOf list -> "array of " + list.shape().name();
            case One one -> one.shape().name();
            case ValueType.Texts _ -> "array of text";
            case ValueType.Steps _ -> "array of steps";
            case ValueType.Settings _ -> "object of settings";
        };
    }
}
