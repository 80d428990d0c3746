package org.panscope.trace.chrome;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.FtraceTextImporter;
import org.panscope.trace.ftrace.UnsupportedCaptureException;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.PscopeReader;
import org.panscope.trace.io.PscopeWriter;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackAssigner;
import org.panscope.trace.io.TrackInfo;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The ftrace text a file may hold, imported into a container of its own in a temporary file, to be
/// merged with the other events by time. A marker `trace_event_clock_sync: parent_ts=S` in it tells
/// what the clock of the other events showed then; without one, or with the time 0, both clocks are
/// the same.
final class FtraceSection implements AutoCloseable {
    private static final Pattern SYNC =
            Pattern.compile("trace_event_clock_sync: parent_ts=(\\d{1,12}(?:\\.\\d{1,9})?)\\s*");
    private static final FtraceSection NONE = new FtraceSection(null, 0);

    private final @Nullable PscopeReader trace;
    private final long shiftNs;
    private final @Nullable EventCursor cursor;
    private boolean more;
    private int nextLoss;
    private int[] tracks = {};

    private FtraceSection(@Nullable PscopeReader trace, long shiftNs) {
        this.trace = trace;
        this.shiftNs = shiftNs;
        cursor = trace == null ? null : trace.cursor(0);
        more = cursor != null && cursor.next();
    }

    /// @param offset where the string begins, or -1 when there is none
    static FtraceSection open(
            ChromeFile file, long offset, String source, TrackAssigner tracks, Progress progress)
            throws IOException {
        if (offset < 0) {
            return NONE;
        }
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        Path temporary = Files.createTempFile(folder, "panscope-ftrace", ".pscope");
        try (InputStream text = new JsonStringInput(file.from(offset + 1))) {
            FtraceTextImporter.importText(
                    text,
                    source + " systemTraceEvents",
                    header -> PscopeWriter.create(temporary, header),
                    tracks,
                    new CancelOnly(progress));
            PscopeReader trace = PscopeReader.open(temporary);
            return new FtraceSection(trace, trace.header().originNs() + shift(trace));
        } catch (UnsupportedCaptureException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static long shift(PscopeReader trace) {
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            EventTypeInfo type = cursor.type();
            int buf = type.fieldIndex("buf");
            if (buf >= 0 && cursor.value(buf) instanceof String text) {
                Matcher sync = SYNC.matcher(text);
                if (sync.matches()) {
                    // The marker is in seconds, which is a million of what the decimal is read as.
                    Long micros = DecimalTime.nanos(sync.group(1) + "e6");
                    long here = trace.header().originNs() + cursor.timeNs();
                    return micros == null || micros == 0 ? 0 : micros - here;
                }
            }
        }
        return 0;
    }

    /// Time of the first event, or `other` if that is earlier or there is none.
    long firstNs(long other) {
        return trace == null || trace.eventCount() == 0 ? other : trace.firstTimeNs() + shiftNs;
    }

    /// Writes the events before a time of the file's clock.
    ///
    /// @param originNs that clock at trace start
    void writeBefore(long timeNs, TraceWriter into, long originNs) throws IOException {
        while (more && cursor != null && cursor.timeNs() + shiftNs < timeNs) {
            losses(cursor.seq(), into);
            EventTypeInfo type = cursor.type();
            @Nullable Object[] values = new Object[type.fields().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = cursor.value(i);
            }
            into.write(
                    new EventHeader(
                            cursor.timeNs() + shiftNs - originNs,
                            track(cursor.track(), into),
                            EventHeader.NO_CAUSE,
                            false,
                            cursor.cpu(),
                            cursor.pid(),
                            cursor.comm(),
                            cursor.context(),
                            cursor.locks()),
                    type,
                    values);
            more = cursor.next();
        }
    }

    /// Tells of losses behind the last event written.
    void finish(TraceWriter into) throws IOException {
        losses(Long.MAX_VALUE, into);
    }

    long losses() {
        return trace == null ? 0 : trace.losses().size();
    }

    private void losses(long seq, TraceWriter into) throws IOException {
        List<Loss> all = trace == null ? List.of() : trace.losses();
        while (nextLoss < all.size() && all.get(nextLoss).beforeSeq() <= seq) {
            Loss loss = all.get(nextLoss++);
            into.loss(
                    new Loss(
                            loss.reason(),
                            loss.message(),
                            loss.count(),
                            loss.cpu(),
                            loss.line(),
                            loss.offset(),
                            into.eventCount()));
        }
    }

    private int track(int own, TraceWriter into) {
        if (tracks.length == 0 && trace != null) {
            List<TrackInfo> all = trace.tracks();
            tracks = new int[all.size()];
            for (TrackInfo info : all) {
                int parent =
                        info.parent() == TrackInfo.ROOT ? TrackInfo.ROOT : tracks[info.parent()];
                tracks[info.id()] = into.track(parent, info.kind(), info.name());
            }
        }
        return tracks[own];
    }

    @Override
    public void close() {
        if (trace != null) {
            trace.close();
        }
    }

    /// How far this part is says nothing of the whole.
    private record CancelOnly(Progress whole) implements Progress {
        @Override
        public void advance(long doneBytes, long totalBytes) {}

        @Override
        public boolean isCancelled() {
            return whole.isCancelled();
        }
    }
}
