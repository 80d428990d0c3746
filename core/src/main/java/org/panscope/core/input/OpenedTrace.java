package org.panscope.core.input;

import org.panscope.trace.io.Trace;

import java.util.List;

/// A trace opened from some input.
///
/// @param trace the events
/// @param format what the input was
/// @param source what the user named: a path, or `-`
/// @param problems what went wrong in a run, one sentence each: steps of a scenario that failed.
///   Losses of a capture are in the trace itself
public record OpenedTrace(Trace trace, InputFormat format, String source, List<String> problems)
        implements AutoCloseable {
    public OpenedTrace {
        problems = List.copyOf(problems);
    }

    @Override
    public void close() {
        trace.close();
    }
}
