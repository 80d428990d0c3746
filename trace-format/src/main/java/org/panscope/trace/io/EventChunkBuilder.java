package org.panscope.trace.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Events of the chunk being filled, as columns.
final class EventChunkBuilder {
    private static final int FIRST_ROOM = 64;
    private static final int TIME = 0;
    private static final int TYPE = 1;
    private static final int TRACK = 2;
    private static final int CAUSE = 3;
    private static final int INFERRED = 4;
    private static final int CPU = 5;
    private static final int PID = 6;
    private static final int COMM = 7;
    private static final int CONTEXT = 8;
    private static final int LOCKS = 9;
    private static final int COLUMNS = 10;

    private final StringTable strings = new StringTable();
    private final ColumnEncoder encoder = new ColumnEncoder();
    private final List<TypeRows> types = new ArrayList<>();
    private final RepeatedText comms = new RepeatedText(strings);
    private final RepeatedText contexts = new RepeatedText(strings);
    private final RepeatedText locks = new RepeatedText(strings);

    /// What is common to all events, a column each, in the order of the file.
    private final long[][] columns = new long[COLUMNS][FIRST_ROOM];

    private int count;

    StringTable strings() {
        return strings;
    }

    int count() {
        return count;
    }

    /// The earliest time of the events, of which there is at least one.
    long minTime() {
        return Arrays.stream(columns[TIME], 0, count).min().orElse(0);
    }

    /// The latest time of the events, of which there is at least one.
    long maxTime() {
        return Arrays.stream(columns[TIME], 0, count).max().orElse(0);
    }

    /// About how many bytes of text and raw data wait here.
    long pendingBytes() {
        return strings.pendingBytes();
    }

    /// Takes what is common to all events; the fields go to `rows` next.
    void add(long seq, EventHeader header, TypeRows rows) {
        if (rows.chunkPosition() < 0) {
            rows.enterChunk(types.size());
            types.add(rows);
        }
        if (count == columns[TIME].length) {
            Arrays.setAll(columns, column -> Arrays.copyOf(columns[column], count * 2));
        }
        columns[TIME][count] = header.timeNs();
        columns[TYPE][count] = rows.chunkPosition();
        columns[TRACK][count] = header.track();
        // 0 is free for "no cause": distances start at 1 for the event itself.
        columns[CAUSE][count] =
                header.cause() == EventHeader.NO_CAUSE ? 0 : distanceCode(seq, header.cause());
        columns[INFERRED][count] = header.causeInferred() ? 1 : 0;
        columns[CPU][count] = header.cpu();
        columns[PID][count] = header.pid();
        columns[COMM][count] = comms.number(header.comm());
        columns[CONTEXT][count] = contexts.number(header.context());
        columns[LOCKS][count] = locks.number(header.locks());
        count++;
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
        for (long[] column : columns) {
            encoder.encode(column, count, out);
        }
        count = 0;
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
}
