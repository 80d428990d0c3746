package org.panscope.core.scenario;

import org.panscope.core.hw.GpuAssumptions;
import org.panscope.core.kernel.base.KernelAssumptions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the emulated machine takes for granted, as a Markdown page, `docs/assumptions.md`: every
/// parameter with its default, and every choice of the model that is no parameter.
public final class AssumptionsPage {
    private AssumptionsPage() {}

    /// Names and descriptions of the choices that are no parameters.
    public static SortedMap<String, String> fixed() {
        SortedMap<String, String> fixed = new TreeMap<>(GpuAssumptions.all());
        fixed.putAll(KernelAssumptions.all());
        return fixed;
    }

    /// The whole page, ending with a newline.
    public static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append(
                """
                # Assumptions

                What the emulated machine takes for granted. Public sources leave much of Mali firmware and
                hardware open; wherever the model had to choose, the choice stands here under a name. This page
                is made from the code (`./panscope record --list-parameters` prints the same list); a test
                keeps it so.

                A parameter is changed by `--set NAME=VALUE` or in the `parameters` of a
                [scenario](scenario.md). A choice without a default value is built in.

                | mark | the default is |
                |---|---|
                """);
        for (Standing standing : Standing.values()) {
            String mark = standing.mark().isEmpty() ? "" : "[" + standing.mark() + "]";
            page.append("| ").append(mark).append(" | ").append(standing.meaning()).append(" |\n");
        }
        List<ScenarioParameters.Parameter> parameters = ScenarioParameters.all();
        SortedMap<String, String> fixed = fixed();
        areas(parameters, fixed)
                .forEach((area, title) -> {
                    page.append("\n## ").append(title).append("\n\n");
                    page.append("| name | default | mark | meaning | rests on |\n");
                    page.append("|---|---|---|---|---|\n");
                    for (ScenarioParameters.Parameter each : parameters) {
                        if (each.area().equals(area)) {
                            row(page, each.name(), value(each), each.explanation());
                        }
                    }
                    fixed.forEach((name, doc) -> {
                        if (name.startsWith(area + ".")) {
                            row(page, name, "built in", Explanation.parse(doc));
                        }
                    });
                });
        return page.toString();
    }

    private static void row(StringBuilder page, String name, String value, Explanation text) {
        String mark = text.standing().mark();
        page.append("| `").append(name).append("` | ").append(value).append(" | ");
        page.append(mark.isEmpty() ? "" : "[" + mark + "]").append(" | ");
        page.append(cell(text.meaning())).append(" | ").append(cell(text.basis())).append(" |\n");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String value(ScenarioParameters.Parameter parameter) {
        String value = parameter.defaultValue();
        if (!parameter.unit().isEmpty()) {
            return value + " " + parameter.unit();
        }
        return isBitPattern(parameter) ? "0x" + Long.toHexString(Long.parseLong(value)) : value;
    }

    private static boolean isBitPattern(ScenarioParameters.Parameter parameter) {
        String name = parameter.name();
        return parameter.area().equals("gpu")
                || name.endsWith("_mask")
                || name.endsWith("features")
                || name.endsWith("version");
    }

    /// Areas and their titles: those known by name first, then whatever else there is.
    private static Map<String, String> areas(
            List<ScenarioParameters.Parameter> parameters, SortedMap<String, String> fixed) {
        Map<String, String> areas = new LinkedHashMap<>();
        areas.put("gpu", "Identity of the GPU");
        areas.put("hw", "Registers, clocks, power and interrupts");
        areas.put("mmu", "MMU");
        areas.put("fw", "Firmware");
        areas.put("cs", "Command streams");
        areas.put("kernel", "Kernel driver");
        areas.put("client", "Client processes");
        areas.put("driver", "Which driver");
        areas.put("fix", "Fixes");
        areas.put("mode", "Other designs");
        areas.put("param", "Numbers of the series");
        parameters.forEach(parameter -> areas.putIfAbsent(parameter.area(), parameter.area()));
        for (String name : fixed.keySet()) {
            String area = name.substring(0, name.indexOf('.'));
            areas.putIfAbsent(area, area);
        }
        return areas;
    }
}
