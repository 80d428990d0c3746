package org.panscope.core.timeline;

/// Receives what a counter looks like at some resolution, in time order.
public interface CounterVisitor {
    /// The counter changed inside a column.
    ///
    /// @param column the column, or -1 for the value the counter enters the range with
    /// @param last index of the last step inside it
    /// @param count number of steps inside it
    /// @param min smallest and `max` greatest value inside it
    void steps(Counter counter, int column, int last, int count, long min, long max);
}
