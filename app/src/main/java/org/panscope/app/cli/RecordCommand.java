package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.core.input.Recording;
import org.panscope.core.scenario.ScenarioParameters;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/// `panscope record`: emulates a scenario and writes its trace.
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description =
                "Emulates a scenario and writes the trace. Same scenario and seed: same bytes.")
final class RecordCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "SCENARIO",
            arity = "0..1",
            description = "Scenario file (JSON with comments).")
    private @Nullable Path scenario;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the trace goes.")
    private @Nullable Path output;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of all free decisions (default: 0).")
    private long seed;

    @Option(
            names = "--set",
            paramLabel = "SWITCH=VALUE",
            description = "Overrides a switch or parameter of the scenario; repeatable.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--list-parameters",
            description = "Lists every switch and parameter with its default, and ends.")
    private boolean listParameters;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (listParameters) {
            ScenarioParameters.all()
                    .forEach(parameter ->
                            out.println(
                                    parameter.name()
                                            + " = "
                                            + parameter.defaultValue()
                                            + "    "
                                            + parameter.doc()));
            return 0;
        }
        if (scenario == null || output == null) {
            throw new ParameterException(spec.commandLine(), "record needs a SCENARIO and -o FILE");
        }
        Recording.Result result;
        try (PartFile file = new PartFile(output)) {
            result = Recording.record(scenario, seed, settings, file.path());
            file.complete();
        }
        out.println(output + ": " + result.events() + " events, " + result.outcome());
        if (!result.problems().isEmpty()) {
            throw new IOException(scenario + ": " + String.join("; ", result.problems()));
        }
        return 0;
    }
}
