package org.panscope.core.input;

import org.panscope.trace.io.Progress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/// Input that tells how far it was read, and stops where nobody wants the rest.
final class ReportingInput extends FilterInputStream {
    private final long sizeBytes;
    private final Progress progress;
    private long doneBytes;

    ReportingInput(InputStream in, long sizeBytes, Progress progress) {
        super(in);
        this.sizeBytes = sizeBytes;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        advance(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        int count = super.read(into, at, length);
        advance(Math.max(count, 0));
        return count;
    }

    private void advance(int count) throws IOException {
        doneBytes += count;
        progress.advance(doneBytes, sizeBytes);
        if (progress.isCancelled()) {
            throw new InterruptedIOException("cancelled after " + doneBytes + " bytes");
        }
    }
}
