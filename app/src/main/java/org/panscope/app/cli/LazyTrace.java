package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;
import org.panscope.core.sql.TraceSource;
import org.panscope.trace.io.Trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The input of a command that may do without it: opened when it is asked for.
final class LazyTrace implements TraceSource, AutoCloseable {
    private final TraceInput input;
    private final List<String> tracepoints;
    private @Nullable OpenedTrace opened;

    /// @param tracepoints as of [TraceInput#open(List)]
    LazyTrace(TraceInput input, List<String> tracepoints) {
        this.input = input;
        this.tracepoints = tracepoints;
    }

    @Override
    public Trace trace() throws IOException {
        OpenedTrace trace = opened;
        if (trace == null) {
            trace = input.open(tracepoints);
            opened = trace;
        }
        return trace.trace();
    }

    /// The file that is read, or null for standard input.
    @Nullable Path file() {
        return input.name().equals(TraceInputs.STANDARD_INPUT) ? null : Path.of(input.name());
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }
}
