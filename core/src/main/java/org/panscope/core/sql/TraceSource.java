package org.panscope.core.sql;

import org.panscope.trace.io.Trace;

import java.io.IOException;

/// Opens the trace of a database when something of it has to be read: a query whose tables are all
/// in the cache needs no trace at all. Whoever gives the source closes the trace.
@FunctionalInterface
public interface TraceSource {
    /// The trace, the same whenever it is asked for.
    Trace trace() throws IOException;
}
