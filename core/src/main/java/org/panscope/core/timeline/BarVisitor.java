package org.panscope.core.timeline;

/// Receives what one lane of bars looks like at some resolution, in time order.
public interface BarVisitor {
    /// One bar that reaches over a column boundary, or stands alone in its column.
    void bar(StateBars bars, int index);

    /// Several bars inside one column.
    ///
    /// @param column the column they lie in
    /// @param first index of the first of them
    /// @param count how many, at least 2
    /// @param dominant the style most of their time has, estimated from a sample of them
    /// @param busyNs sum of their durations
    void merged(StateBars bars, int column, int first, int count, Style dominant, long busyNs);
}
