package org.panscope.trace.tracedat;

/// How much of a file is unpacked in memory at the same time. A real file has a few pages for each
/// CPU; one that claims more is not followed.
final class UnpackedMemory {
    private static final long MOST = 256L << 20;

    private long bytes;

    /// Takes some bytes and gives back others.
    ///
    /// @return false, and nothing is taken, when there would be too many
    boolean swap(long given, long taken) {
        long now = bytes - given + taken;
        if (now > MOST) {
            return false;
        }
        bytes = now;
        return true;
    }
}
