package org.panscope.trace.ftrace;

import java.io.IOException;

/// The capture was written in a form that does not hold what an importer needs. The message names
/// the file, the form and what to do instead.
public final class UnsupportedCaptureException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnsupportedCaptureException(String message) {
        super(message);
    }
}
