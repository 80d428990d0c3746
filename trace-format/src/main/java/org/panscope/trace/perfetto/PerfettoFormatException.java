package org.panscope.trace.perfetto;

import java.io.IOException;

/// A file that cannot be read at all: it holds no packet, or unpacks to more than anything real.
public final class PerfettoFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    PerfettoFormatException(String message) {
        super(message);
    }
}
