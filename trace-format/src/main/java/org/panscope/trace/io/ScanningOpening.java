package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Opens a file without an index, or with a damaged one: reads chunk after chunk, keeps what is
/// intact, accounts for the rest.
final class ScanningOpening {
    private final ChunkFile file;
    private final ContentsBuilder contents;
    private final Definitions definitions = new Definitions();
    private long[] typeCounts = new long[0];
    private long nextSeq;

    /// Where chunks that cannot be told apart begin, while the next intact one is still to come.
    private long unreadableFrom = -1;

    ScanningOpening(ChunkFile file) {
        this.file = file;
        contents = new ContentsBuilder(file.path());
    }

    Contents open() throws TraceFormatException {
        long position = ContainerFormat.FILE_HEADER_SIZE;
        boolean indexSeen = false;
        boolean any = false;
        while (position < file.size()) {
            ChunkRef chunk = file.chunkAt(position);
            if (chunk == null) {
                boolean tooShort = file.size() - position < ChunkHead.SIZE;
                if (indexSeen || tooShort) {
                    break;
                }
                unreadableFrom = position;
                chunk = file.nextChunk(position + 1);
                if (chunk == null) {
                    break;
                }
            }
            if (chunk.end() > file.size()) {
                position = chunk.offset();
                indexSeen |= chunk.isKind(ContainerFormat.INDEX);
                break;
            }
            endUnreadable(chunk);
            indexSeen |= chunk.isKind(ContainerFormat.INDEX);
            if (indexSeen && file.isIntact(chunk)) {
                Contents indexed = new IndexedOpening(file, true).open(chunk, true);
                if (indexed != null) {
                    return indexed;
                }
            }
            read(chunk);
            any = true;
            position = chunk.end();
        }
        if (!any) {
            throw file.bad("ends at byte " + file.size() + ", before its first complete chunk");
        }
        accountForEnd(position, indexSeen);
        typeCounts = Arrays.copyOf(typeCounts, definitions.types().size());
        return contents.build(definitions.types(), typeCounts, definitions.tracks());
    }

    private void read(ChunkRef chunk) {
        ChunkHead head = chunk.head();
        boolean events = chunk.isKind(ContainerFormat.EVENTS);
        if (events && head.firstSeq() != nextSeq) {
            if (head.firstSeq() < nextSeq || head.firstSeq() > Long.MAX_VALUE / 2) {
                contents.corrupt(chunk.offset(), null, "an event chunk repeats earlier events");
                return;
            }
            nextSeq = head.firstSeq();
        }
        try {
            byte[] payload = file.payload(chunk);
            if (events) {
                EventChunk checked = definitions.check(payload, head);
                typeCounts = Arrays.copyOf(typeCounts, definitions.types().size());
                checked.addTypeCounts(typeCounts);
                contents.events(chunk);
            } else {
                readOther(chunk, payload);
            }
        } catch (TraceFormatException e) {
            Long lost = events ? Long.valueOf(head.count()) : lostWith(head.kind());
            contents.corrupt(chunk.offset(), lost, "skipped, because " + e.getMessage());
        }
        if (events) {
            nextSeq += head.count();
        }
    }

    private void readOther(ChunkRef chunk, byte[] payload) throws TraceFormatException {
        int kind = chunk.head().kind();
        int count = chunk.head().count();
        ByteInput in = new ByteInput(payload);
        if (kind == ContainerFormat.HEADER) {
            contents.header(DefinitionCodec.readHeader(in));
        } else if (kind == ContainerFormat.SCHEMA) {
            definitions.readTypes(payload, count);
        } else if (kind == ContainerFormat.TRACKS) {
            definitions.readTracks(payload, count);
        } else if (kind == ContainerFormat.LOSSES) {
            contents.losses(payload, count);
        } else if (kind == ContainerFormat.KEYFRAME) {
            String producer = in.text();
            contents.keyframe(producer, in.zigzag(), chunk);
        } else if (kind != ContainerFormat.INDEX) {
            contents.foreign(chunk);
        }
    }

    /// The head of an intact chunk says how many events there were before it, so the gap is known.
    private void endUnreadable(ChunkRef next) {
        if (unreadableFrom < 0) {
            return;
        }
        long lost = next.head().firstSeq() - nextSeq;
        contents.corrupt(
                unreadableFrom,
                lost < 0 ? null : Long.valueOf(lost),
                "no chunk head can be read up to byte " + next.offset());
        if (lost > 0 && next.head().firstSeq() <= Long.MAX_VALUE / 2) {
            nextSeq = next.head().firstSeq();
        }
        unreadableFrom = -1;
    }

    private void accountForEnd(long position, boolean indexSeen) throws TraceFormatException {
        if (unreadableFrom >= 0) {
            contents.corrupt(
                    unreadableFrom, indexSeen ? 0L : null, "nothing can be read from here on");
            return;
        }
        if (indexSeen) {
            contents.truncated(position, 0L, "the index is cut or damaged; every event is here");
            return;
        }
        ChunkRef cut = file.chunkAt(position);
        if (cut != null && cut.isKind(ContainerFormat.EVENTS)) {
            long count = cut.head().count();
            contents.truncated(
                    position, count, "the file ends inside a chunk of " + count + " events");
        }
        contents.truncated(
                file.size(),
                null,
                "the file ends without an index: what its writer had still to write is unknown");
    }

    private static @Nullable Long lostWith(int kind) {
        boolean nothing =
                kind == ContainerFormat.HEADER
                        || kind == ContainerFormat.KEYFRAME
                        || kind == ContainerFormat.INDEX;
        return nothing ? Long.valueOf(0) : null;
    }
}
