package org.panscope.core.input;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A trace opened from some input. Closing it closes the trace and removes what was made for it.
public final class OpenedTrace implements AutoCloseable {
    private final Trace trace;
    private final InputFormat format;
    private final String source;
    private final List<String> problems;
    private final @Nullable Path temporary;

    OpenedTrace(
            Trace trace,
            InputFormat format,
            String source,
            List<String> problems,
            @Nullable Path temporary) {
        this.trace = trace;
        this.format = format;
        this.source = source;
        this.problems = List.copyOf(problems);
        this.temporary = temporary;
    }

    public Trace trace() {
        return trace;
    }

    public InputFormat format() {
        return format;
    }

    /// What the user named: a path, or `-`.
    public String source() {
        return source;
    }

    /// What went wrong in a run, one sentence each: steps of a scenario that failed. Losses of a
    /// capture are in the trace itself.
    public List<String> problems() {
        return problems;
    }

    @Override
    public void close() {
        trace.close();
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
