package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// Reads a `.pscope` file through a memory map: opening reads the index, chunks are decoded when
/// looked at, and only a few stay in memory.
///
/// Files up to [#VERIFY_LIMIT] bytes are compared with their checksums when opened, so that
/// everything missing is in [#losses()] from the start. In larger files a damaged chunk shows when
/// it is looked at, as an [UncheckedIOException] whose cause is a [TraceFormatException].
///
/// Where chunks are missing, the events left are numbered without a gap; causes follow, and
/// keyframes behind the first gap are dropped.
public final class PscopeReader implements Trace {
    /// Size in bytes up to which [#open(Path)] checks every chunk.
    public static final long VERIFY_LIMIT = 512L << 20;

    private final ChunkFile file;
    private final Contents contents;
    private final ChunkCache cache = new ChunkCache();
    private final Map<String, TreeMap<Long, ChunkRef>> keyframes = new TreeMap<>();

    /// Greatest time in this chunk or any before it.
    private final long[] greatestTime;

    private PscopeReader(ChunkFile file, Contents contents) {
        this.file = file;
        this.contents = contents;
        greatestTime = new long[contents.events().size()];
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < greatestTime.length; i++) {
            greatest = Math.max(greatest, contents.events().get(i).head().maxTime());
            greatestTime[i] = greatest;
        }
        for (Contents.StoredKeyframe keyframe : contents.keyframes()) {
            keyframes
                    .computeIfAbsent(keyframe.producer(), producer -> new TreeMap<>())
                    .put(keyframe.seq(), keyframe.chunk());
        }
    }

    /// Opens a file.
    ///
    /// @throws TraceFormatException if it is no container, is of a newer major version, or holds
    ///   not one complete chunk
    public static PscopeReader open(Path path) throws IOException {
        return open(path, VERIFY_LIMIT);
    }

    /// @param verifyLimit see [#VERIFY_LIMIT]
    static PscopeReader open(Path path, long verifyLimit) throws IOException {
        ChunkFile file = ChunkFile.open(path);
        boolean done = false;
        try {
            checkFileHeader(file);
            Contents contents = new IndexedOpening(file, file.size() <= verifyLimit).open();
            if (contents == null) {
                contents = new ScanningOpening(file).open();
            }
            PscopeReader reader = new PscopeReader(file, contents);
            done = true;
            return reader;
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    /// Whether a file that begins with these bytes is meant to be a container.
    public static boolean isContainer(byte[] firstBytes) {
        return firstBytes.length >= 8
                && new ByteInput(firstBytes).peekU64() == ContainerFormat.MAGIC;
    }

    @Override
    public TraceHeader header() {
        return contents.header();
    }

    @Override
    public long eventCount() {
        return contents.seqs().total();
    }

    @Override
    public List<EventTypeInfo> types() {
        return contents.types();
    }

    @Override
    public long[] typeCounts() {
        return contents.typeCounts().clone();
    }

    @Override
    public List<TrackInfo> tracks() {
        return contents.tracks();
    }

    @Override
    public List<Loss> losses() {
        return contents.losses();
    }

    @Override
    public long firstTimeNs() {
        return eventCount() == 0 ? 0 : timeNs(0);
    }

    @Override
    public long lastTimeNs() {
        return eventCount() == 0 ? 0 : timeNs(eventCount() - 1);
    }

    @Override
    public long timeNs(long seq) {
        return at(seq).timeNs();
    }

    @Override
    public int typeIndex(long seq) {
        return at(seq).typeIndex();
    }

    @Override
    public int track(long seq) {
        return at(seq).track();
    }

    @Override
    public long cause(long seq) {
        return at(seq).cause();
    }

    @Override
    public Event event(long seq) {
        return at(seq).event();
    }

    @Override
    public EventCursor cursor(long fromSeq) {
        if (fromSeq < 0 || fromSeq > eventCount()) {
            throw new IndexOutOfBoundsException(fromSeq);
        }
        return new ChunkCursor(this, fromSeq);
    }

    @Override
    public long firstAtOrAfter(long timeNs) {
        int chunk = 0;
        int end = greatestTime.length;
        while (chunk < end) {
            int middle = (chunk + end) >>> 1;
            if (greatestTime[middle] < timeNs) {
                chunk = middle + 1;
            } else {
                end = middle;
            }
        }
        if (chunk == greatestTime.length) {
            return eventCount();
        }
        EventChunk events = chunk(chunk);
        int index = 0;
        while (index < events.count() && events.time(index) < timeNs) {
            index++;
        }
        return firstSeq(chunk) + index;
    }

    @Override
    public @Nullable Keyframe keyframeAtOrBefore(String producer, long seq) {
        TreeMap<Long, ChunkRef> ofProducer = keyframes.get(producer);
        Map.Entry<Long, ChunkRef> entry = ofProducer == null ? null : ofProducer.floorEntry(seq);
        if (entry == null) {
            return null;
        }
        try {
            return new Keyframe(entry.getKey(), readKeyframe(entry.getValue()));
        } catch (TraceFormatException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        file.close();
    }

    /// Every keyframe of the file that is still valid, in file order.
    List<Contents.StoredKeyframe> storedKeyframes() {
        return contents.keyframes();
    }

    byte[] readKeyframe(ChunkRef chunk) throws TraceFormatException {
        ByteInput in = new ByteInput(file.payload(chunk));
        in.text();
        in.zigzag();
        return in.raw(in.remaining());
    }

    /// Chunks of unknown kinds, in file order.
    List<ForeignChunk> foreignChunks() throws TraceFormatException {
        List<ForeignChunk> chunks = new ArrayList<>();
        for (ChunkRef chunk : contents.foreign()) {
            ChunkHead head = chunk.head();
            long before = contents.seqs().denseAtOrAfter(head.firstSeq());
            chunks.add(new ForeignChunk(head.kind(), head.count(), before, file.payload(chunk)));
        }
        return chunks;
    }

    /// Number of the event chunk that holds an event.
    int chunkOf(long seq) {
        return contents.seqs().chunkOf(seq);
    }

    long firstSeq(int chunk) {
        return contents.seqs().denseFirst(chunk);
    }

    SeqMap seqs() {
        return contents.seqs();
    }

    EventChunk chunk(int number) {
        EventChunk cached = cache.get(number);
        if (cached != null) {
            return cached;
        }
        ChunkRef chunk = contents.events().get(number);
        try {
            byte[] payload = file.payload(chunk);
            EventChunk decoded =
                    new EventChunk(payload, chunk.head(), types(), contents.tracks().size());
            cache.put(number, decoded);
            return decoded;
        } catch (TraceFormatException e) {
            throw unreadable(number, e);
        }
    }

    /// What to throw when bytes with a good checksum make no sense.
    UncheckedIOException unreadable(int number, TraceFormatException cause) {
        ChunkRef chunk = contents.events().get(number);
        String reason = cause.getMessage() == null ? "no reason" : cause.getMessage();
        return new UncheckedIOException(file.damaged(chunk, reason));
    }

    private ChunkCursor at(long seq) {
        if (seq < 0 || seq >= eventCount()) {
            throw new IndexOutOfBoundsException(seq);
        }
        ChunkCursor cursor = new ChunkCursor(this, seq);
        cursor.next();
        return cursor;
    }

    private static void checkFileHeader(ChunkFile file) throws TraceFormatException {
        if (file.size() < ContainerFormat.FILE_HEADER_SIZE) {
            throw file.bad(
                    "has only " + file.size() + " bytes, too few for the header of a trace file");
        }
        byte[] bytes = file.read(0, ContainerFormat.FILE_HEADER_SIZE);
        ByteInput in = new ByteInput(bytes);
        if (in.u64() != ContainerFormat.MAGIC) {
            throw file.bad("is no Panscope trace: its first 8 bytes are not the magic number");
        }
        int version = in.u32();
        int major = version & 0xffff;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, 12);
        if (in.u32() != (int) crc.getValue()) {
            throw file.bad("has a damaged file header: the checksum at byte 12 is wrong");
        }
        if (major != ContainerFormat.MAJOR) {
            throw file.bad(
                    "is of format version "
                            + major
                            + "."
                            + (version >>> 16)
                            + ", but this program reads only version "
                            + ContainerFormat.MAJOR);
        }
    }
}
