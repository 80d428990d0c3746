package org.panscope.core.timeline;

/// Receives what the instants of a row look like at some resolution, in time order.
public interface InstantVisitor {
    /// Instants inside one column.
    ///
    /// @param shown the one to draw: the first error among them if there is one, else the one whose
    ///   shape tells most
    /// @param count how many there are
    void instants(Instants instants, int column, int shown, int count);
}
