package org.panscope.core.filter;

import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TrackInfo;

import java.util.List;

/// The tracks of a trace as text: the names from the outermost to the track itself, joined by ` /
/// `.
public final class TrackPaths {
    private final String[] paths;
    private final String[] names;

    public TrackPaths(Trace trace) {
        List<TrackInfo> tracks = trace.tracks();
        paths = new String[tracks.size()];
        names = new String[tracks.size()];
        for (TrackInfo track : tracks) {
            names[track.id()] = track.name();
            boolean isRoot = track.parent() < 0 || track.parent() >= track.id();
            paths[track.id()] =
                    isRoot ? track.name() : paths[track.parent()] + " / " + track.name();
        }
    }

    public int count() {
        return paths.length;
    }

    /// Full path of a track, or `track N` when the trace does not define it.
    public String path(int track) {
        return track >= 0 && track < paths.length ? paths[track] : "track " + track;
    }

    /// The track's own name, or `track N` when the trace does not define it.
    public String name(int track) {
        return track >= 0 && track < names.length ? names[track] : "track " + track;
    }
}
