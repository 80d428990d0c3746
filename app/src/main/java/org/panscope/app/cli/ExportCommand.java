package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `panscope export`: a trace in a format of other tools. A scenario is run with all tracepoints of
/// the kernel turned on.
@Command(name = "export", description = "Writes a trace in a format of other tools.")
final class ExportCommand implements Callable<Integer> {
    private static final List<String> ALL_TRACEPOINTS = List.of("all");
    private static final int BUFFER_BYTES = 1 << 16;

    /// What `--to` may be, for help and completion.
    static final class Labels extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Labels() {
            super(ExportFormat.all().stream().map(ExportFormat::label).toList());
            add(ParquetExport.LABEL);
        }
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private TraceInput input = new TraceInput();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            required = true,
            description = "Where it goes, for parquet a folder; - is standard output.")
    private String output = "";

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            required = true,
            completionCandidates = Labels.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private String to = "";

    @Option(
            names = "--markers",
            description = "With what applications do, as psm1 markers written into trace_marker.")
    private boolean markers;

    @Option(
            names = "--nanoseconds",
            description = "Times with nine digits, as trace-cmd report -t, not the kernel's six.")
    private boolean nanoseconds;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "What the trace is called in a folder of Parquet files (default: the name of"
                            + " FILE without its ending).")
    private @Nullable String traceName;

    @Override
    public Integer call() throws IOException {
        if (to.equalsIgnoreCase(ParquetExport.LABEL)) {
            writeParquet();
            return 0;
        }
        ExportFormat format = format();
        ExportFormat.Options options = new ExportFormat.Options(markers, nanoseconds);
        List<String> remarks;
        try (OpenedTrace opened = input.open(ALL_TRACEPOINTS)) {
            if (output.equals(TraceInputs.STANDARD_INPUT)) {
                remarks = writeToStandardOutput(format, opened, options);
            } else {
                remarks = writeFile(format, opened, options);
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        remarks.forEach(remark -> err.println("panscope: " + input.name() + ": " + remark));
        return 0;
    }

    private void writeParquet() throws IOException {
        if (output.equals(TraceInputs.STANDARD_INPUT)) {
            throw new ParameterException(
                    spec.commandLine(), "-o -: parquet is a folder of files, not one stream");
        }
        ParquetExport.write(input, Path.of(output), traceName);
    }

    private List<String> writeToStandardOutput(
            ExportFormat format, OpenedTrace opened, ExportFormat.Options options)
            throws IOException {
        PrintWriter text = spec.commandLine().getOut();
        if (format instanceof TextExport textExport) {
            List<String> remarks = textExport.write(opened.trace(), text, options);
            text.flush();
            return remarks;
        }
        text.flush();
        OutputStream out = new BufferedOutputStream(PanscopeCommand.bytesOut(spec), BUFFER_BYTES);
        List<String> remarks = format.write(opened.trace(), out, options);
        out.flush();
        return remarks;
    }

    private List<String> writeFile(
            ExportFormat format, OpenedTrace opened, ExportFormat.Options options)
            throws IOException {
        try (PartFile file = new PartFile(Path.of(output))) {
            List<String> remarks;
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(file.path()), BUFFER_BYTES)) {
                remarks = format.write(opened.trace(), out, options);
            }
            file.complete();
            return remarks;
        }
    }

    private ExportFormat format() {
        @Nullable ExportFormat found = null;
        for (ExportFormat format : ExportFormat.all()) {
            found = format.label().equalsIgnoreCase(to) ? format : found;
        }
        if (found == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--to: there is no format "
                            + to
                            + "; there are "
                            + String.join(", ", new Labels()));
        }
        return found;
    }
}
