package org.panscope.core.input;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import org.panscope.core.export.PerfettoExport;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.PscopeReader;
import org.panscope.trace.io.PscopeWriter;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TraceCopy;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.json.JsonlWriter;
import org.panscope.trace.tracedat.bench.GeneratedDat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the fuzzer calls with every input it makes up: one reader, named by the system property
/// `panscope.reader`, reads it as that format, whatever it begins with. A reader may refuse an
/// input or report losses; anything else it throws is a finding. `./fuzz` runs it.
public final class ReaderFuzz {
    private static final int SEED_EVENTS = 24;

    private ReaderFuzz() {}

    /// Reads one input.
    public static void fuzzerTestOneInput(byte[] data) {
        read(format(System.getProperty("panscope.reader", "")), data);
    }

    /// Writes inputs to begin with into a folder.
    ///
    /// @param arguments the reader and the folder
    public static void main(String[] arguments) throws IOException {
        InputFormat format = format(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        Path dat = Files.createTempFile("panscope-seed", ".dat");
        GeneratedDat.write(dat, SEED_EVENTS);
        try (OpenedTrace opened = TraceInputs.open(dat, Progress.NONE)) {
            Trace trace = opened.trace();
            switch (format) {
                case TRACE_DAT -> Files.copy(dat, folder.resolve("generated"), REPLACE_EXISTING);
                case PERFETTO -> {
                    try (OutputStream out = Files.newOutputStream(folder.resolve("exported"))) {
                        PerfettoExport.write(trace, out);
                    }
                }
                case PSCOPE ->
                        copy(trace, PscopeWriter.create(folder.resolve("copy"), trace.header()));
                case JSONL ->
                        copy(trace, JsonlWriter.create(folder.resolve("copy"), trace.header()));
                default -> {} // those kept beside the tests are enough
            }
        } finally {
            Files.delete(dat);
        }
    }

    private static void copy(Trace trace, TraceWriter writer) throws IOException {
        try (writer) {
            TraceCopy.copy(trace, writer);
        }
    }

    /// The format with this label.
    static InputFormat format(String label) {
        for (InputFormat format : InputFormat.values()) {
            if (format.isReadable() && format.label().equals(label)) {
                return format;
            }
        }
        throw new IllegalArgumentException("panscope.reader=" + label + ": is no reader");
    }

    /// Reads an input as a format, and every event of what comes out.
    static void read(InputFormat format, byte[] data) {
        try {
            Path input = Files.createTempFile("panscope-fuzz", ".input");
            Path output = Files.createTempFile("panscope-fuzz", ".pscope");
            try {
                Files.write(input, data);
                if (format == InputFormat.PSCOPE) {
                    readAll(input);
                } else {
                    Conversion.of(format, input, "fuzz", List.of(), true)
                            .into(output, Progress.NONE);
                    readAll(output);
                }
            } catch (IOException refused) {
                // what a reader says of an input it cannot read
            } finally {
                Files.delete(input);
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readAll(Path pscope) throws IOException {
        try (Trace trace = PscopeReader.open(pscope)) {
            EventCursor cursor = trace.cursor(0);
            while (cursor.next()) {
                cursor.event();
            }
        }
    }
}
