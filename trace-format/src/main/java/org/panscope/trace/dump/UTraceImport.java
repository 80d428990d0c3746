package org.panscope.trace.dump;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.ImportSummary;
import org.panscope.trace.ftrace.LineReader;
import org.panscope.trace.io.EventRuns;
import org.panscope.trace.io.Progress;
import org.panscope.trace.schema.Unit;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Mesa's u_trace in any of its three forms. Batches are written as they end, so times go back from
/// one to the next: entries go into a temporary file first, are sorted by time ([EventRuns]), and
/// are read back in that order.
///
/// An entry becomes an event of its own name, with `frame`, `batch` and its parameters: one field
/// each from JSON, and from the other forms, which do not quote them, the text as it is. Names that
/// begin with `begin_` and `end_` get a `phase` and the rest as `name`, so that they pair.
///
/// Mesa: src/util/perf/u_trace.c
final class UTraceImport {
    private static final int LINES_PER_PROGRESS = 1024;
    private static final char TAB = '\t';
    private static final Pattern TEXT_ENTRY =
            Pattern.compile("(\\d{1,19}) +[+-]\\d{1,10}: +(\\w{1,200}):? ?(.*)");
    private static final Pattern END_OF_FRAME = Pattern.compile("END OF FRAME (\\d{1,9})");
    private static final Pattern CSV_ENTRY =
            Pattern.compile("(\\d{1,9}),(\\d{1,9}),(\\d{1,19}),([^,]{1,200}),?(.*)");

    private final DumpFormat format;
    private final Path path;
    private final DumpOutput out;
    private final Progress progress;
    private final EventRuns runs = new EventRuns();
    private final Path temporary;
    private final FileChannel spool;
    private ByteBuffer pending = ByteBuffer.allocate(1 << 16);
    private long spooled;
    private long lines;
    private long frame;
    private long batch = -1;

    UTraceImport(DumpFormat format, Path path, DumpOutput out, Progress progress)
            throws IOException {
        this.format = format;
        this.path = path;
        this.out = out;
        this.progress = progress;
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        temporary = Files.createTempFile(folder, "panscope-utrace", ".tmp");
        spool =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
    }

    ImportSummary run() throws IOException {
        try (out;
                runs;
                spool;
                InputStream in = Files.newInputStream(path)) {
            boolean cancelled =
                    format == DumpFormat.UTRACE_JSON
                            ? new UTraceJson(this, out.losses, progress, Files.size(path)).read(in)
                            : readLines(in);
            flush();
            runs.finish();
            cancelled |= write();
            long events = out.finish(cancelled);
            progress.advance(Files.size(path), Files.size(path));
            return new ImportSummary(lines, events, out.losses.reported(), cancelled);
        }
    }

    // ---- first reading ------------------------------------------------------------------------

