package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;

import java.util.zip.CRC32C;

/// Opens a finished file by its index.
final class IndexedOpening {
    private final ChunkFile file;
    private final boolean verify;

    /// @param verify whether to compare every chunk with its checksum now
    IndexedOpening(ChunkFile file, boolean verify) {
        this.file = file;
        this.verify = verify;
    }

    /// What the file holds, or null if it has no usable index.
    @Nullable Contents open() throws TraceFormatException {
        ChunkRef indexChunk = findIndex();
        return indexChunk == null ? null : open(indexChunk, false);
    }

    /// As [#open()] for a given index.
    ///
    /// @param trailerLost whether to account for a missing trailer
    @Nullable Contents open(ChunkRef indexChunk, boolean trailerLost) throws TraceFormatException {
        ContentsBuilder contents = new ContentsBuilder(file.path());
        IndexCodec.Index index;
        try {
            ByteInput in = new ByteInput(file.payload(indexChunk));
            index = IndexCodec.read(in, file.size() / ChunkHead.SIZE);
        } catch (TraceFormatException unreadable) {
            // The scan that follows tells about this chunk.
            return null;
        }
        if (!isConsistent(index, indexChunk)) {
            return null;
        }
        contents.header(index.header());
        Definitions definitions = new Definitions();
        long lost = 0;
        for (ChunkRef chunk : index.chunks()) {
            String problem = read(chunk, index, definitions, contents);
            if (problem != null) {
                contents.corrupt(chunk.offset(), lostEvents(chunk, index), problem);
                lost += chunk.isKind(ContainerFormat.EVENTS) ? 1 : 0;
            }
        }
        if (trailerLost) {
            contents.truncated(
                    indexChunk.end(), 0L, "the trailer is cut or damaged; every event is here");
        }
        for (IndexCodec.KeyframeRef keyframe : index.keyframes()) {
            ChunkRef chunk = index.chunks().get(keyframe.chunk());
            if (chunk.isKind(ContainerFormat.KEYFRAME) && (!verify || file.isIntact(chunk))) {
                contents.keyframe(keyframe.producer(), keyframe.seq(), chunk);
            }
        }
        boolean repeated = index.definitionsRepeated();
        var types = repeated ? index.types() : definitions.types();
        var tracks = repeated ? index.tracks() : definitions.tracks();
        if (types.size() != index.typeCounts().length) {
            return null;
        }
        Contents result = contents.build(types, index.typeCounts(), tracks);
        return lost == 0 ? result : recount(result);
    }

    private @Nullable ChunkRef findIndex() throws TraceFormatException {
        long at = file.size() - ContainerFormat.TRAILER_SIZE;
        if (at < ContainerFormat.FILE_HEADER_SIZE) {
            return null;
        }
        byte[] trailer = file.read(at, ContainerFormat.TRAILER_SIZE);
        ByteInput in = new ByteInput(trailer);
        long offset = in.u64();
        CRC32C crc = new CRC32C();
        crc.update(trailer, 0, 8);
        if (in.u32() != (int) crc.getValue() || in.u64() != ContainerFormat.END_MAGIC) {
            return null;
        }
        ChunkRef chunk = file.chunkAt(offset);
        return chunk != null && chunk.isKind(ContainerFormat.INDEX) && chunk.end() == at
                ? chunk
                : null;
    }

    /// Whether the chunk table covers the file without gap or overlap and the counts add up.
    private static boolean isConsistent(IndexCodec.Index index, ChunkRef indexChunk) {
        long offset = ContainerFormat.FILE_HEADER_SIZE;
        long seq = 0;
        for (ChunkRef chunk : index.chunks()) {
            if (chunk.offset() != offset || !chunk.head().isPossible()) {
                return false;
            }
            offset = chunk.end();
            if (chunk.isKind(ContainerFormat.EVENTS)) {
                if (chunk.head().firstSeq() != seq) {
                    return false;
                }
                seq += chunk.head().count();
            }
        }
        long sum = 0;
        for (long count : index.typeCounts()) {
            if (count < 0 || count > seq) {
                return false;
            }
            sum += count;
        }
        return offset == indexChunk.offset() && seq == index.eventCount() && sum == seq;
    }

    /// Takes in one chunk.
    ///
    /// @return what is wrong with it, or null
    private @Nullable String read(
            ChunkRef chunk,
            IndexCodec.Index index,
            Definitions definitions,
            ContentsBuilder contents) {
        try {
            if (verify && !(chunk.equals(file.chunkAt(chunk.offset())) && file.isIntact(chunk))) {
                return describe(chunk);
            }
            int kind = chunk.head().kind();
            boolean repeated = index.definitionsRepeated();
            if (kind == ContainerFormat.EVENTS) {
                contents.events(chunk);
            } else if (kind == ContainerFormat.LOSSES) {
                contents.losses(file.payload(chunk), chunk.head().count());
            } else if (kind == ContainerFormat.SCHEMA && !repeated) {
                definitions.readTypes(file.payload(chunk), chunk.head().count());
            } else if (kind == ContainerFormat.TRACKS && !repeated) {
                definitions.readTracks(file.payload(chunk), chunk.head().count());
            } else if (!ContainerFormat.isKnown(kind)) {
                contents.foreign(chunk);
            }
            return null;
        } catch (TraceFormatException e) {
            return e.getMessage();
        }
    }

    private static String describe(ChunkRef chunk) {
        return "the "
                + ContainerFormat.letters(chunk.head().kind())
                + " chunk here has a wrong checksum and was skipped";
    }

    /// How many events went with a chunk; unknown where it told about other losses.
    private static @Nullable Long lostEvents(ChunkRef chunk, IndexCodec.Index index) {
        int kind = chunk.head().kind();
        if (kind == ContainerFormat.EVENTS) {
            return (long) chunk.head().count();
        }
        boolean definition = kind == ContainerFormat.SCHEMA || kind == ContainerFormat.TRACKS;
        boolean unknown =
                kind == ContainerFormat.LOSSES || (definition && !index.definitionsRepeated());
        return unknown ? null : Long.valueOf(0);
    }

    /// With chunks gone, the index's counts per type no longer hold.
    private Contents recount(Contents contents) throws TraceFormatException {
        long[] counts = new long[contents.types().size()];
        for (ChunkRef chunk : contents.events()) {
            byte[] payload = file.payload(chunk);
            new EventChunk(payload, chunk.head(), contents.types(), contents.tracks().size())
                    .addTypeCounts(counts);
        }
        return new Contents(
                contents.header(),
                contents.types(),
                counts,
                contents.tracks(),
                contents.events(),
                contents.seqs(),
                contents.losses(),
                contents.keyframes(),
                contents.foreign());
    }
}
