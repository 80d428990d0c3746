package org.panscope.core.state;

/// The bytes of buffer objects as far as a trace has shown them.
public interface MemoryView {
    /// Size of the buffer object, or -1 when it is unknown.
    long sizeBytes(int bo);

    /// Copies `length` bytes from `offset`.
    ///
    /// @param known receives for each byte whether it was ever observed; same length as the result
    byte[] read(int bo, long offset, int length, boolean[] known);

    /// Sequence number of the event that last wrote the byte, or -1.
    long lastWriter(int bo, long offset);
}
