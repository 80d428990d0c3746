package org.panscope.trace.chrome;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.ftrace.EventShapes;
import org.panscope.trace.ftrace.ImportSummary;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.EventRuns;
import org.panscope.trace.io.Producer;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TraceHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TraceWriterFactory;
import org.panscope.trace.io.TrackAssigner;
import org.panscope.trace.quality.ImportLosses;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;

/// Reads Chrome's trace event JSON: a list of events, or an object with the list `traceEvents`, and
/// with it ftrace text as the string `systemTraceEvents`.
///
/// The file is read twice and never held: the first reading finds where each event stands and when
/// it happened, and sorts that ([EventRuns]); the second takes the events out in the order of their
/// times. Memory does not grow with the number of events, nor with the length of the ftrace text.
///
/// An event becomes one of a type with the name it has, with the fields `phase` (`begin`, `end`,
/// `complete`, `instant`, `counter`, `async_…`, `flow_…`, `object_…`, `sample`), `category`,
/// `duration_ns` of complete ones, `id`, `scope`, and one for each argument. An end takes the name
/// of what it ends. Events of one flow are each other's causes. Names of processes and threads
/// become tracks. An instant whose name is a `psm1` marker is that marker.
///
/// Times are read as decimals, to the nanosecond, and are relative to the first event; the trace
/// header holds the time of that one. A file that Panscope exported tells the clock and its origin,
/// and comes back in the times it had. What such a file does not carry: the events themselves (it
/// has the timeline's bars, instants and counter values), fields, causes, layers, CPUs and threads
/// of events, tracks without anything to see, which bars have no end, and losses.
public final class ChromeImporter {
    private static final int EVENTS_PER_PROGRESS = 4096;
    private static final String OWN_PRODUCER = "panscope ";

    private final ChromeFile file;
    private final String source;
    private final TraceWriterFactory writers;
    private final TrackAssigner ftraceTracks;
    private final Progress progress;
    private final ImportLosses losses;
    private final ChromeNames names = new ChromeNames();

    private ChromeImporter(
            ChromeFile file,
            String source,
            TraceWriterFactory writers,
            TrackAssigner ftraceTracks,
            Progress progress) {
        this.file = file;
        this.source = source;
        this.writers = writers;
        this.ftraceTracks = ftraceTracks;
        this.progress = progress;
        losses = new ImportLosses(source);
    }

    /// Imports one file.
    ///
    /// @param sourceName its name, for the header and for messages
    /// @param writers opens the trace; the trace is closed in any case once it was opened
    /// @param ftraceTracks gives the events of ftrace text inside the file their tracks
    /// @throws IOException if reading or writing fails; damage is a loss in the trace instead
    public static ImportSummary importJson(
            Path path,
            String sourceName,
            TraceWriterFactory writers,
            TrackAssigner ftraceTracks,
            Progress progress)
            throws IOException {
        try (ChromeFile file = new ChromeFile(path)) {
            return new ChromeImporter(file, sourceName, writers, ftraceTracks, progress).run();
        }
    }

    private ImportSummary run() throws IOException {
        try (EventRuns runs = new EventRuns()) {
            Survey survey = new Survey(file, runs, names, losses, progress);
            survey.run();
            boolean any = runs.next();
            try (FtraceSection ftrace =
                    FtraceSection.open(
                            file, survey.ftraceOffset(), source, ftraceTracks, progress)) {
                TraceHeader header = header(survey, any ? runs : null, ftrace);
                try (TraceWriter trace = writers.open(header)) {
                    losses.attach(trace);
                    Output output = new Output(trace, header.originNs(), own(survey));
                    boolean cancelled = survey.isCancelled();
                    if (!cancelled) {
                        cancelled = merge(runs, any, ftrace, output);
                    }
                    ftrace.finish(trace);
                    output.finish();
                    if (cancelled) {
                        losses.lost("cancelled", "the import was stopped here", null);
                    }
                    losses.finish();
                    long told = losses.reported() + ftrace.losses();
                    return new ImportSummary(survey.objects(), trace.eventCount(), told, cancelled);
                }
            }
        }
    }

    /// Whether times are those of a trace, not of a clock.
    private static boolean own(Survey survey) {
        return survey.attributes().getOrDefault("otherData.producer", "").startsWith(OWN_PRODUCER)
                && survey.attributes()
                        .getOrDefault("otherData.origin_ns", "")
                        .matches("-?\\d{1,18}");
    }

