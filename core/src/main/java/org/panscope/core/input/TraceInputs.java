package org.panscope.core.input;

import com.github.luben.zstd.ZstdIOException;

import org.panscope.trace.io.Progress;
import org.panscope.trace.io.PscopeReader;
import org.panscope.trace.io.TraceFormatException;
import org.panscope.trace.tracedat.RawFolder;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipException;

/// Opens any supported input. What is not a `.pscope` yet is converted into one, in a temporary
/// file that goes away when the trace is closed
/// (`docs/decisions/0006-every-input-becomes-a-container.md`).
public final class TraceInputs {
    /// The name that means standard input.
    public static final String STANDARD_INPUT = "-";

    private static final String STANDARD_INPUT_LABEL = "standard input";

    private final Progress progress;
    private final List<String> tracepoints;
    private final boolean inHostTime;

    private TraceInputs(Progress progress, List<String> tracepoints, boolean inHostTime) {
        this.progress = progress;
        this.tracepoints = List.copyOf(tracepoints);
        this.inHostTime = inHostTime;
    }

    /// Opens a file, or what standard input holds.
    ///
    /// @param name a path or [#STANDARD_INPUT]
    /// @param standardInput read to its end when that is what is asked for
    /// @throws IOException in one sentence that names the file and what is wrong with it
    public static OpenedTrace open(String name, InputStream standardInput, Progress progress)
            throws IOException {
        return open(name, standardInput, progress, List.of());
    }

    /// Opens a file, or what standard input holds.
    ///
    /// @param tracepoints tracepoints of the kernel that are on while a scenario runs, beside its
    ///   own
    /// @throws IOException as above
    public static OpenedTrace open(
            String name, InputStream standardInput, Progress progress, List<String> tracepoints)
            throws IOException {
        return open(name, standardInput, new TraceInputs(progress, tracepoints, false));
    }

    /// As [#open(String, InputStream, Progress)], for a capture that is to be merged with others:
    /// the times of a virtual machine become those of its host, where the capture says how they
    /// relate.
    public static OpenedTrace openToMerge(String name, InputStream standardInput, Progress progress)
            throws IOException {
        return open(name, standardInput, new TraceInputs(progress, List.of(), true));
    }

    private static OpenedTrace open(String name, InputStream standardInput, TraceInputs inputs)
            throws IOException {
        return name.equals(STANDARD_INPUT)
                ? inputs.openStream(standardInput, STANDARD_INPUT_LABEL)
                : inputs.open(Path.of(name), name);
    }

    /// As [#open(String, InputStream, Progress)] for a file.
    public static OpenedTrace open(Path file, Progress progress) throws IOException {
        return new TraceInputs(progress, List.of(), false).open(file, file.toString());
    }

    /// Format of a file, by its content.
    public static InputFormat formatOf(Path file) throws IOException {
        if (RawFolder.isOne(file)) {
            return InputFormat.RAW_PAGES;
        }
        return InputSniffer.sniff(beginning(file));
    }

    private static byte[] beginning(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(
                    file
                            + ": is a folder, not a file, and holds no ring-buffer pages (cpu0.raw,"
                            + " ...)");
        }
        return InputSniffer.beginning(file);
    }

    private OpenedTrace open(Path file, String name) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            try (InputStream pipe = Files.newInputStream(file)) {
                return openStream(pipe, name);
            }
        }
        if (RawFolder.isOne(file)) {
            return open(file, name, InputFormat.RAW_PAGES);
        }
        byte[] beginning = beginning(file);
        InputFormat format = InputSniffer.sniff(beginning);
        refuse(format, name);
        // The reader of ftrace text unpacks by itself, and keeps what a damaged file still holds.
        if (InputSniffer.isPacked(beginning) && format != InputFormat.FTRACE_TEXT) {
            return openPacked(file, name, format, beginning);
        }
        return open(file, name, format);
    }

    /// Opens what can be read only once: it is copied to a file first, if it begins like something
    /// that can be opened.
    private OpenedTrace openStream(InputStream in, String name) throws IOException {
        byte[] beginning = in.readNBytes(InputSniffer.SAMPLE_BYTES);
        refuse(InputSniffer.sniff(beginning), name);
        Path spooled = temporary("panscope-stream", ".input");
        try {
            try (OutputStream out = Files.newOutputStream(spooled)) {
                out.write(beginning);
                in.transferTo(out);
            }
            return open(spooled, name);
        } finally {
            forget(spooled);
        }
    }

    private OpenedTrace open(Path file, String name, InputFormat format) throws IOException {
        if (format == InputFormat.PSCOPE) {
            return new OpenedTrace(PscopeReader.open(file), format, name, List.of());
        }
        Path converted = temporary("panscope", ".pscope");
        try {
            List<String> problems = conversion(format, file, name).into(converted, progress);
            return new OpenedTrace(PscopeReader.open(converted), format, name, problems);
        } finally {
            forget(converted);
        }
    }

    private Conversion conversion(InputFormat format, Path file, String name) {
        return Conversion.of(format, file, name, tracepoints, inHostTime);
    }

    private OpenedTrace openPacked(Path file, String name, InputFormat format, byte[] beginning)
            throws IOException {
        Path unpacked = temporary("panscope-unpacked", ".input");
        try {
            try (InputStream in =
                    InputSniffer.unpacking(
                            beginning,
                            new ReportingInput(
                                    Files.newInputStream(file), Files.size(file), progress))) {
                Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
            } catch (EOFException | ZipException | ZstdIOException e) {
                throw new TraceFormatException(
                        name + ": the packed data end or are damaged: " + e.getMessage(), e);
            }
            return open(unpacked, name, format);
        } finally {
            forget(unpacked);
        }
    }

    /// The folder is asked for each time, not once per JVM as the JDK does.
    private static Path temporary(String prefix, String ending) throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        return Files.createTempFile(folder, prefix, ending);
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

    /// Refuses what cannot be opened, and says what to do about it.
    ///
    /// @throws IOException when this version cannot read the format
    public static void refuse(InputFormat format, String name) throws IOException {
        if (!format.isReadable()) {
            String what =
                    format == InputFormat.UNKNOWN || format == InputFormat.EMPTY
                            ? "cannot be read"
                            : "is a " + format.label() + " file, which this version does not read";
            throw new IOException(name + ": " + what + "; " + format.advice());
        }
    }
}
