package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldRow;
import org.panscope.trace.schema.FieldValues;
import org.panscope.trace.schema.RecordType;
import org.panscope.trace.schema.Vocabulary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/// Writes a `.pscope` file front to back. The same calls give the same bytes. Events are kept back
/// until a chunk is full, so that a killed writer loses at most one chunk; everything before is
/// readable.
public final class PscopeWriter implements TraceWriter {
    /// Events in a chunk: large enough to compress well, small enough to decode in a millisecond.
    static final int DEFAULT_CHUNK_EVENTS = 16_384;

    /// Text and raw data after which a chunk is closed early.
    private static final int CHUNK_BYTES = 4 << 20;

    /// Losses after which they are written without waiting for events.
    private static final int MAX_PENDING_LOSSES = 4096;

    /// Descriptions of types known by identity.
    private static final int MAX_KNOWN_TYPES = 65_536;

    /// Definitions in one chunk.
    private static final int DEFINITIONS_PER_CHUNK = 65_536;

    private final TraceHeader header;
    private final int chunkEvents;
    private final ChunkOutput output;
    private final EventChunkBuilder pending = new EventChunkBuilder();
    private final ByteOutput payload = new ByteOutput();
    private final Map<Class<?>, RecordRows> byClass = new HashMap<>();
    private final Map<EventTypeInfo, TypeRows> byType = new HashMap<>();
    private final IdentityHashMap<EventTypeInfo, TypeRows> byIdentity = new IdentityHashMap<>();
    private final List<TypeRows> types = new ArrayList<>();
    private final TrackIds tracks = new TrackIds();
    private final List<Loss> pendingLosses = new ArrayList<>();
    private final List<IndexCodec.KeyframeRef> keyframes = new ArrayList<>();
    private int typesWritten;
    private int tracksWritten;
    private long flushedEvents;
    private boolean broken;
    private boolean closed;

    private PscopeWriter(Path path, TraceHeader header, int chunkEvents) throws IOException {
        this.header = header;
        this.chunkEvents = chunkEvents;
        output = new ChunkOutput(path);
        writeFileHeader();
        DefinitionCodec.writeHeader(header, payload);
        append(ContainerFormat.HEADER, 1);
    }

    /// Creates the file, or empties it, and writes its header.
    public static PscopeWriter create(Path path, TraceHeader header) throws IOException {
        return create(path, header, DEFAULT_CHUNK_EVENTS);
    }

    /// As [#create(Path, TraceHeader)] with a chunk size of the caller's choice.
    static PscopeWriter create(Path path, TraceHeader header, int chunkEvents) throws IOException {
        return new PscopeWriter(path, header, chunkEvents);
    }

    @Override
    public int track(int parent, String kind, String name) {
        return tracks.define(parent, kind, name);
    }

    @Override
    public long write(EventHeader event, TraceEvent record) throws IOException {
        RecordRows target = byClass.get(record.getClass());
        if (target == null) {
            RecordType type = Vocabulary.get().of(record.getClass());
            target = new RecordRows(type, rowsOf(type.info()));
            byClass.put(record.getClass(), target);
        }
        tracks.check(event);
        long seq = eventCount();
        pending.add(seq, event, event.track(), target.rows());
        target.type().visit(record, target.rows());
        flushIfFull();
        return seq;
    }

    @Override
    public long write(EventHeader event, EventTypeInfo type, @Nullable Object... values)
            throws IOException {
        FieldValues.check(type, values);
        tracks.check(event);
        TypeRows rows = rowsOf(type);
        long seq = eventCount();
        pending.add(seq, event, event.track(), rows);
        FieldValues.visit(type, values, rows);
        flushIfFull();
        return seq;
    }

    @Override
    public long write(EventHeader event, int track, FieldRow row) throws IOException {
        tracks.check(track, event.cause());
        TypeRows rows = rowsOf(row.type());
        long seq = eventCount();
        pending.add(seq, event, track, rows);
        row.visit(rows);
        flushIfFull();
        return seq;
    }

    @Override
    public void loss(Loss loss) throws IOException {
        pendingLosses.add(loss);
        if (pendingLosses.size() >= MAX_PENDING_LOSSES) {
            writeLosses();
        }
    }

    @Override
    public void keyframe(String producer, long seq, byte[] state) throws IOException {
        payload.text(producer);
        payload.zigzag(seq);
        payload.raw(state, 0, state.length);
        keyframes.add(new IndexCodec.KeyframeRef(output.chunks().size(), producer, seq));
        append(ContainerFormat.KEYFRAME, 1);
    }

