package org.panscope.core.input;

import org.panscope.trace.io.Progress;
import org.panscope.trace.io.PscopeReader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Opens any supported input. What is not a `.pscope` yet is converted into one, in a temporary
/// file that goes away when the trace is closed
/// (`docs/decisions/0006-every-input-becomes-a-container.md`).
public final class TraceInputs {
    /// The name that means standard input.
    public static final String STANDARD_INPUT = "-";

    private TraceInputs() {}

    /// Opens a file, or what standard input holds.
    ///
    /// @param name a path or [#STANDARD_INPUT]
    /// @param standardInput read to its end when that is what is asked for
    /// @throws IOException in one sentence that names the file and what is wrong with it
    public static OpenedTrace open(String name, InputStream standardInput, Progress progress)
            throws IOException {
        if (!name.equals(STANDARD_INPUT)) {
            return open(Path.of(name), name, progress);
        }
        Path spooled = Files.createTempFile("panscope-stdin", ".input");
        try {
            Files.copy(standardInput, spooled, StandardCopyOption.REPLACE_EXISTING);
            return open(spooled, name, progress);
        } finally {
            forget(spooled);
        }
    }

    /// As [#open(String, InputStream, Progress)] for a file.
    public static OpenedTrace open(Path file, Progress progress) throws IOException {
        return open(file, file.toString(), progress);
    }

    /// Format of a file, by its content.
    public static InputFormat formatOf(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a folder, not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return InputSniffer.sniff(in.readNBytes(InputSniffer.SAMPLE_BYTES));
        }
    }

    private static OpenedTrace open(Path file, String name, Progress progress) throws IOException {
        InputFormat format = formatOf(file);
        refuse(format, name);
        if (format == InputFormat.PSCOPE) {
            return new OpenedTrace(PscopeReader.open(file), format, name, List.of());
        }
        Path converted = Files.createTempFile("panscope", ".pscope");
        try {
            List<String> problems = Conversion.of(format, file, name).into(converted, progress);
            return new OpenedTrace(PscopeReader.open(converted), format, name, problems);
        } finally {
            forget(converted);
        }
    }

    /// Removes a temporary file. An open trace keeps its contents: it is mapped. Systems that do
    /// not remove files in use do it when the program ends.
    private static void forget(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            temporary.toFile().deleteOnExit();
        }
    }

    /// @throws IOException when this version cannot read the format
    static void refuse(InputFormat format, String name) throws IOException {
        if (!format.isReadable()) {
            String what =
                    format == InputFormat.UNKNOWN || format == InputFormat.EMPTY
                            ? "cannot be read"
                            : "is a " + format.label() + " file, which this version does not read";
            throw new IOException(name + ": " + what + "; " + format.advice());
        }
    }
}