    private TraceHeader header(Survey survey, @Nullable EventRuns first, FtraceSection ftrace) {
        TreeMap<String, String> attributes = new TreeMap<>(survey.attributes());
        String clock = attributes.getOrDefault("otherData.clock", "unknown");
        long originNs = 0;
        if (own(survey)) {
            originNs = Long.parseLong(attributes.getOrDefault("otherData.origin_ns", ""));
        } else if (first != null) {
            originNs = Math.min(first.timeNs(), ftrace.firstNs(first.timeNs()));
        } else {
            originNs = ftrace.firstNs(0);
        }
        return new TraceHeader("chrome-json", source, clock, originNs, Producer.name(), attributes);
    }

    /// @return whether it was cancelled
    private boolean merge(EventRuns runs, boolean any, FtraceSection ftrace, Output output)
            throws IOException {
        boolean more = any;
        long done = 0;
        while (more) {
            ftrace.writeBefore(runs.timeNs(), output.trace, output.originNs);
            output.write(runs);
            more = runs.next();
            if (++done % EVENTS_PER_PROGRESS == 0) {
                long half = file.size() / 2;
                progress.advance(half + (long) ((double) half * done / runs.size()), file.size());
                if (progress.isCancelled()) {
                    return true;
                }
            }
        }
        ftrace.writeBefore(Long.MAX_VALUE, output.trace, output.originNs);
        progress.advance(file.size(), file.size());
        return progress.isCancelled();
    }

    /// The second reading.
    private final class Output {
        final TraceWriter trace;
        final long originNs;
        private final long startNs;
        private final ChromeTracks tracks;
        private final ChromeFlows flows = new ChromeFlows();
        private final EventShapes fields = new EventShapes();
        private final ChromeEvent event = new ChromeEvent(fields);
        private final ChromeRows rows = new ChromeRows(fields);
        private long unknown;
        private String unknownLetters = "";

        Output(TraceWriter trace, long originNs, boolean timesAreRelative) {
            this.trace = trace;
            this.originNs = originNs;
            startNs = timesAreRelative ? 0 : originNs;
            tracks = new ChromeTracks(trace, names);
        }

        void write(EventRuns at) throws IOException {
            try {
                try (JsonParser json = file.parser(at.offset(), at.length())) {
                    event.readHead(json);
                }
                ChromePhase phase = ChromePhase.of(event.letter());
                if (phase == null) {
                    skip();
                    return;
                }
                fields.begin();
                rows.begin(event, phase);
                try (JsonParser json = file.parser(at.offset(), at.length())) {
                    event.readFields(json);
                }
                int track = tracks.of(event, phase);
                ChromeRows.Row row = rows.end(event, phase, track);
                EventHeader header =
                        new EventHeader(
                                at.timeNs() - startNs,
                                track,
                                flows.before(event, phase),
                                false,
                                EventHeader.UNKNOWN,
                                number(event.tid()),
                                names.thread(event.pid(), event.tid()),
                                null,
                                null);
                long seq = trace.write(header, row.type(), row.values());
                flows.passed(event, phase, seq);
            } catch (JacksonException e) {
                String what = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
                losses.atOffset("damaged-json", what, 1L, at.offset());
            }
        }

        private void skip() {
            unknown++;
            String letter = event.letter();
            if (letter.length() <= 1
                    && unknownLetters.length() < 40
                    && !unknownLetters.contains("`" + letter + "`")) {
                unknownLetters += (unknownLetters.isEmpty() ? "" : ", ") + '`' + letter + '`';
            }
        }

        void finish() throws IOException {
            if (unknown > 0) {
                String which = unknownLetters.isEmpty() ? "" : " (" + unknownLetters + ")";
                losses.lost(
                        "unknown-event",
                        unknown + " events of phases that are not known" + which,
                        unknown);
            }
            long left = fields.refused() + rows.refused();
            if (left > 0) {
                losses.lost("unknown-field", left + " arguments found no room", left);
            }
        }

        /// A thread's number, where it is one.
        private static int number(String tid) {
            if (tid.isEmpty() || tid.length() > 9 || !tid.chars().allMatch(Character::isDigit)) {
                return EventHeader.UNKNOWN;
            }
            return Integer.parseInt(tid);
        }
    }
}