    /// Stores a chunk of a kind this version does not know, read from another file.
    void foreignChunk(ForeignChunk chunk) throws IOException {
        payload.raw(chunk.payload(), 0, chunk.payload().length);
        append(chunk.kind(), chunk.count());
    }

    @Override
    public long eventCount() {
        return flushedEvents + pending.count();
    }

    /// Writes what is held back, as a chunk of its own.
    public void flush() throws IOException {
        writeDefinitions();
        if (pending.count() > 0) {
            int count = pending.count();
            long minTime = pending.minTime();
            long maxTime = pending.maxTime();
            pending.drainTo(payload);
            append(ContainerFormat.EVENTS, count, minTime, maxTime);
            flushedEvents += count;
        }
        writeLosses();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (output) {
            if (!broken) {
                flush();
                writeIndex();
            }
        }
    }

    private void writeFileHeader() throws IOException {
        payload.u64(ContainerFormat.MAGIC);
        payload.u16(ContainerFormat.MAJOR);
        payload.u16(ContainerFormat.MINOR);
        CRC32C crc = new CRC32C();
        crc.update(payload.array(), 0, payload.length());
        payload.u32((int) crc.getValue());
        writePayload();
    }

    private TypeRows rowsOf(EventTypeInfo type) {
        TypeRows rows = byIdentity.get(type);
        return rows == null ? newRowsOf(type) : rows;
    }

    /// Comparing descriptions takes long, so those already seen are known by identity; bounded, for
    /// a caller that makes a description for each event.
    private TypeRows newRowsOf(EventTypeInfo type) {
        TypeRows rows = byType.get(type);
        if (rows == null) {
            rows = new TypeRows(type, types.size(), pending.strings());
            types.add(rows);
            byType.put(type, rows);
        }
        if (byIdentity.size() < MAX_KNOWN_TYPES) {
            byIdentity.put(type, rows);
        }
        return rows;
    }

    private void flushIfFull() throws IOException {
        if (pending.count() >= chunkEvents || pending.pendingBytes() > CHUNK_BYTES) {
            flush();
        }
    }

    private void writeDefinitions() throws IOException {
        while (typesWritten < types.size()) {
            int from = typesWritten;
            typesWritten = Math.min(types.size(), from + DEFINITIONS_PER_CHUNK);
            payload.varint(from);
            for (TypeRows rows : types.subList(from, typesWritten)) {
                DefinitionCodec.writeType(rows.type(), payload);
            }
            append(ContainerFormat.SCHEMA, typesWritten - from);
        }
        while (tracksWritten < tracks.size()) {
            int from = tracksWritten;
            tracksWritten = Math.min(tracks.size(), from + DEFINITIONS_PER_CHUNK);
            payload.varint(from);
            for (TrackInfo track : tracks.all().subList(from, tracksWritten)) {
                DefinitionCodec.writeTrack(track, payload);
            }
            append(ContainerFormat.TRACKS, tracksWritten - from);
        }
    }

    private void writeLosses() throws IOException {
        if (pendingLosses.isEmpty()) {
            return;
        }
        for (Loss loss : pendingLosses) {
            DefinitionCodec.writeLoss(loss, payload);
        }
        int count = pendingLosses.size();
        pendingLosses.clear();
        append(ContainerFormat.LOSSES, count);
    }

    private void writeIndex() throws IOException {
        IndexCodec.Index index =
                new IndexCodec.Index(
                        header,
                        flushedEvents,
                        true,
                        types.stream().map(TypeRows::type).toList(),
                        tracks.all(),
                        types.stream().mapToLong(TypeRows::total).toArray(),
                        output.chunks(),
                        keyframes);
        long offset = output.position();
        IndexCodec.write(index, payload);
        append(ContainerFormat.INDEX, output.chunks().size());
        payload.u64(offset);
        CRC32C crc = new CRC32C();
        crc.update(payload.array(), 0, payload.length());
        payload.u32((int) crc.getValue());
        payload.u64(ContainerFormat.END_MAGIC);
        writePayload();
    }

    private void append(int kind, int count) throws IOException {
        append(kind, count, 0, 0);
    }

    /// Writes and empties [#payload]. A chunk that fails ends the file: no index will follow it.
    private void append(int kind, int count, long minTime, long maxTime) throws IOException {
        boolean done = false;
        try {
            output.append(kind, flushedEvents, count, minTime, maxTime, payload);
            done = true;
        } finally {
            broken |= !done;
            payload.clear();
        }
    }

    private void writePayload() throws IOException {
        output.write(payload.array(), payload.length());
        payload.clear();
    }

    private record RecordRows(RecordType type, TypeRows rows) {}
}
