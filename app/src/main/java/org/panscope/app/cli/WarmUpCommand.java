package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// The launcher's training run: does what short commands do, so that the JVM's cache of loaded
/// classes holds what they need.
@Command(name = "warm-up", hidden = true, description = "Loads what short commands need.")
final class WarmUpCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SAMPLES")
    private @Nullable Path samples;

    @Override
    public Integer call() {
        if (samples == null) {
            return PanscopeCommand.USAGE;
        }
        String scenario = samples.resolve("hello-ring.json").toString();
        String capture = samples.resolve("captures/panscope-sample.report.txt").toString();
        List<String[]> commands =
                List.of(
                        new String[] {"info", capture},
                        new String[] {"info", "--json", scenario},
                        new String[] {"dump", "--format", "jsonl", scenario},
                        new String[] {"dump", "--where", "type == DB_RING", scenario},
                        new String[] {"state", scenario});
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        int worst = 0;
        for (String[] command : commands) {
            worst = Math.max(worst, PanscopeCommand.run(nowhere, nowhere, command));
        }
        return worst;
    }
}
