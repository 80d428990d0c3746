package org.panscope.trace.ftrace;

import com.github.luben.zstd.ZstdIOException;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.TextLine.BlankLine;
import org.panscope.trace.ftrace.TextLine.EventLine;
import org.panscope.trace.ftrace.TextLine.HeaderLine;
import org.panscope.trace.ftrace.TextLine.LostLine;
import org.panscope.trace.ftrace.TextLine.NoteLine;
import org.panscope.trace.ftrace.TextLine.OtherLine;
import org.panscope.trace.ftrace.payload.PayloadDecoders;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TraceWriterFactory;
import org.panscope.trace.io.TrackAssigner;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/// One run of [FtraceTextImporter]. The trace is opened at the first event, whose time is the
/// origin; an event is written once the next line shows that it does not continue.
final class FtraceTextImport implements AutoCloseable {
    private static final int LINES_PER_PROGRESS = 1024;

    /// Lines without an event after which the form of the text is decided.
    private static final int UNDECIDED_LINES = 64;

    /// Lines of one form that prove it where the text has no header.
    private static final int EVIDENT_LINES = 3;

    private final String source;
    private final TraceWriterFactory writers;
    private final TrackAssigner tracks;
    private final LineParser parser = new LineParser();
    private final CaptureFacts facts;
    private final LossReport losses;
    private final List<UndecidedLine> undecided = new ArrayList<>();
    private boolean decided;
    private long originNs;
    private @Nullable TraceWriter writer;
    private @Nullable EventOutput output;
    private @Nullable PendingEvent pending;

    FtraceTextImport(String source, TraceWriterFactory writers, TrackAssigner tracks) {
        this.source = source;
        this.writers = writers;
        this.tracks = tracks;
        facts = new CaptureFacts(source);
        losses = new LossReport(source);
    }

    ImportSummary run(InputStream in, long sizeBytes, Progress progress) throws IOException {
        try (CaptureInput input = open(in)) {
            LineReader lines = new LineReader(input.text());
            boolean cancelled = readAll(lines, input, sizeBytes, progress);
            decide(false);
            flush();
            finishLosses(cancelled, lines);
            progress.advance(input.consumedBytes(), sizeBytes);
            long events = trace(LineHead.MISSING).eventCount();
            return new ImportSummary(lines.number(), events, losses.reported(), cancelled);
        }
    }

