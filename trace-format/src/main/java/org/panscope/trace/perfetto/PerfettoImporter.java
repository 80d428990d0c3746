package org.panscope.trace.perfetto;

import org.panscope.trace.ftrace.ImportSummary;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TraceWriterFactory;
import org.panscope.trace.io.TrackAssigner;
import org.panscope.trace.quality.DeferredLosses;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Reads Perfetto traces.
///
/// The file is mapped and walked over three times: for what is needed to understand its events, for
/// their times, and by time to decode them. Memory holds names and descriptions, an index goes to a
/// temporary file when it is large. Event times are relative to the first event; the trace header
/// names the clock and the time of that one. An export of Panscope's gives the trace it was made
/// of.
public final class PerfettoImporter {
    private PerfettoImporter() {}

    /// Imports one file.
    ///
    /// @param sourceName its name, for the header and for messages
    /// @param writers opens the trace; the trace is closed in any case once it was opened
    /// @param tracks gives events of the kernel their tracks; those of programs bring theirs
    /// @throws PerfettoFormatException if there is nothing in it that could be read
    /// @throws IOException if reading or writing fails; damage of packets is a loss in the trace
    ///   instead
    public static ImportSummary importTrace(
            Path file,
            String sourceName,
            TraceWriterFactory writers,
            TrackAssigner tracks,
            Progress progress)
            throws IOException {
        return importTrace(
                file, sourceName, writers, tracks, progress, EventIndex.DEFAULT_PIECE_ENTRIES);
    }

    /// As above.
    ///
    /// @param pieceEntries how much of the index is sorted at a time
    static ImportSummary importTrace(
            Path file,
            String sourceName,
            TraceWriterFactory writers,
            TrackAssigner tracks,
            Progress progress,
            int pieceEntries)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined();
                EventIndex index = new EventIndex(pieceEntries)) {
            MemorySegment all =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            FileFacts facts = new FileFacts(sourceName);
            DeferredLosses losses = new DeferredLosses(sourceName);
            try (PerfettoOutput out = new PerfettoOutput(facts, losses, writers, tracks)) {
                return run(new PacketFile(all, sourceName), facts, losses, out, index, progress);
            }
        }
    }

    private static ImportSummary run(
            PacketFile file,
            FileFacts facts,
            DeferredLosses losses,
            PerfettoOutput out,
            EventIndex index,
            Progress progress)
            throws IOException {
        Survey survey = new Survey(facts, losses);
        EventIndexing indexing = new EventIndexing(facts, losses, index);
        boolean cancelled = survey.run(file, new StageProgress(progress, 0, 10));
        cancelled = cancelled || indexing.run(file, new StageProgress(progress, 10, 30));
        EventMerge merge = new EventMerge(file, facts, losses, out, index.sorted(), indexing);
        cancelled = cancelled || merge.run(index.size(), new StageProgress(progress, 30, 100));
        if (cancelled) {
            losses.lost("cancelled", "the import was stopped here", null);
        }
        out.open(0);
        merge.finish();
        survey.report();
        losses.finish();
        long events = out.eventCount();
        return new ImportSummary(events, events, losses.reported(), cancelled);
    }
}
