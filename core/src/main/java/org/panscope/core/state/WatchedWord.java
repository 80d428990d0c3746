package org.panscope.core.state;

import org.panscope.trace.schema.Unit;

/// A word of a buffer object that is a quantity of some object: `insert` of a queue lies at the
/// start of its input page. Whenever its bytes are written the quantity's memory belief follows.
///
/// @param bo buffer object
/// @param offset in that object, in bytes
/// @param owner object that has the quantity
/// @param quantity name of it
/// @param widthBytes 4 or 8
/// @param unit of the number; [Unit#NONE] makes it a flag, true when the word is not 0
record WatchedWord(int bo, long offset, ObjectId owner, String quantity, int widthBytes, Unit unit)
        implements Comparable<WatchedWord> {
    static final int MAX_WIDTH_BYTES = 8;

    /// Sorts before every word at this offset or behind it.
    static WatchedWord bound(int bo, long offset) {
        return new WatchedWord(bo, offset, new ObjectId("", ""), "", 0, Unit.NONE);
    }

    @Override
    public int compareTo(WatchedWord other) {
        // By place first; this is on the way of every store to memory.
        int order = Integer.compare(bo, other.bo);
        order = order != 0 ? order : Long.compare(offset, other.offset);
        order = order != 0 ? order : owner.compareTo(other.owner);
        return order != 0 ? order : quantity.compareTo(other.quantity);
    }
}
