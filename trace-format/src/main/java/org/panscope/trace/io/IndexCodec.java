package org.panscope.trace.io;

import org.panscope.trace.schema.EventTypeInfo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// Bytes of the index chunk.
final class IndexCodec {
    /// Definitions longer than this are not repeated in the index.
    static final int MAX_REPEATED = 16 << 20;

    private static final List<ToLongFunction<ChunkRef>> COLUMNS =
            List.of(
                    chunk -> chunk.offset(),
                    chunk -> chunk.head().kind(),
                    chunk -> chunk.head().flags(),
                    chunk -> chunk.head().storedSize(),
                    chunk -> chunk.head().rawSize(),
                    chunk -> chunk.head().count(),
                    chunk -> chunk.head().firstSeq(),
                    chunk -> chunk.head().minTime(),
                    chunk -> chunk.head().maxTime(),
                    chunk -> chunk.head().payloadCrc());

    private IndexCodec() {}

    /// What the index chunk says.
    ///
    /// @param definitionsRepeated whether `types` and `tracks` are here; otherwise they are only in
    ///   their own chunks
    /// @param typeCounts events of each type
    /// @param chunks every chunk before the index, in file order
    record Index(
            TraceHeader header,
            long eventCount,
            boolean definitionsRepeated,
            List<EventTypeInfo> types,
            List<TrackInfo> tracks,
            long[] typeCounts,
            List<ChunkRef> chunks,
            List<KeyframeRef> keyframes) {}

    /// @param chunk position in the chunk table
    record KeyframeRef(int chunk, String producer, long seq) {}

    static void write(Index index, ByteOutput out) {
        DefinitionCodec.writeHeader(index.header(), out);
        out.varint(index.eventCount());
        ByteOutput definitions = new ByteOutput();
        out.varint(index.types().size());
        out.varint(index.tracks().size());
        index.types().forEach(type -> DefinitionCodec.writeType(type, definitions));
        index.tracks().forEach(track -> DefinitionCodec.writeTrack(track, definitions));
        boolean repeated =
                definitions.length() <= MAX_REPEATED
                        && index.tracks().size() <= ContainerFormat.MAX_DEFINITIONS;
        out.u8(repeated ? 1 : 0);
        if (repeated) {
            out.append(definitions);
        }
        ColumnEncoder encoder = new ColumnEncoder();
        encoder.encode(index.typeCounts(), index.typeCounts().length, out);
        int chunks = index.chunks().size();
        out.varint(chunks);
        for (ToLongFunction<ChunkRef> column : COLUMNS) {
            encoder.encode(index.chunks().stream().mapToLong(column).toArray(), chunks, out);
        }
        out.varint(index.keyframes().size());
        for (KeyframeRef keyframe : index.keyframes()) {
            out.varint(keyframe.chunk());
            out.text(keyframe.producer());
            out.zigzag(keyframe.seq());
        }
    }

    /// @param maxChunks how many chunks the file has room for
    static Index read(ByteInput in, long maxChunks) throws TraceFormatException {
        TraceHeader header = DefinitionCodec.readHeader(in);
        long eventCount = in.varint();
        int typeCount = in.count(ContainerFormat.MAX_DEFINITIONS);
        int trackCount = in.count(Integer.MAX_VALUE);
        boolean repeated = in.u8() != 0;
        List<EventTypeInfo> types = new ArrayList<>();
        List<TrackInfo> tracks = new ArrayList<>();
        if (repeated) {
            if (trackCount > ContainerFormat.MAX_DEFINITIONS) {
                throw new TraceFormatException(trackCount + " tracks are too many to repeat");
            }
            for (int i = 0; i < typeCount; i++) {
                types.add(DefinitionCodec.readType(in));
            }
            for (int i = 0; i < trackCount; i++) {
                tracks.add(DefinitionCodec.readTrack(in, i));
            }
        }
        LongColumn counts = LongColumn.decode(in, typeCount);
        long[] typeCounts = new long[typeCount];
        for (int i = 0; i < typeCount; i++) {
            typeCounts[i] = counts.get(i);
        }
        List<ChunkRef> chunks = readChunks(in, maxChunks);
        List<KeyframeRef> keyframes = new ArrayList<>();
        int keyframeCount = in.count(chunks.size());
        for (int i = 0; i < keyframeCount; i++) {
            keyframes.add(new KeyframeRef(in.count(chunks.size() - 1L), in.text(), in.zigzag()));
        }
        return new Index(
                header, eventCount, repeated, types, tracks, typeCounts, chunks, keyframes);
    }

    private static List<ChunkRef> readChunks(ByteInput in, long maxChunks)
            throws TraceFormatException {
        int count = in.count(Math.min(maxChunks, Integer.MAX_VALUE));
        LongColumn[] columns = new LongColumn[COLUMNS.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = LongColumn.decode(in, count);
        }
        List<ChunkRef> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ChunkHead head =
                    new ChunkHead(
                            (int) columns[1].get(i),
                            (int) columns[2].get(i),
                            (int) columns[3].get(i),
                            (int) columns[4].get(i),
                            (int) columns[5].get(i),
                            columns[6].get(i),
                            columns[7].get(i),
                            columns[8].get(i),
                            (int) columns[9].get(i));
            chunks.add(new ChunkRef(columns[0].get(i), head));
        }
        return chunks;
    }
}
