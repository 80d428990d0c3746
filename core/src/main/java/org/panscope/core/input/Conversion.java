package org.panscope.core.input;

import org.panscope.core.capture.CaptureTracks;
import org.panscope.core.isa.Disassembler;
import org.panscope.trace.chrome.ChromeImporter;
import org.panscope.trace.dump.DumpFormat;
import org.panscope.trace.dump.DumpImporter;
import org.panscope.trace.ftrace.FtraceTextImporter;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.PscopeWriter;
import org.panscope.trace.json.JsonlReader;
import org.panscope.trace.perfetto.PerfettoImporter;
import org.panscope.trace.tracedat.DatImporter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Turns one input into a `.pscope` file.
@FunctionalInterface
interface Conversion {
    /// Writes the container.
    ///
    /// @return what went wrong in a run, one sentence each
    List<String> into(Path pscope, Progress progress) throws IOException;

    /// The conversion for a format that is readable and not the container itself.
    ///
    /// @param name what the user called the input, for messages and the trace's header
    /// @param tracepoints tracepoints of the kernel that are on while a scenario runs, beside its
    ///   own
    /// @param inHostTime whether the times of a virtual machine are to be those of its host
    static Conversion of(
            InputFormat format,
            Path file,
            String name,
            List<String> tracepoints,
            boolean inHostTime) {
        return switch (format) {
            case FTRACE_TEXT -> (pscope, progress) -> importFtrace(file, name, pscope, progress);
            case TRACE_DAT, RAW_PAGES ->
                    (pscope, progress) -> importDat(file, name, inHostTime, pscope, progress);
            case PERFETTO -> (pscope, progress) -> importPerfetto(file, name, pscope, progress);
            case CHROME_JSON -> (pscope, progress) -> importChrome(file, name, pscope, progress);
            case PANTHOR_COREDUMP, KERNEL_LOG, PANDECODE, U_TRACE ->
                    (pscope, progress) -> importDump(file, name, pscope, progress);
            case JSONL -> (pscope, progress) -> importJsonl(file, name, pscope, progress);
            case SCENARIO ->
                    (pscope, progress) ->
                            Recording.record(
                                            file,
                                            name,
                                            null,
                                            null,
                                            Map.of(),
                                            tracepoints,
                                            header -> PscopeWriter.create(pscope, header))
                                    .problems();
            case PSCOPE, EMPTY, UNKNOWN ->
                    throw new IllegalArgumentException("no conversion from format=" + format);
        };
    }

    private static List<String> importFtrace(Path file, String name, Path pscope, Progress progress)
            throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            boolean cancelled =
                    FtraceTextImporter.importText(
                                    in,
                                    Files.size(file),
                                    name,
                                    header -> PscopeWriter.create(pscope, header),
                                    new CaptureTracks(),
                                    progress)
                            .cancelled();
            return problems(name, cancelled);
        }
    }

    private static List<String> importDat(
            Path file, String name, boolean inHostTime, Path pscope, Progress progress)
            throws IOException {
        boolean cancelled =
                DatImporter.importDat(
                                file,
                                name,
                                inHostTime,
                                header -> PscopeWriter.create(pscope, header),
                                new CaptureTracks(),
                                progress)
                        .cancelled();
        return problems(name, cancelled);
    }

    private static List<String> importPerfetto(
            Path file, String name, Path pscope, Progress progress) throws IOException {
        boolean cancelled =
                PerfettoImporter.importTrace(
                                file,
                                name,
                                header -> PscopeWriter.create(pscope, header),
                                new CaptureTracks(),
                                progress)
                        .cancelled();
        return problems(name, cancelled);
    }

    private static List<String> importChrome(Path file, String name, Path pscope, Progress progress)
            throws IOException {
        boolean cancelled =
                ChromeImporter.importJson(
                                file,
                                name,
                                header -> PscopeWriter.create(pscope, header),
                                new CaptureTracks(),
                                progress)
                        .cancelled();
        return problems(name, cancelled);
    }

    private static List<String> importDump(Path file, String name, Path pscope, Progress progress)
            throws IOException {
        DumpFormat format = DumpFormat.of(InputSniffer.beginning(file));
        if (format == null) {
            throw new IOException(name + ": changed while it was read");
        }
        boolean cancelled =
                DumpImporter.importDump(
                                format,
                                file,
                                name,
                                Disassembler::text,
                                header -> PscopeWriter.create(pscope, header),
                                progress)
                        .cancelled();
        return problems(name, cancelled);
    }

    private static List<String> importJsonl(Path file, String name, Path pscope, Progress progress)
            throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            JsonlReader.read(
                    new ReportingInput(in, Files.size(file), progress),
                    name,
                    header -> PscopeWriter.create(pscope, header));
            return List.of();
        }
    }

    private static List<String> problems(String name, boolean cancelled) {
        return cancelled ? List.of(name + ": cancelled, the rest was not read") : List.of();
    }
}
