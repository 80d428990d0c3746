package org.panscope.app.cli;

import org.panscope.core.scenario.Explanation;
import org.panscope.core.scenario.ScenarioParameters;
import org.panscope.core.scenario.ScenarioParameters.Parameter;

import tools.jackson.core.JsonGenerator;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// What `record --list-parameters` prints: every parameter with default, unit, mark and meaning.
final class ParameterList {
    private static final int COLUMNS = 5;

    private ParameterList() {}

    /// Columns with a heading, one line a parameter.
    static void writeText(PrintWriter out) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"parameter", "default", "unit", "mark", "meaning"});
        for (Parameter parameter : ScenarioParameters.all()) {
            Explanation text = parameter.explanation();
            rows.add(
                    new String[] {
                        parameter.name(),
                        parameter.defaultValue(),
                        parameter.unit(),
                        mark(text),
                        text.meaning()
                    });
        }
        int[] widths = new int[COLUMNS - 1];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row[i]).repeat(' ', widths[i] - row[i].length() + 2);
            }
            out.println(line.append(row[COLUMNS - 1]));
        }
    }

    /// One object with all parameters in an array.
    static void writeJson(PrintWriter out) {
        try (JsonGenerator json = JsonOutput.generator(out)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("parameters");
            for (Parameter parameter : ScenarioParameters.all()) {
                Explanation text = parameter.explanation();
                json.writeStartObject();
                json.writeStringProperty("name", parameter.name());
                json.writeStringProperty("area", parameter.area());
                json.writeStringProperty("default", parameter.defaultValue());
                json.writeStringProperty("unit", parameter.unit());
                json.writeStringProperty("mark", text.standing().mark());
                json.writeStringProperty("meaning", text.meaning());
                json.writeStringProperty("basis", text.basis());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.println();
    }

    private static String mark(Explanation text) {
        String mark = text.standing().mark();
        return mark.isEmpty() ? "" : "[" + mark + "]";
    }
}
