package org.panscope.trace.io;

import java.util.Arrays;

/// Numbers of one column of the chunk being filled, as narrow as they allow: one number while all
/// are the same, then four bytes each while they fit, then eight. All columns of a chunk are to
/// stay in a processor's cache, as each event goes to the end of a dozen of them.
final class PendingColumn {
    private static final int FIRST_ROOM = 64;

    /// The first number, which is each of them until another one comes.
    private long same;

    private int[] ints = {};
    private boolean isInts;
    private long[] longs = {};
    private boolean isLongs;
    private int size;

    int size() {
        return size;
    }

    void add(long value) {
        if (isInts && value == (int) value && size < ints.length) {
            ints[size++] = (int) value;
        } else if (isLongs && size < longs.length) {
            longs[size++] = value;
        } else {
            addOther(value);
        }
    }

    private void addOther(long value) {
        if (size == 0) {
            same = value;
        } else if (isInts || isLongs || value != same) {
            makeRoom(value);
            if (isInts) {
                ints[size] = (int) value;
            } else {
                longs[size] = value;
            }
        }
        size++;
    }

    /// Stores what is there so that another number fits beside it and behind it.
    private void makeRoom(long value) {
        boolean fitsInts = !isLongs && value == (int) value && same == (int) same;
        if (fitsInts && isInts) {
            ints = Arrays.copyOf(ints, room());
        } else if (fitsInts) {
            ints = size < ints.length ? ints : new int[room()];
            Arrays.fill(ints, 0, size, (int) same);
            isInts = true;
        } else if (isLongs) {
            longs = Arrays.copyOf(longs, room());
        } else {
            longs = size < longs.length ? longs : new long[room()];
            copyTo(longs);
            isInts = false;
            isLongs = true;
        }
    }

    private int room() {
        return Math.max(FIRST_ROOM, Math.multiplyExact(size, 2));
    }

    /// All numbers, in the first places of `room` or of the array returned instead, which is valid
    /// until more are added.
    ///
    /// @param room of at least [#size()]
    long[] values(long[] room) {
        if (isLongs) {
            return longs;
        }
        copyTo(room);
        return room;
    }

    private void copyTo(long[] room) {
        if (isInts) {
            for (int i = 0; i < size; i++) {
                room[i] = ints[i];
            }
        } else {
            Arrays.fill(room, 0, size, same);
        }
    }

    void clear() {
        size = 0;
        isInts = false;
        isLongs = false;
    }
}
