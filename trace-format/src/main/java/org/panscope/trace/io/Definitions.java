package org.panscope.trace.io;

import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.Layer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Types and tracks gathered from their own chunks, where the index does not give them. If such a
/// chunk is damaged, its definitions stay holes, and events that need them cannot be read.
final class Definitions {
    /// More definitions than this are never assumed lost: the number would rather be damaged.
    private static final int MAX_HOLE = 1 << 17;

    private final List<EventTypeInfo> types = new ArrayList<>();
    private final List<TrackInfo> tracks = new ArrayList<>();
    private final BitSet lostTypes = new BitSet();
    private final BitSet lostTracks = new BitSet();
    private long bytes;

    List<EventTypeInfo> types() {
        return types;
    }

    List<TrackInfo> tracks() {
        return tracks;
    }

    void readTypes(byte[] payload, int count) throws TraceFormatException {
        ByteInput in = begin(payload);
        int first = firstId(in, types.size());
        List<EventTypeInfo> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read.add(DefinitionCodec.readType(in));
        }
        while (types.size() < first) {
            lostTypes.set(types.size());
            types.add(EventTypeInfo.dynamic("lost-type-" + types.size(), Layer.HOST, List.of()));
        }
        types.addAll(read);
    }

    void readTracks(byte[] payload, int count) throws TraceFormatException {
        ByteInput in = begin(payload);
        int first = firstId(in, tracks.size());
        List<TrackInfo> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read.add(DefinitionCodec.readTrack(in, first + i));
        }
        while (tracks.size() < first) {
            int id = tracks.size();
            lostTracks.set(id);
            tracks.add(new TrackInfo(id, TrackInfo.ROOT, "lost", Integer.toString(id)));
        }
        tracks.addAll(read);
    }

    /// Reads an event chunk completely enough to know that every event in it can be read later.
    EventChunk check(byte[] payload, ChunkHead head) throws TraceFormatException {
        EventChunk events = new EventChunk(payload, head, types, tracks.size());
        if (!lostTypes.isEmpty() || !lostTracks.isEmpty()) {
            for (int i = 0; i < events.count(); i++) {
                if (lostTypes.get(events.typeIndex(i)) || lostTracks.get(events.track(i))) {
                    throw new TraceFormatException("it uses a type or track that is lost");
                }
            }
        }
        return events;
    }

    private ByteInput begin(byte[] payload) throws TraceFormatException {
        bytes += payload.length;
        if (bytes > ContainerFormat.MAX_DEFINITION_BYTES) {
            throw new TraceFormatException("the file defines more types and tracks than allowed");
        }
        return new ByteInput(payload);
    }

    private static int firstId(ByteInput in, int known) throws TraceFormatException {
        int first = in.count((long) known + MAX_HOLE);
        if (first < known) {
            throw new TraceFormatException("definition " + first + " comes twice");
        }
        return first;
    }
}
