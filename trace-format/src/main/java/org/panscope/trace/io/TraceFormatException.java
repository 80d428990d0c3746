package org.panscope.trace.io;

import java.io.IOException;

/// A file is not what it should be: the message is one sentence for a person that names the file,
/// the place in it and what is wrong there.
public final class TraceFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public TraceFormatException(String message) {
        super(message);
    }

    public TraceFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
