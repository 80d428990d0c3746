package org.panscope.core.scenario;

import org.panscope.core.scenario.ValueType.Choice;
import org.panscope.core.scenario.ValueType.ListOf;
import org.panscope.core.scenario.ValueType.One;

import java.util.List;
import java.util.StringJoiner;

/// The text of `scenario.schema.json`, made from the shapes the parser checks against.
final class ScenarioSchema {
    private static final String HEAD =
            """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Panscope scenario",
              "description": "What a run of the emulator does; docs/scenario.md says more. Comments and trailing commas are allowed.",
              "$ref": "#/$defs/scenario",
              "$defs": {
                "whole_number": {
                  "oneOf": [{"type": "integer"}, {"type": "string", "pattern": "^0x[0-9a-fA-F]{1,16}$"}]
                },
                "duration": {
                  "oneOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]{1,18} *(ns|us|ms|s)$"}]
                },
                "address": {
                  "oneOf": [{"type": "integer", "minimum": 0}, {"type": "string"}]
                },
                "settings": {
                  "type": "object",
                  "additionalProperties": {"type": ["string", "integer", "boolean"]}
                },
            """;

    private ScenarioSchema() {}

    static String json() {
        StringBuilder text = new StringBuilder(HEAD);
        ScenarioShapes.ALL.forEach(shape -> definition(shape, false, text));
        steps(text);
        for (StepKind kind : StepKind.values()) {
            definition(kind.shape(), true, text);
        }
        text.setLength(text.length() - ",\n".length());
        return text.append("\n  }\n}\n").toString();
    }

    private static void steps(StringBuilder text) {
        StringJoiner alternatives = new StringJoiner(",\n");
        for (StepKind kind : StepKind.values()) {
            alternatives.add("        {\"$ref\": \"#/$defs/" + kind.label() + "\"}");
        }
        text.append("    \"step\": {\n      \"oneOf\": [\n");
        text.append(alternatives).append("\n      ]\n    },\n");
    }

    private static void definition(Shape shape, boolean isStep, StringBuilder text) {
        StringJoiner required = new StringJoiner(", ", "[", "]");
        StringJoiner properties = new StringJoiner(",\n");
        for (Shape.Key key : shape.keys()) {
            if (key.required()) {
                required.add(quoted(key.name()));
            }
            String type =
                    isStep && key.name().equals("op")
                            ? "\"const\": " + quoted(shape.name())
                            : type(key.type());
            properties.add(
                    "        %s: {%s, \"description\": %s}"
                            .formatted(quoted(key.name()), type, quoted(key.about())));
        }
        text.append("    ").append(quoted(shape.name())).append(": {\n");
        text.append("      \"type\": \"object\",\n      \"additionalProperties\": false,\n");
        text.append("      \"required\": ").append(required).append(",\n");
        text.append("      \"properties\": {\n").append(properties).append("\n      }\n    },\n");
    }

    private static String type(ValueType type) {
        return switch (type) {
            case ValueType.Text _, ValueType.Name _, ValueType.Reference _ ->
                    "\"type\": \"string\"";
            case ValueType.Whole _ -> reference("whole_number");
            case ValueType.Duration _ -> reference("duration");
            case ValueType.Address _ -> reference("address");
            case ValueType.Settings _ -> reference("settings");
            case ValueType.Flag _ -> "\"type\": \"boolean\"";
            case Choice choice -> "\"enum\": " + words(choice.words());
            case ValueType.Assembly _, ValueType.Texts _ -> arrayOf("\"type\": \"string\"");
            case ValueType.Steps _ -> arrayOf(reference("step"));
            case ListOf list -> arrayOf(reference(list.shape().name()));
            case One one -> reference(one.shape().name());
        };
    }

    private static String words(List<String> words) {
        StringJoiner joined = new StringJoiner(", ", "[", "]");
        words.forEach(word -> joined.add(quoted(word)));
        return joined.toString();
    }

    private static String arrayOf(String items) {
        return "\"type\": \"array\", \"items\": {" + items + "}";
    }

    private static String reference(String definition) {
        return "\"$ref\": \"#/$defs/" + definition + "\"";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
