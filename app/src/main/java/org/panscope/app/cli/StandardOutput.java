package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Standard output that remembers why it could not be written: the writers above it only know that
/// it failed.
public final class StandardOutput extends FilterOutputStream {
    private static final String READER_LEFT = "Broken pipe";

    private @Nullable String problem;

    public StandardOutput(OutputStream target) {
        super(target);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            problem = e.getMessage() == null ? "cannot be written" : e.getMessage();
            throw e;
        }
    }

    /// Why something is missing in the output, or null. That nobody reads the rest, as `head` does,
    /// is no problem.
    public @Nullable String problem() {
        return READER_LEFT.equals(problem) ? null : problem;
    }
}
