package org.panscope.trace.json;

/// A line is JSON but says something that cannot be an event.
final class BadLineException extends Exception {
    private static final long serialVersionUID = 1L;

    BadLineException(String message) {
        super(message);
    }
}
