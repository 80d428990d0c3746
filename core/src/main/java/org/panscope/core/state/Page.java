package org.panscope.core.state;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// 4 KiB of a buffer object: the bytes, which of them were ever observed, and which event wrote
/// each last. Written in place by the builder that owns it, copied by everybody else.
final class Page {
    static final int BYTES = 4096;
    private static final int WORDS = BYTES / Long.SIZE;

    private final byte[] bytes;
    private final long[] known;

    /// Range `i` of writers goes from `starts[i]` to the next start; `starts[0]` is 0.
    private short[] starts;

    private long[] writers;
    private @Nullable Edit owner;

    private Page(byte[] bytes, long[] known, short[] starts, long[] writers, @Nullable Edit owner) {
        this.bytes = bytes;
        this.known = known;
        this.starts = starts;
        this.writers = writers;
        this.owner = owner;
    }

    /// A page of zeros somebody wrote, or of bytes nobody has seen.
    static Page fresh(boolean zeroed, long writer, @Nullable Edit owner) {
        long[] known = new long[WORDS];
        if (zeroed) {
            Arrays.fill(known, -1);
        }
        return new Page(
                new byte[BYTES], known, new short[1], new long[] {zeroed ? writer : -1}, owner);
    }

    /// A page as it was stored.
    static Page restored(byte[] bytes, long[] known, short[] starts, long[] writers) {
        return new Page(bytes, known, starts, writers, null);
    }

    boolean isOwnedBy(Edit candidate) {
        return owner == candidate;
    }

    Page copyFor(Edit newOwner) {
        return new Page(bytes.clone(), known.clone(), starts.clone(), writers.clone(), newOwner);
    }

    void write(int offset, byte[] from, int at, int length, long seq) {
        System.arraycopy(from, at, bytes, offset, length);
        mark(offset, length, true);
        setWriter(offset, offset + length, seq);
    }

    /// Somebody stored something here, nobody knows what.
    void forget(int offset, int length, long seq) {
        Arrays.fill(bytes, offset, offset + length, (byte) 0);
        mark(offset, length, false);
        setWriter(offset, offset + length, seq);
    }

    void read(int offset, byte[] into, boolean[] knownInto, int at, int length) {
        System.arraycopy(bytes, offset, into, at, length);
        for (int i = 0; i < length; i++) {
            knownInto[at + i] = isKnown(offset + i);
        }
    }

    long writerOf(int offset) {
        int range = Arrays.binarySearch(starts, (short) offset);
        return writers[range >= 0 ? range : -range - 2];
    }

    private boolean isKnown(int offset) {
        return ((known[offset / Long.SIZE] >>> (offset % Long.SIZE)) & 1) != 0;
    }

    byte[] bytes() {
        return bytes;
    }

    long[] known() {
        return known;
    }

    short[] starts() {
        return starts;
    }

    long[] writers() {
        return writers;
    }

    private void mark(int offset, int length, boolean value) {
        for (int i = offset; i < offset + length; i++) {
            long bit = 1L << (i % Long.SIZE);
            if (value) {
                known[i / Long.SIZE] |= bit;
            } else {
                known[i / Long.SIZE] &= ~bit;
            }
        }
    }

    private void setWriter(int from, int to, long seq) {
        short[] newStarts = new short[starts.length + 2];
        long[] newWriters = new long[starts.length + 2];
        int count = 0;
        for (int i = 0; i < starts.length && starts[i] < from; i++) {
            newStarts[count] = starts[i];
            newWriters[count++] = writers[i];
        }
        newStarts[count] = (short) from;
        newWriters[count++] = seq;
        for (int i = 0; i < starts.length; i++) {
            int end = i + 1 < starts.length ? starts[i + 1] : BYTES;
            if (end > to) {
                newStarts[count] = (short) Math.max(to, starts[i]);
                newWriters[count++] = writers[i];
            }
        }
        starts = Arrays.copyOf(newStarts, count);
        writers = Arrays.copyOf(newWriters, count);
    }

    /// Stands for one builder between two snapshots: who may write a page in place.
    static final class Edit {}
}
