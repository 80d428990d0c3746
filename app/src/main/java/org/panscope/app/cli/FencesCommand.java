package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.report.fences.FenceReport;
import org.panscope.core.report.fences.FenceReportJson;
import org.panscope.core.report.fences.FenceReportText;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `panscope fences`: the fence report.
@Command(
        name = "fences",
        description =
                "Answers the reviewers' questions about fences and forward progress for a trace, as"
                        + " Markdown.")
final class FencesCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private TraceInput input = new TraceInput();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write (default: standard output).")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        String text;
        try (OpenedTrace opened = input.open()) {
            FenceReport report = FenceReport.of(opened.trace());
            if (json) {
                StringWriter written = new StringWriter();
                FenceReportJson.write(report, written);
                text = written + "\n";
            } else {
                text = FenceReportText.of(report);
            }
        }
        Path file = output;
        if (file == null) {
            spec.commandLine().getOut().print(text);
        } else {
            try (PartFile part = new PartFile(file)) {
                Files.writeString(part.path(), text);
                part.complete();
            }
        }
        return 0;
    }
}
