package org.panscope.trace.io;

/// A chunk and where it begins.
///
/// @param offset of the head, in bytes from the start of the file
record ChunkRef(long offset, ChunkHead head) {

    boolean isKind(int kind) {
        return head.kind() == kind;
    }

    /// Where the next chunk begins.
    long end() {
        return offset + ChunkHead.SIZE + head.storedSize();
    }
}
