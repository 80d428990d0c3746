package org.panscope.core.user.program;

import org.panscope.core.user.UserBuffer;

/// A buffer of instructions that streams are recorded into, one behind the other.
final class StreamStore {
    private static final int ALIGNMENT = 64;

    private final UserBuffer buffer;
    private final long va;
    private long used;

    StreamStore(ClientSession session, long va, long sizeBytes) throws ProgramFailure {
        buffer = session.buffer(va, sizeBytes, ClientSession.EXECUTABLE);
        this.va = va;
    }

    /// Stores a stream.
    Stream record(int queue, long... words) {
        Stream stream = new Stream(queue, va + used, words.length * Long.BYTES);
        buffer.store(used, ClientSession.bytes(words));
        used += Math.ceilDiv(stream.sizeBytes(), ALIGNMENT) * (long) ALIGNMENT;
        return stream;
    }
}
