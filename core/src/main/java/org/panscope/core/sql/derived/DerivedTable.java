package org.panscope.core.sql.derived;

/// Computes the rows of one table while the events of a trace pass by.
interface DerivedTable {
    void register(Listeners listeners);

    /// After the last event: writes what has not ended.
    void finish();
}
