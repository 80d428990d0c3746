package org.panscope.trace.io;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The tracks a writer has been told of. Gives each its id and knows it again.
public final class TrackIds {
    private final List<TrackInfo> tracks = new ArrayList<>();
    private final Map<Key, Integer> ids = new HashMap<>();

    private record Key(int parent, String kind, String name) {}

    /// Id of the track, as [TraceWriter#track] says. A new track gets the id [#size()].
    ///
    /// @throws IndexOutOfBoundsException if the parent is neither a track nor [TrackInfo#ROOT]
    public int define(int parent, String kind, String name) {
        Key key = new Key(parent, kind, name);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        if (parent != TrackInfo.ROOT) {
            Objects.checkIndex(parent, tracks.size());
        }
        int id = tracks.size();
        tracks.add(new TrackInfo(id, parent, kind, name));
        ids.put(key, id);
        return id;
    }

    /// Checks what an event says of its place in the trace.
    ///
    /// @throws IndexOutOfBoundsException if its track is not defined
    /// @throws IllegalArgumentException if its cause is no number of an event
    public void check(EventHeader event) {
        check(event.track(), event.cause());
    }

    /// As [#check(EventHeader)].
    void check(int track, long cause) {
        Objects.checkIndex(track, tracks.size());
        if (cause < EventHeader.NO_CAUSE) {
            throw new IllegalArgumentException("cause=" + cause);
        }
    }

    public TrackInfo get(int id) {
        return tracks.get(id);
    }

    public int size() {
        return tracks.size();
    }

    /// Every track, by id; a view that grows.
    public List<TrackInfo> all() {
        return Collections.unmodifiableList(tracks);
    }
}
