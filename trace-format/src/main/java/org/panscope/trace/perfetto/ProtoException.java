package org.panscope.trace.perfetto;

import java.io.IOException;

/// A message that is no well-formed protobuf. Thrown for every damaged packet and caught where the
/// packet is left out, so it carries no stack.
final class ProtoException extends IOException {
    private static final long serialVersionUID = 1L;

    ProtoException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