    /// @return whether it was cancelled
    private boolean readLines(InputStream in) throws IOException {
        LineReader reader = new LineReader(in);
        while (reader.next()) {
            lines = reader.number();
            String line = reader.text();
            boolean understood =
                    !reader.isOverlong()
                            && (format == DumpFormat.UTRACE_CSV ? csv(line) : text(line));
            if (!understood) {
                String shown = line.length() > 60 ? line.substring(0, 60) + "…" : line;
                out.losses.atLine("unparsed-line", "no entry: `" + shown + "`", 1L, lines);
            }
            if (lines % LINES_PER_PROGRESS == 0) {
                progress.advance(reader.lineOffset() / 2, Files.size(path));
                if (progress.isCancelled()) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean csv(String line) throws IOException {
        if (line.isBlank() || line.startsWith("frame,")) {
            return true;
        }
        Matcher entry = CSV_ENTRY.matcher(line.strip());
        if (!entry.matches()) {
            return false;
        }
        return add(
                entry.group(3),
                Long.parseLong(entry.group(1)),
                Long.parseLong(entry.group(2)),
                entry.group(4),
                entry.group(5));
    }

    private boolean text(String line) throws IOException {
        String stripped = line.strip();
        Matcher entry = TEXT_ENTRY.matcher(stripped);
        if (entry.matches()) {
            return add(entry.group(1), frame, Math.max(batch, 0), entry.group(2), entry.group(3));
        }
        if (stripped.startsWith("+----- NS")) {
            batch++;
            return true;
        }
        Matcher end = END_OF_FRAME.matcher(stripped);
        if (end.matches()) {
            frame = Long.parseLong(end.group(1)) + 1;
            batch = -1;
            return true;
        }
        return stripped.isEmpty() || stripped.startsWith("ELAPSED:");
    }

    /// Adds an entry.
    ///
    /// @param parameters their text, or a JSON object
    /// @return whether its time is one
    boolean add(String time, long frame, long batch, String name, String parameters)
            throws IOException {
        long timeNs;
        try {
            timeNs = Long.parseLong(time);
        } catch (NumberFormatException e) {
            return false;
        }
        String line =
                frame + "\t" + batch + TAB + name.replace(TAB, ' ') + TAB + parameters.strip();
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > EventRuns.MOST_BYTES || timeNs < 0) {
            return false;
        }
        if (bytes.length > pending.remaining()) {
            flush();
            if (bytes.length > pending.capacity()) {
                pending = ByteBuffer.allocate(bytes.length);
            }
        }
        runs.add(timeNs, spooled + pending.position(), bytes.length);
        pending.put(bytes);
        return true;
    }

    private void flush() throws IOException {
        pending.flip();
        while (pending.hasRemaining()) {
            spooled += spool.write(pending, spooled);
        }
        pending.clear();
    }

    // ---- second reading -----------------------------------------------------------------------

    /// @return whether it was cancelled
    private boolean write() throws IOException {
        long done = 0;
        while (runs.next()) {
            if (!out.isOpen()) {
                out.setClock("gpu", runs.timeNs());
            }
            byte[] bytes = new byte[runs.length()];
            ByteBuffer into = ByteBuffer.wrap(bytes);
            while (into.hasRemaining()) {
                if (spool.read(into, runs.offset() + into.position()) < 0) {
                    throw new IOException("the temporary file was cut off");
                }
            }
            entry(runs.timeNs() - out.originNs(), new String(bytes, StandardCharsets.UTF_8));
            if (++done % LINES_PER_PROGRESS == 0) {
                long half = Files.size(path) / 2;
                progress.advance(half + (long) ((double) half * done / runs.size()), 2 * half);
                if (progress.isCancelled()) {
                    return true;
                }
            }
        }
        return false;
    }

    private void entry(long timeNs, String line) throws IOException {
        int first = line.indexOf(TAB);
        int second = line.indexOf(TAB, first + 1);
        int third = line.indexOf(TAB, second + 1);
        String name = line.substring(second + 1, third);
        String parameters = line.substring(third + 1);
        out.fields.begin();
        String phase = phase(name);
        if (phase != null) {
            out.fields.text("phase", phase);
            out.fields.text("name", name.substring(phase.length() + 1));
        }
        long ofFrame = Long.parseLong(line.substring(0, first));
        long ofBatch = Long.parseLong(line.substring(first + 1, second));
        out.fields.number("frame", Unit.INDEX, true, ofFrame);
        out.fields.number("batch", Unit.INDEX, true, ofBatch);
        if (parameters.startsWith("{")) {
            try {
                UTraceJson.parameters(parameters, out.fields);
            } catch (JacksonException e) {
                out.fields.text("params", parameters);
            }
        } else if (!parameters.isEmpty()) {
            out.fields.text("params", parameters);
        }
        int root = out.track("gpu", "gpu");
        int track = out.track(root, "batch", "u_trace batch " + Math.min(ofBatch, 1000));
        out.write(timeNs, track, name);
    }

    private static @Nullable String phase(String name) {
        return name.startsWith("begin_") && name.length() > "begin_".length()
                ? "begin"
                : name.startsWith("end_") && name.length() > "end_".length() ? "end" : null;
    }
}
