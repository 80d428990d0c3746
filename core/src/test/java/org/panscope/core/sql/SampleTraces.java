package org.panscope.core.sql;

import org.panscope.core.input.OpenedTrace;
import org.panscope.core.input.TraceInputs;
import org.panscope.trace.io.Progress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Traces of the samples.
public final class SampleTraces {
    private static final Path SAMPLES = Path.of("..", "samples");

    private SampleTraces() {}

    public static Path path(String name) {
        return SAMPLES.resolve(name);
    }

    public static OpenedTrace open(String name) {
        try {
            return TraceInputs.open(path(name), Progress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
