package org.panscope.trace.io;

/// A row on which events stand. Tracks form a forest; the same (parent, kind, name) is the same
/// track.
///
/// @param id dense, from 0, in order of definition
/// @param parent id of the enclosing track, or [#ROOT]
/// @param kind a word such as `process`, `thread`, `group`, `queue`, `csg-slot`, `cs`,
///   `fence-context`, `cpu`, `irq`
/// @param name unique among its siblings of one kind
public record TrackInfo(int id, int parent, String kind, String name) {
    public static final int ROOT = -1;
}
