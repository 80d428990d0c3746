package org.panscope.core.analysis.rules;

/// A queue's wait for a sync object.
///
/// @param va of the sync object, in the queue's address space
/// @param reference compared with, unsigned
/// @param greater true: until greater, false: until less or equal
/// @param wide whether 64 bits are compared
/// @param seq the event that told of it
/// @param sinceNs since when
record SyncWait(long va, long reference, boolean greater, boolean wide, long seq, long sinceNs) {
    boolean isSatisfiedBy(long value) {
        long seen = wide ? value : value & 0xffff_ffffL;
        long wanted = wide ? reference : reference & 0xffff_ffffL;
        int order = Long.compareUnsigned(seen, wanted);
        return greater ? order > 0 : order <= 0;
    }

    boolean isSame(SyncWait other) {
        return va == other.va
                && reference == other.reference
                && greater == other.greater
                && wide == other.wide;
    }

    /// As sentences write it.
    String text() {
        return "0x"
                + Long.toHexString(va)
                + (greater ? " > " : " <= ")
                + Long.toUnsignedString(reference);
    }
}
