package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.core.input.Recording;
import org.panscope.core.scenario.ScenarioParameters;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// `panscope record`: emulates a scenario and writes its trace.
@Command(
        name = "record",
        description =
                "Emulates a scenario and writes the trace. Same scenario and seed: same bytes.")
final class RecordCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "SCENARIO",
            arity = "0..1",
            description = "Scenario file (JSON with comments).")
    private @Nullable Path scenario;

    @Mixin private TraceOutput output = new TraceOutput();

    @Option(
            names = "--variant",
            paramLabel = "NAME",
            description = "A variant of the scenario: other settings, other expectations.")
    private @Nullable String variant;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of all free decisions (default: the scenario's).")
    private @Nullable Long seed;

    @Option(
            names = "--set",
            paramLabel = "SWITCH=VALUE",
            description = "Overrides a switch or parameter of the scenario; repeatable.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--tracepoints",
            paramLabel = "LIST",
            split = ",",
            description =
                    "Turns tracepoints of the kernel on, beside the scenario's: systems, names or"
                            + " system:name, with wildcards, or all.")
    private List<String> tracepoints = new ArrayList<>();

    @Option(
            names = "--list-parameters",
            description = "Lists every switch and parameter with its default, and ends.")
    private boolean listParameters;

    @Option(names = "--json", description = "With --list-parameters: one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (listParameters) {
            if (json) {
                ParameterList.writeJson(out);
            } else {
                ParameterList.writeText(out);
            }
            return 0;
        }
        if (json) {
            throw new ParameterException(spec.commandLine(), "--json belongs to --list-parameters");
        }
        if (scenario == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required parameter: 'SCENARIO'");
        }
        Path named = output.file();
        checkSettings();
        checkTracepoints();
        Recording.Result result;
        try (PartFile file = new PartFile(named)) {
            result =
                    Recording.record(
                            scenario,
                            variant,
                            seed,
                            settings,
                            tracepoints,
                            header -> output.writer(file.path(), header));
            file.complete();
        }
        out.println(named + ": " + result.events() + " events, " + result.outcome());
        if (!result.problems().isEmpty()) {
            throw new IOException(scenario + ": " + String.join("; ", result.problems()));
        }
        return 0;
    }

    private void checkTracepoints() {
        try {
            ScenarioParameters.checkTracepoints(tracepoints);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--tracepoints: " + e.getMessage(), e);
        }
    }

    private void checkSettings() {
        try {
            ScenarioParameters.check(settings);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--set: " + e.getMessage(), e);
        }
    }
}
