package org.panscope.core.projection;

/// A part of a live machine that can say what a reduced state should hold about it.
@FunctionalInterface
public interface LiveView {
    /// Adds what this part knows at this instant.
    void project(Projection into);
}
