package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.AddressSpace;
import org.panscope.core.state.MemoryView;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/// Consecutive instruction words as a trace has shown them. A word with a byte nobody observed is
/// unknown.
final class StreamWords {
    /// An opcode no architecture defines: what stands for an unknown word where one is followed.
    static final long UNDEFINED = 0xffL << 56;

    private final long[] words;
    private final BitSet known;
    private final long[] writers;

    private StreamWords(long[] words, BitSet known, long[] writers) {
        this.words = words;
        this.known = known;
        this.writers = writers;
    }

    /// Words of a ring from a free-running offset on.
    static StreamWords ofRing(
            MemoryView memory, int bo, long ringBytes, long fromBytes, int count) {
        Reader reader = new Reader(memory, count);
        for (int i = 0; i < count; i++) {
            reader.read(i, bo, (fromBytes + (long) i * Long.BYTES) % ringBytes);
        }
        return reader.done();
    }

    /// Words at a GPU address, page by page through the address space.
    ///
    /// @param space null when it is not known: all words are unknown then
    static StreamWords ofBuffer(
            MemoryView memory, @Nullable AddressSpace space, long va, int count) {
        Reader reader = new Reader(memory, count);
        for (int i = 0; space != null && i < count; i++) {
            AddressSpace.Place place = space.resolve(va + (long) i * Long.BYTES);
            if (place != null) {
                reader.read(i, place.bo(), place.offset());
            }
        }
        return reader.done();
    }

    int size() {
        return words.length;
    }

    /// A word, or null when it is unknown.
    @Nullable Long word(int index) {
        return known.get(index) ? words[index] : null;
    }

    /// A word to follow execution with; unknown ones are undefined instructions.
    long wordOrUndefined(int index) {
        return known.get(index) ? words[index] : UNDEFINED;
    }

    /// The event that last wrote a word's first byte, or -1.
    long writer(int index) {
        return writers[index];
    }

    private static final class Reader {
        private final MemoryView memory;
        private final long[] words;
        private final BitSet known = new BitSet();
        private final long[] writers;
        private final boolean[] knownBytes = new boolean[Long.BYTES];

        Reader(MemoryView memory, int count) {
            this.memory = memory;
            words = new long[count];
            writers = new long[count];
            Arrays.fill(writers, -1);
        }

        void read(int index, int bo, long offset) {
            byte[] bytes = memory.read(bo, offset, Long.BYTES, knownBytes);
            boolean complete = true;
            for (boolean one : knownBytes) {
                complete &= one;
            }
            if (complete) {
                words[index] = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
                known.set(index);
            }
            writers[index] = memory.lastWriter(bo, offset);
        }

        StreamWords done() {
            return new StreamWords(words, known, writers);
        }
    }
}