    /// Takes in all lines.
    ///
    /// @return whether it was cancelled before the end
    private boolean readAll(LineReader lines, CaptureInput input, long sizeBytes, Progress progress)
            throws IOException {
        while (next(lines)) {
            take(lines);
            if (lines.number() % LINES_PER_PROGRESS == 0) {
                progress.advance(input.consumedBytes(), sizeBytes);
                if (progress.isCancelled()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }

    private CaptureInput open(InputStream in) throws IOException {
        try {
            return CaptureInput.open(in);
        } catch (ZipException | EOFException e) {
            throw new IOException(source + ": begins like a gzip file and is none", e);
        }
    }

    /// Moves to the next line; a packed file that breaks off ends there.
    private boolean next(LineReader lines) throws IOException {
        try {
            return lines.next();
        } catch (ZipException | EOFException | ZstdIOException e) {
            losses.report(
                    "truncated",
                    "the packed data end or are damaged behind this line: " + e.getMessage(),
                    null,
                    null,
                    lines.number(),
                    lines.lineOffset());
            return false;
        }
    }

    private void take(LineReader lines) throws IOException {
        String text = lines.text();
        if (lines.isOverlong()) {
            flush();
            losses.damaged(
                    lines.number(),
                    lines.lineOffset(),
                    text,
                    "longer than " + LineReader.MAX_LINE_BYTES + " bytes");
            return;
        }
        take(parser.parse(text), lines.number(), lines.lineOffset());
    }

    private void take(TextLine line, long number, long offset) throws IOException {
        switch (line) {
            case BlankLine _ -> {
                if (pending != null) {
                    pending.blankLine();
                }
            }
            case NoteLine _ -> {}
            case HeaderLine header -> {
                boolean isComment = header.text().startsWith("#");
                if (isComment || pending == null || !pending.continues(header.text())) {
                    facts.learn(header.text());
                }
            }
            case EventLine event -> {
                decide(true);
                flush();
                pending = new PendingEvent(event);
            }
            case LostLine lost -> {
                flush();
                losses.report(lost.reason(), lost.text(), lost.count(), lost.cpu(), number, offset);
                if (losses.isFull()) {
                    trace(LineHead.MISSING);
                }
            }
            case OtherLine other -> takeOther(other, number, offset);
        }
    }

    private void takeOther(OtherLine other, long number, long offset) throws IOException {
        if (!decided) {
            undecided.add(new UndecidedLine(other, number, offset));
            if (undecided.size() == UNDECIDED_LINES) {
                decide(false);
            }
        } else if (pending == null || !pending.continues(other.text())) {
            flush();
            losses.damaged(number, offset, other.text(), other.why());
        }
    }

    /// Decides what the lines before the first event are: a form nobody can decode, events without
    /// heads, or damage.
    ///
    /// @param eventFound whether an event follows, which proves the form
    private void decide(boolean eventFound) throws IOException {
        if (decided) {
            return;
        }
        decided = true;
        List<String> texts = undecided.stream().map(line -> line.other().text()).toList();
        UndecodableForm form = UndecodableForm.of(texts);
        boolean evident = facts.isFromKernelFile() || texts.size() >= EVIDENT_LINES;
        if (form != null && evident && !eventFound) {
            throw form.refusal(source, undecided.getFirst().number());
        }
        if (facts.isFromKernelFile()
                && !eventFound
                && !texts.isEmpty()
                && EventText.parseNamed(texts.getFirst(), 0) != null) {
            parser.expectNoHeads();
            losses.report(
                    "no-timestamps",
                    "written without times (trace option `nocontext-info`): only the order of"
                            + " events is known",
                    null,
                    null,
                    undecided.getFirst().number(),
                    undecided.getFirst().offset());
        }
        for (UndecidedLine line : undecided) {
            take(parser.parse(line.other().text()), line.number(), line.offset());
        }
        undecided.clear();
    }

    private void finishLosses(boolean cancelled, LineReader lines) throws IOException {
        if (cancelled) {
            losses.report(
                    "cancelled",
                    "the import was stopped here",
                    null,
                    null,
                    lines.number(),
                    lines.lineOffset());
        }
        Long overwritten = facts.overwritten();
        if (overwritten != null) {
            losses.report(
                    "buffer-overwritten",
                    "the ring buffer overwrote the oldest events before it was read",
                    overwritten,
                    null,
                    null,
                    null);
        }
        losses.finish();
    }

    /// Writes the event that waits for its continuation.
    private void flush() throws IOException {
        PendingEvent event = pending;
        pending = null;
        if (event != null) {
            TraceWriter trace = trace(event.head());
            if (output == null) {
                output = new EventOutput(trace, tracks, originNs);
            }
            output.write(event.head(), event.name(), event.payload());
        }
    }

    private TraceWriter trace(LineHead first) throws IOException {
        TraceWriter trace = writer;
        if (trace == null) {
            trace = writers.open(facts.header(first.timeForm(), first.timeNs()));
            writer = trace;
            originNs = first.timeNs();
            losses.attach(trace);
        }
        return trace;
    }

    private record UndecidedLine(OtherLine other, long number, long offset) {}

    /// An event that may go on.
    private static final class PendingEvent {
        private final LineHead head;
        private final String name;
        private final StringBuilder payload;
        private final boolean mayContinue;
        private int blankLines;

        PendingEvent(EventLine line) {
            head = line.head();
            name = line.text().name();
            payload = new StringBuilder(line.text().payload());
            mayContinue = PayloadDecoders.mayContinue(name);
        }

        LineHead head() {
            return head;
        }

        String name() {
            return name;
        }

        String payload() {
            return payload.toString();
        }

        void blankLine() {
            blankLines++;
        }

        /// Appends the line if it can be the rest of this event.
        boolean continues(String line) {
            int length = payload.length() + blankLines + line.length() + 1;
            if (!mayContinue || length > LineReader.MAX_LINE_BYTES) {
                return false;
            }
            payload.repeat('\n', blankLines + 1).append(line);
            blankLines = 0;
            return true;
        }
    }
}
