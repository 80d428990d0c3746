package org.panscope.core.capture;

import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackInfo;

import java.util.LinkedHashMap;
import java.util.Map;

/// The tracks of one trace, remembered so that naming one again costs no look-up in the writer.
/// Bounded: a damaged capture may name a new thing in every event; further things share the track
/// of their parent.
final class TrackTable {
    static final int MAX_TRACKS = 50_000;

    private final TraceWriter writer;
    private final int maxTracks;
    private final Map<Key, Integer> ids = new LinkedHashMap<>();

    TrackTable(TraceWriter writer) {
        this(writer, MAX_TRACKS);
    }

    TrackTable(TraceWriter writer, int maxTracks) {
        this.writer = writer;
        this.maxTracks = maxTracks;
    }

    /// Remembers something a damaged capture may name anew in every event; what no longer fits is
    /// found out again each time.
    static <K> void remember(Map<K, Integer> known, K key, int track) {
        if (known.size() < MAX_TRACKS) {
            known.put(key, track);
        }
    }

    boolean isFor(TraceWriter other) {
        return writer.equals(other);
    }

    /// A track without a parent.
    int root(String kind, String name) {
        return id(new Key(TrackInfo.ROOT, kind, name));
    }

    /// A track below another.
    int child(int parent, String kind, String name) {
        Key key = new Key(parent, kind, name);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        return ids.size() < maxTracks ? id(key) : parent;
    }

    private int id(Key key) {
        return ids.computeIfAbsent(
                key, wanted -> writer.track(wanted.parent(), wanted.kind(), wanted.name()));
    }

    private record Key(int parent, String kind, String name) {}
}
