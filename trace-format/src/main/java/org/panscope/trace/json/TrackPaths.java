package org.panscope.trace.json;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackInfo;

import java.util.ArrayList;
import java.util.List;

/// Tracks as text: `process hello/group 1/queue 0`. Each level is kind, space, name; levels are
/// joined with `/`. In kind and name a backslash stands before `/` and `\`, in the kind also before
/// a space.
public final class TrackPaths {
    private final List<String> paths = new ArrayList<>();

    /// Adds the next track; its parent must be there already.
    public void add(TrackInfo track) {
        String level = escape(track.kind(), true) + ' ' + escape(track.name(), false);
        boolean root = track.parent() == TrackInfo.ROOT;
        paths.add(root ? level : paths.get(track.parent()) + '/' + level);
    }

    /// Path of the track with this id.
    public String get(int id) {
        return paths.get(id);
    }

    public int size() {
        return paths.size();
    }

    /// The paths of all these tracks.
    public static TrackPaths of(List<TrackInfo> tracks) {
        TrackPaths paths = new TrackPaths();
        tracks.forEach(paths::add);
        return paths;
    }

    /// Defines the track a path names and those around it.
    ///
    /// @return its id
    public static int define(String path, TraceWriter writer) {
        int parent = TrackInfo.ROOT;
        StringBuilder part = new StringBuilder();
        String kind = null;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\' && i + 1 < path.length()) {
                part.append(path.charAt(++i));
            } else if (c == ' ' && kind == null) {
                kind = part.toString();
                part.setLength(0);
            } else if (c == '/') {
                parent = defineLevel(writer, parent, kind, part);
                kind = null;
            } else {
                part.append(c);
            }
        }
        return defineLevel(writer, parent, kind, part);
    }

    private static int defineLevel(
            TraceWriter writer, int parent, @Nullable String kind, StringBuilder part) {
        String text = part.toString();
        part.setLength(0);
        // A level without a space comes from another tool: all of it is a name.
        return writer.track(parent, kind == null ? "track" : kind, text);
    }

    private static String escape(String text, boolean spaces) {
        String escaped = text.replace("\\", "\\\\").replace("/", "\\/");
        return spaces ? escaped.replace(" ", "\\ ") : escaped;
    }
}
