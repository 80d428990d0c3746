package org.panscope.app.timeline;

/// What lies under a point of a timeline.
///
/// @param kind what it is
/// @param row id of the row, or -1 on the ruler and outside
/// @param timeNs time under the point, for headers the start of the view
/// @param seq event to go to, or -1 when there is none
/// @param fromNs start of the bar under the point, else `timeNs`
/// @param toNs its end, else `timeNs`
/// @param text what the object says about itself; empty when there is none
public record Hit(Kind kind, int row, long timeNs, long seq, long fromNs, long toNs, String text) {
    /// Kinds of places.
    public enum Kind {
        RULER,
        HEADER,
        TRIANGLE,
        BAR,
        INSTANT,
        COUNTER,
        LANE,
        /// A stretch of lost events with nothing else under the point.
        LOSS,
        NOTHING
    }
}
