package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// Collects what a file holds while it is being opened, by index or by scan.
final class ContentsBuilder {
    private static final TraceHeader UNKNOWN_HEADER =
            new TraceHeader("unknown", "unknown", "unknown", 0, "unknown", new TreeMap<>());

    private final Path path;
    private final List<ChunkRef> events = new ArrayList<>();
    private final List<Loss> stored = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();
    private final List<Contents.StoredKeyframe> keyframes = new ArrayList<>();
    private final List<ChunkRef> foreign = new ArrayList<>();
    private @Nullable TraceHeader header;
    private long lossBytes;

    ContentsBuilder(Path path) {
        this.path = path;
    }

    void header(TraceHeader read) {
        header = read;
    }

    void events(ChunkRef chunk) {
        events.add(chunk);
    }

    void losses(byte[] payload, int count) throws TraceFormatException {
        lossBytes += payload.length;
        if (lossBytes > ContainerFormat.MAX_DEFINITION_BYTES) {
            throw new TraceFormatException("the file tells of more losses than allowed");
        }
        ByteInput in = new ByteInput(payload);
        for (int i = 0; i < count; i++) {
            stored.add(DefinitionCodec.readLoss(in));
        }
    }

    void keyframe(String producer, long seq, ChunkRef chunk) {
        keyframes.add(new Contents.StoredKeyframe(producer, seq, chunk));
    }

    void foreign(ChunkRef chunk) {
        foreign.add(chunk);
    }

    /// Bytes between `offset` and the next chunk cannot be read.
    void corrupt(long offset, @Nullable Long count, String what) {
        found.add(new Found("corrupt-chunk", offset, count, what, events.size()));
    }

    /// The file ends early.
    void truncated(long offset, @Nullable Long count, String what) {
        found.add(new Found("truncated", offset, count, what, events.size()));
    }

    Contents build(List<EventTypeInfo> types, long[] typeCounts, List<TrackInfo> tracks) {
        SeqMap seqs = new SeqMap(events);
        List<Loss> losses = new ArrayList<>();
        for (Loss loss : stored) {
            losses.add(seqs.isIdentity() ? loss : moved(loss, seqs));
        }
        for (Found loss : found) {
            long before =
                    loss.eventChunksBefore() == events.size()
                            ? seqs.total()
                            : seqs.denseFirst(loss.eventChunksBefore());
            String message = path + ", byte " + loss.offset() + ": " + loss.what();
            losses.add(
                    new Loss(
                            loss.reason(),
                            message,
                            loss.count(),
                            null,
                            null,
                            loss.offset(),
                            before));
        }
        if (!found.isEmpty()) {
            losses.sort(Comparator.comparingLong(Loss::beforeSeq));
        }
        // After a gap a stored state is no longer what the events that are left add up to.
        long usable = intactPrefix();
        keyframes.removeIf(keyframe -> keyframe.seq() < 0 || keyframe.seq() > usable);
        return new Contents(
                header == null ? UNKNOWN_HEADER : header,
                List.copyOf(types),
                typeCounts,
                List.copyOf(tracks),
                List.copyOf(events),
                seqs,
                List.copyOf(losses),
                List.copyOf(keyframes),
                List.copyOf(foreign));
    }

    /// Number of events before the first gap.
    private long intactPrefix() {
        long next = 0;
        for (ChunkRef chunk : events) {
            if (chunk.head().firstSeq() != next) {
                break;
            }
            next += chunk.head().count();
        }
        return next;
    }

    private static Loss moved(Loss loss, SeqMap seqs) {
        return new Loss(
                loss.reason(),
                loss.message(),
                loss.count(),
                loss.cpu(),
                loss.line(),
                loss.offset(),
                seqs.denseAtOrAfter(loss.beforeSeq()));
    }

    private record Found(
            String reason, long offset, @Nullable Long count, String what, int eventChunksBefore) {}
}
