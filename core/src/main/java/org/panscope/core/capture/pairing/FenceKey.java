package org.panscope.core.capture.pairing;

/// A fence as one number: the kernel prints context and seqno of fences cut to 32 bits each, and of
/// jobs in full, so the low halves are what both have.
final class FenceKey {
    /// No fence.
    static final long NONE = -1;

    private static final long LOW_32 = 0xffff_ffffL;

    private FenceKey() {}

    static long of(long context, long seqno) {
        return context << 32 | (seqno & LOW_32);
    }

    static long context(long key) {
        return key >>> 32;
    }

    static long seqno(long key) {
        return key & LOW_32;
    }
}
