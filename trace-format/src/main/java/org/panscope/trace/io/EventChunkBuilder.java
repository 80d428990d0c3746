package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Events of the chunk being filled, as columns.
final class EventChunkBuilder {
    private final StringTable strings = new StringTable();
    private final ColumnEncoder encoder = new ColumnEncoder();
    private final List<TypeRows> types = new ArrayList<>();
    private final LongList times = new LongList();
    private final LongList typePositions = new LongList();
    private final LongList tracks = new LongList();
    private final LongList causeDistances = new LongList();
    private final LongList inferred = new LongList();
    private final LongList cpus = new LongList();
    private final LongList pids = new LongList();
    private final RepeatedText comms = new RepeatedText(strings);
    private final RepeatedText contexts = new RepeatedText(strings);
    private final RepeatedText locks = new RepeatedText(strings);
    private long minTime;
    private long maxTime;

    StringTable strings() {
        return strings;
    }

    int count() {
        return times.size();
    }

    long minTime() {
        return minTime;
    }

    long maxTime() {
        return maxTime;
    }

    /// About how many bytes of text and raw data wait here.
    long pendingBytes() {
        return strings.pendingBytes();
    }

    /// Takes what is common to all events; the fields go to `rows` next.
    void add(long seq, EventHeader header, TypeRows rows) {
        long time = header.timeNs();
        minTime = times.size() == 0 ? time : Math.min(minTime, time);
        maxTime = times.size() == 0 ? time : Math.max(maxTime, time);
        if (rows.chunkPosition() < 0) {
            rows.enterChunk(types.size());
            types.add(rows);
        }
        times.add(time);
        typePositions.add(rows.chunkPosition());
        tracks.add(header.track());
        // 0 is free for "no cause": distances start at 1 for the event itself.
        causeDistances.add(
                header.cause() == EventHeader.NO_CAUSE ? 0 : distanceCode(seq, header.cause()));
        inferred.add(header.causeInferred() ? 1 : 0);
        cpus.add(header.cpu());
        pids.add(header.pid());
        comms.add(header.comm());
        contexts.add(header.context());
        locks.add(header.locks());
        rows.nextRow();
    }

    /// How a cause is stored: distance back plus one, or minus the distance forward.
    private static long distanceCode(long seq, long cause) {
        return cause <= seq ? seq - cause + 1 : seq - cause;
    }

    /// Appends the payload and empties the chunk.
    void drainTo(ByteOutput out) {
        strings.drainTo(out, encoder);
        out.varint(types.size());
        for (TypeRows rows : types) {
            out.varint(rows.typeIndex());
            out.varint(rows.rows());
        }
        drainColumn(times, out);
        drainColumn(typePositions, out);
        drainColumn(tracks, out);
        drainColumn(causeDistances, out);
        drainColumn(inferred, out);
        drainColumn(cpus, out);
        drainColumn(pids, out);
        drainColumn(comms.numbers, out);
        drainColumn(contexts.numbers, out);
        drainColumn(locks.numbers, out);
        comms.forget();
        contexts.forget();
        locks.forget();
        ByteOutput block = new ByteOutput();
        for (TypeRows rows : types) {
            rows.drainTo(block, encoder);
            out.varint(block.length());
            out.append(block);
            block.clear();
        }
        types.clear();
    }

    private void drainColumn(LongList column, ByteOutput out) {
        encoder.encode(column.array(), column.size(), out);
        column.clear();
    }

    /// A text column in which the same string usually comes many times in a row.
    private static final class RepeatedText {
        private final StringTable strings;
        private final LongList numbers = new LongList();
        private @Nullable String last;
        private int lastNumber;

        RepeatedText(StringTable strings) {
            this.strings = strings;
        }

        void add(@Nullable String text) {
            if (text == null) {
                numbers.add(0);
                return;
            }
            if (!text.equals(last)) {
                last = text;
                lastNumber = strings.number(text);
            }
            numbers.add(lastNumber);
        }

        void forget() {
            last = null;
        }
    }
}
