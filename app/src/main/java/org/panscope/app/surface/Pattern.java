package org.panscope.app.surface;

/// How an area is filled. The second carrier of meaning beside colour.
public enum Pattern {
    SOLID,
    /// Lines rising at 45 degrees.
    HATCH,
    /// A grid of dots.
    DOTS,
    /// Lines in both diagonals.
    CROSS_HATCH,
    /// Only the edge.
    OUTLINE
}
