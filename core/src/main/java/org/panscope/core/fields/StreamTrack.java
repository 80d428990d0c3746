package org.panscope.core.fields;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TrackInfo;

import java.util.List;

/// The command stream whose track an event stands on.
///
/// @param csg CSG slot
/// @param cs CS interface
public record StreamTrack(int csg, int cs) {
    /// The stream of a track `csg N` / `cs N`, or null when it is another kind of track.
    public static @Nullable StreamTrack of(Trace trace, int track) {
        List<TrackInfo> tracks = trace.tracks();
        TrackInfo stream = track < 0 || track >= tracks.size() ? null : tracks.get(track);
        if (stream == null || !stream.kind().equals("cs") || stream.parent() < 0) {
            return null;
        }
        TrackInfo group = tracks.get(stream.parent());
        Integer csg = number(group.name(), "csg ");
        Integer cs = number(stream.name(), "cs ");
        return csg == null || cs == null ? null : new StreamTrack(csg, cs);
    }

    private static @Nullable Integer number(String name, String before) {
        try {
            return name.startsWith(before)
                    ? Integer.valueOf(name.substring(before.length()))
                    : null;
        } catch (NumberFormatException e) {
            return null; // somebody else's name
        }
    }
}
