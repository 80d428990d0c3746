package org.panscope.core.merge;

import java.io.IOException;

/// Nothing says how the clocks of two captures relate.
public final class ClockMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    ClockMismatchException(String message) {
        super(message);
    }
}
