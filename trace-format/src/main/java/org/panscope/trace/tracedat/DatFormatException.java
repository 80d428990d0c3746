package org.panscope.trace.tracedat;

import java.io.IOException;

/// A file that cannot be read as `trace.dat`, from the offset given on.
public final class DatFormatException extends IOException {
    private static final long serialVersionUID = 1;

    DatFormatException(String source, long offset, String what) {
        super(source + ": offset 0x" + Long.toHexString(offset) + ": " + what);
    }
}
