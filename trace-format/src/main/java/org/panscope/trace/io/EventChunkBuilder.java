package org.panscope.trace.io;

import java.util.ArrayList;
import java.util.List;

/// Events of the chunk being filled, as columns.
final class EventChunkBuilder {
    private final StringTable strings = new StringTable();
    private final ColumnEncoder encoder = new ColumnEncoder();
    private final List<TypeRows> types = new ArrayList<>();

    private final PendingColumn times = new PendingColumn();
    private final PendingColumn typePositions = new PendingColumn();
    private final PendingColumn tracks = new PendingColumn();
    private final PendingColumn causes = new PendingColumn();
    private final PendingColumn inferences = new PendingColumn();
    private final PendingColumn cpus = new PendingColumn();
    private final PendingColumn pids = new PendingColumn();
    private final PendingColumn comms = new PendingColumn();
    private final PendingColumn contexts = new PendingColumn();
    private final PendingColumn locks = new PendingColumn();

    /// What is common to all events, in the order of the file.
    private final List<PendingColumn> columns =
            List.of(
                    times,
                    typePositions,
                    tracks,
                    causes,
                    inferences,
                    cpus,
                    pids,
                    comms,
                    contexts,
                    locks);

    private int count;
    private long minTime;
    private long maxTime;

    StringTable strings() {
        return strings;
    }

    int count() {
        return count;
    }

    /// The earliest time of the events, of which there is at least one.
    long minTime() {
        return minTime;
    }

    /// The latest time of the events, of which there is at least one.
    long maxTime() {
        return maxTime;
    }

    /// About how many bytes of text and raw data wait here.
    long pendingBytes() {
        return strings.pendingBytes();
    }

    /// Takes what is common to all events; the fields go to `rows` next.
    ///
    /// @param track of the event, whatever the header says
    void add(long seq, EventHeader header, int track, TypeRows rows) {
        if (rows.chunkPosition() < 0) {
            rows.enterChunk(types.size());
            types.add(rows);
        }
        long timeNs = header.timeNs();
        minTime = count == 0 ? timeNs : Math.min(minTime, timeNs);
        maxTime = count == 0 ? timeNs : Math.max(maxTime, timeNs);
        times.add(timeNs);
        typePositions.add(rows.chunkPosition());
        tracks.add(track);
        // 0 is free for "no cause": distances start at 1 for the event itself.
        causes.add(header.cause() == EventHeader.NO_CAUSE ? 0 : distanceCode(seq, header.cause()));
        inferences.add(header.causeInferred() ? 1 : 0);
        cpus.add(header.cpu());
        pids.add(header.pid());
        comms.add(strings.number(header.comm()));
        contexts.add(strings.number(header.context()));
        locks.add(strings.number(header.locks()));
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
        for (PendingColumn column : columns) {
            encoder.encode(column, out);
            column.clear();
        }
        count = 0;
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
