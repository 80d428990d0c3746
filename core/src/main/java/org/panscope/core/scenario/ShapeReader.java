package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.core.scenario.JsonTree.ArrayNode;
import org.panscope.core.scenario.JsonTree.FlagNode;
import org.panscope.core.scenario.JsonTree.Node;
import org.panscope.core.scenario.JsonTree.NumberNode;
import org.panscope.core.scenario.JsonTree.ObjectNode;
import org.panscope.core.scenario.JsonTree.TextNode;
import org.panscope.core.scenario.Values.AddressText;
import org.panscope.core.scenario.Values.LocatedText;
import org.panscope.core.scenario.Values.StepList;
import org.panscope.core.scenario.Values.TextList;
import org.panscope.core.scenario.Values.ValueList;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Checks objects of a scenario file against their [Shape] and turns them into [Values].
final class ShapeReader {
    private final String file;

    ShapeReader(String file) {
        this.file = file;
    }

    /// Settings, as a list so that each keeps its place.
    record SettingList(List<Setting> settings) {}

    Values read(Node node, Shape shape) throws ScenarioException {
        ObjectNode object = object(node, shape.name());
        Values values = new Values(object.place());
        for (Map.Entry<String, Node> member : object.members().entrySet()) {
            Shape.Key key = shape.key(member.getKey());
            if (key == null) {
                throw error(
                        placeOf(object, member.getKey()),
                        "a "
                                + shape.name()
                                + " has no key \""
                                + member.getKey()
                                + "\"; it has "
                                + keyNames(shape));
            }
            Node value = member.getValue();
            values.put(key.name(), value.place(), value(key.name(), key.type(), value));
        }
        for (Shape.Key key : shape.keys()) {
            if (key.required() && !values.has(key.name())) {
                throw error(
                        object.place(),
                        "this " + shape.name() + " lacks its key \"" + key.name() + "\"");
            }
        }
        return values;
    }

    private Object value(String key, ValueType type, Node node) throws ScenarioException {
        return switch (type) {
            case ValueType.Text _, ValueType.Name _, ValueType.Reference _ ->
                    nonEmptyText(key, node);
            case ValueType.Whole number -> number(key, number, node);
            case ValueType.Duration _ -> duration(key, node);
            case ValueType.Flag _ -> {
                if (!(node instanceof FlagNode flag)) {
                    throw expected(key, "true or false", node);
                }
                yield flag.value();
            }
            case ValueType.Choice choice -> {
                String word = nonEmptyText(key, node);
                if (!choice.words().contains(word)) {
                    throw error(
                            node.place(),
                            "\"" + key + "\" is one of " + String.join(", ", choice.words()));
                }
                yield word;
            }
            case ValueType.Address _ ->
                    node instanceof NumberNode
                            ? number(key, new ValueType.Whole(0, Long.MAX_VALUE), node)
                            : new AddressText(nonEmptyText(key, node));
            case ValueType.Assembly _, ValueType.Texts _ -> texts(key, node);
            case ValueType.ListOf list -> {
                List<Values> elements = new ArrayList<>();
                for (Node element : array(key, node).elements()) {
                    elements.add(read(element, list.shape()));
                }
                yield new ValueList(elements);
            }
            case ValueType.One one -> read(node, one.shape());
            case ValueType.Steps _ -> {
                List<Step> steps = new ArrayList<>();
                for (Node element : array(key, node).elements()) {
                    steps.add(step(element));
                }
                yield new StepList(steps);
            }
            case ValueType.Settings _ -> settings(key, node);
        };
    }

    private Step step(Node node) throws ScenarioException {
        ObjectNode object = object(node, "step");
        Node op = object.members().get("op");
        if (!(op instanceof TextNode label)) {
            throw error(object.place(), "a step has a key \"op\" that says what it does");
        }
        StepKind kind = StepKind.ofLabel(label.text());
        if (kind == null) {
            throw error(
                    op.place(),
                    "there is no step \""
                            + label.text()
                            + "\"; steps are "
                            + String.join(
                                    ", ",
                                    Arrays.stream(StepKind.values())
                                            .map(StepKind::label)
                                            .toList()));
        }
        return new Step(kind, read(object, kind.shape()));
    }

    private SettingList settings(String key, Node node) throws ScenarioException {
        ObjectNode object = object(node, key);
        List<Setting> settings = new ArrayList<>();
        for (Map.Entry<String, Node> member : object.members().entrySet()) {
            String text =
                    switch (member.getValue()) {
                        case TextNode value -> value.text();
                        case NumberNode value -> value.value().toString();
                        case FlagNode value -> Boolean.toString(value.value());
                        default ->
                                throw expected(
                                        member.getKey(),
                                        "a number, a string, true or false",
                                        member.getValue());
                    };
            settings.add(new Setting(member.getKey(), text, placeOf(object, member.getKey())));
        }
        return new SettingList(settings);
    }

    private TextList texts(String key, Node node) throws ScenarioException {
        List<LocatedText> texts = new ArrayList<>();
        for (Node element : array(key, node).elements()) {
            if (!(element instanceof TextNode text)) {
                throw expected(key, "strings", element);
            }
            texts.add(new LocatedText(text.place(), text.text()));
        }
        return new TextList(texts);
    }

    private String nonEmptyText(String key, Node node) throws ScenarioException {
        if (!(node instanceof TextNode text)) {
            throw expected(key, "a string", node);
        }
        if (text.text().isBlank()) {
            throw error(node.place(), "\"" + key + "\" must not be empty");
        }
        return text.text();
    }

    private Long number(String key, ValueType.Whole type, Node node) throws ScenarioException {
        BigInteger value =
                switch (node) {
                    case NumberNode number -> number.value();
                    case TextNode text when text.text().matches("0x[0-9a-fA-F]{1,16}") ->
                            new BigInteger(text.text().substring(2), 16);
                    default -> throw expected(key, "a number or a string such as \"0x1000\"", node);
                };
        if (value.compareTo(BigInteger.valueOf(type.min())) < 0
                || value.compareTo(BigInteger.valueOf(type.max())) > 0) {
            throw error(
                    node.place(),
                    "\"" + key + "\" lies between " + type.min() + " and " + type.max());
        }
        return value.longValueExact();
    }

    private Long duration(String key, Node node) throws ScenarioException {
        if (node instanceof NumberNode) {
            return number(key, new ValueType.Whole(0, Long.MAX_VALUE / 4), node);
        }
        Long ns = node instanceof TextNode text ? Durations.parse(text.text()) : null;
        if (ns == null) {
            throw expected(key, "a duration such as \"20us\", or nanoseconds", node);
        }
        return ns;
    }

    private ArrayNode array(String key, Node node) throws ScenarioException {
        if (!(node instanceof ArrayNode array)) {
            throw expected(key, "an array", node);
        }
        return array;
    }

    private ObjectNode object(Node node, String what) throws ScenarioException {
        if (!(node instanceof ObjectNode object)) {
            throw error(node.place(), "a " + what + " is an object, not " + node.kind());
        }
        return object;
    }

    private static Place placeOf(ObjectNode object, @Nullable String key) {
        Place place = key == null ? null : object.keys().get(key);
        return place == null ? object.place() : place;
    }

    private static String keyNames(Shape shape) {
        return String.join(", ", shape.keys().stream().map(Shape.Key::name).toList());
    }

    private ScenarioException expected(String key, String what, Node got) {
        return error(got.place(), "\"" + key + "\" takes " + what + ", not " + got.kind());
    }

    private ScenarioException error(Place place, String message) {
        return new ScenarioException(file, place, message);
    }
}
