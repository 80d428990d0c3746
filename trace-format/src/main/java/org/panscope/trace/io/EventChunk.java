package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The events of one chunk, decompressed; columns are unpacked when first looked at. Safe for use
/// by several threads: what is filled in later is immutable and computed alike by all of them.
final class EventChunk {
    private final byte[] payload;
    private final int count;
    private final long storedFirstSeq;
    private final List<EventTypeInfo> allTypes;
    private final int[] typeIndexes;
    private final int[] rowCounts;
    private final int[] blockFrom;
    private final int[] blockEnd;
    private final @Nullable TypeBlock[] blocks;
    private final LongColumn times;
    private final LongColumn typePositions;
    private final LongColumn rows;
    private final LongColumn tracks;
    private final LongColumn causeDistances;
    private final LongColumn inferred;
    private final LongColumn cpus;
    private final LongColumn pids;
    private final LongColumn comms;
    private final LongColumn contexts;
    private final LongColumn locks;
    private final int stringsFrom;
    private final LongColumn stringEnds;
    private final @Nullable String[] strings;

    /// Reads what all events share and finds the columns of each type.
    ///
    /// @param types all types of the file, by position
    /// @param trackCount number of tracks of the file
    EventChunk(byte[] payload, ChunkHead head, List<EventTypeInfo> types, int trackCount)
            throws TraceFormatException {
        this.payload = payload;
        count = head.count();
        storedFirstSeq = head.firstSeq();
        allTypes = types;
        ByteInput in = new ByteInput(payload);
        int stringCount =
                in.count(Math.min(in.remaining() + 1L, ContainerFormat.MAX_CHUNK_STRINGS));
        strings = new @Nullable String[stringCount];
        stringEnds = readEnds(in, stringCount);
        stringsFrom = in.skip(stringCount == 0 ? 0 : stringEnds.get(stringCount - 1));
        int typeCount = in.count(in.remaining());
        typeIndexes = new int[typeCount];
        rowCounts = new int[typeCount];
        for (int i = 0; i < typeCount; i++) {
            typeIndexes[i] = in.count(types.size() - 1L);
            rowCounts[i] = in.count(count);
        }
        times = LongColumn.decode(in, count);
        typePositions = LongColumn.decode(in, count);
        tracks = LongColumn.decode(in, count);
        causeDistances = LongColumn.decode(in, count);
        inferred = LongColumn.decode(in, count);
        cpus = LongColumn.decode(in, count);
        pids = LongColumn.decode(in, count);
        comms = LongColumn.decode(in, count);
        contexts = LongColumn.decode(in, count);
        locks = LongColumn.decode(in, count);
        blockFrom = new int[typeCount];
        blockEnd = new int[typeCount];
        for (int i = 0; i < typeCount; i++) {
            int length = in.count(in.remaining());
            blockFrom[i] = in.skip(length);
            blockEnd[i] = in.position();
        }
        blocks = new @Nullable TypeBlock[typeCount];
        rows = numberRows();
        for (int i = 0; i < count; i++) {
            long track = tracks.get(i);
            if (track < 0 || track >= trackCount) {
                throw new TraceFormatException("event " + i + " is on track " + track);
            }
        }
    }

    /// Ends of byte strings whose lengths come as a column; the bytes follow.
    static LongColumn readEnds(ByteInput in, int count) throws TraceFormatException {
        LongColumn lengths = LongColumn.decode(in, count);
        long[] ends = new long[count];
        long end = 0;
        for (int i = 0; i < count; i++) {
            long length = lengths.get(i);
            if (length < 0 || length > in.remaining() - end) {
                throw new TraceFormatException(
                        "a byte string of " + length + " bytes does not fit");
            }
            end += length;
            ends[i] = end;
        }
        return LongColumn.pack(ends, count);
    }

    int count() {
        return count;
    }

    /// About how many bytes this object keeps alive.
    long weight() {
        return payload.length * 2L + count * 4L;
    }

    long time(int index) {
        return times.get(index);
    }

    int typeIndex(int index) {
        return typeIndexes[typePosition(index)];
    }

    EventTypeInfo type(int index) {
        return allTypes.get(typeIndex(index));
    }

    /// How many events of each type of the file there are, added to `counts`.
    void addTypeCounts(long[] counts) {
        for (int i = 0; i < typeIndexes.length; i++) {
            counts[typeIndexes[i]] += rowCounts[i];
        }
    }

    int track(int index) {
        return (int) tracks.get(index);
    }

    /// Sequence number of the cause as the file has it, or [EventHeader#NO_CAUSE].
    long storedCause(int index) {
        long distance = causeDistances.get(index);
        if (distance == 0) {
            return EventHeader.NO_CAUSE;
        }
        long seq = storedFirstSeq + index;
        return Math.max(EventHeader.NO_CAUSE, distance > 0 ? seq - distance + 1 : seq - distance);
    }

    boolean isCauseInferred(int index) {
        return inferred.get(index) != 0;
    }

    int cpu(int index) {
        return (int) cpus.get(index);
    }

    int pid(int index) {
        return (int) pids.get(index);
    }

    @Nullable String comm(int index) throws TraceFormatException {
        return string(comms.get(index));
    }

    @Nullable String context(int index) throws TraceFormatException {
        return string(contexts.get(index));
    }

    @Nullable String locks(int index) throws TraceFormatException {
        return string(locks.get(index));
    }

    /// Row of the event among those of its type.
    int row(int index) {
        return (int) rows.get(index);
    }

    /// The fields of the event's type.
    TypeBlock block(int index) throws TraceFormatException {
        int position = typePosition(index);
        TypeBlock block = blocks[position];
        if (block == null) {
            ByteInput in = new ByteInput(payload, blockFrom[position], blockEnd[position]);
            block = new TypeBlock(in, type(index), rowCounts[position], this);
            blocks[position] = block;
        }
        return block;
    }

    /// The string with this number; null for 0.
    @Nullable String string(long number) throws TraceFormatException {
        if (number == 0) {
            return null;
        }
        if (number < 0 || number > strings.length) {
            throw new TraceFormatException("string " + number + " is not in the chunk");
        }
        int index = (int) number - 1;
        String text = strings[index];
        if (text == null) {
            int from = index == 0 ? 0 : (int) stringEnds.get(index - 1);
            int length = (int) stringEnds.get(index) - from;
            text = new String(payload, stringsFrom + from, length, StandardCharsets.UTF_8);
            strings[index] = text;
        }
        return text;
    }

    private int typePosition(int index) {
        return (int) typePositions.get(index);
    }

    private LongColumn numberRows() throws TraceFormatException {
        int[] next = new int[typeIndexes.length];
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            long position = typePositions.get(i);
            if (position < 0 || position >= next.length) {
                throw new TraceFormatException("event " + i + " has type position " + position);
            }
            numbers[i] = next[(int) position]++;
        }
        for (int i = 0; i < next.length; i++) {
            if (next[i] != rowCounts[i]) {
                throw new TraceFormatException(
                        "type " + typeIndexes[i] + " claims " + rowCounts[i] + " events");
            }
        }
        return LongColumn.pack(numbers, count);
    }
}
