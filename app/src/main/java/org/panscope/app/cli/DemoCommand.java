package org.panscope.app.cli;

import org.panscope.app.shell.Display;
import org.panscope.app.timeline.Screenshot;
import org.panscope.core.analysis.Analyzer;
import org.panscope.core.analysis.FindingText;
import org.panscope.core.input.Recording;
import org.panscope.core.report.fences.FenceReport;
import org.panscope.core.report.fences.FenceReportText;
import org.panscope.core.summary.SubmissionSummary;
import org.panscope.trace.io.PscopeReader;
import org.panscope.trace.io.PscopeWriter;
import org.panscope.trace.io.Trace;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/// `panscope demo`: two clients side by side, recorded, checked, drawn, reported, summed up, and
/// opened in the window where there is a display.
@Command(
        name = "demo",
        description =
                "Runs the sample scenario with both submission flows, checks it, and writes its"
                        + " trace, picture and report of fences.")
final class DemoCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Folder for the results (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("panscope-demo");

    @Option(
            names = "--no-window",
            description = "Do not open the window even where there is a display.")
    private boolean noWindow;

    @Override
    public Integer call() throws IOException {
        Path scenario = Samples.folder().resolve("demo.json");
        makeFolder(folder);
        Path tracePath = folder.resolve("demo.pscope");
        Path picturePath = folder.resolve("demo.png");
        Path reportPath = folder.resolve("demo-fences.md");
        Recording.Result result = record(scenario, tracePath);
        PrintWriter out = spec.commandLine().getOut();
        try (Trace trace = PscopeReader.open(tracePath)) {
            draw(trace, picturePath);
            report(trace, reportPath);
            out.println(
                    "Emulated "
                            + scenario.getFileName()
                            + " with seed "
                            + result.seed()
                            + ": "
                            + SubmissionSummary.of(trace).paragraph());
            out.print("check    " + FindingText.of(trace, Analyzer.analyze(trace)));
        }
        out.println("trace    " + tracePath);
        out.println("picture  " + picturePath);
        out.println("report   " + reportPath);
        if (!result.problems().isEmpty()) {
            throw new IOException(scenario + ": " + String.join("; ", result.problems()));
        }
        if (noWindow) {
            out.println("./panscope open " + tracePath + " shows it in the window");
        } else if (Display.isAvailable()) {
            out.flush();
            OpenCommand.launch(tracePath.toString());
        } else {
            out.println(
                    "no display, so no window; ./panscope open "
                            + tracePath
                            + " shows it where there is one");
        }
        return 0;
    }

    private static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(folder + ": is a file, not a folder", e);
        }
    }

    private static Recording.Result record(Path scenario, Path tracePath) throws IOException {
        try (PartFile part = new PartFile(tracePath)) {
            Recording.Result result =
                    Recording.record(
                            scenario,
                            null,
                            null,
                            Map.of(),
                            header -> PscopeWriter.create(part.path(), header));
            part.complete();
            return result;
        }
    }

    private static void draw(Trace trace, Path picturePath) throws IOException {
        try (PartFile part = new PartFile(picturePath)) {
            Screenshot.render(trace, part.path(), Screenshot.Options.DEFAULT);
            part.complete();
        }
    }

    private static void report(Trace trace, Path reportPath) throws IOException {
        try (PartFile part = new PartFile(reportPath)) {
            Files.writeString(part.path(), FenceReportText.of(FenceReport.of(trace)));
            part.complete();
        }
    }
}
