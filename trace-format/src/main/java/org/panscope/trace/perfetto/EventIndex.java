package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// Where the events of a file are, by time: one entry for each packet, or stretch of a packet,
/// whose events follow each other. Entries of the same time stay in the order they were added in.
///
/// Sorted piece by piece; where there is more than one, they go to a temporary file, so that memory
/// does not grow with the input.
final class EventIndex implements AutoCloseable {
    static final int DEFAULT_PIECE_ENTRIES = 1 << 20;

    /// Numbers in an entry: time, place, detail.
    private static final int WIDTH = 3;

    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int pieceEntries;
    private final Arena arena = Arena.ofConfined();
    private long[] piece;
    private int inPiece;
    private boolean isSorted = true;
    private long total;
    private @Nullable FileChannel spill;
    private long[] pieceStarts = new long[16];
    private int pieces;

    EventIndex(int pieceEntries) {
        this.pieceEntries = pieceEntries;
        piece = new long[WIDTH * Math.min(pieceEntries, 1024)];
    }

    /// Adds an entry.
    ///
    /// @param place where the packet is, and what the caller wants to find there
    void add(long timeNs, long place, long detail) throws IOException {
        if (inPiece == pieceEntries) {
            spill();
        }
        int at = inPiece * WIDTH;
        if (at == piece.length) {
            piece = Arrays.copyOf(piece, (int) Math.min(at * 2L, (long) pieceEntries * WIDTH));
        }
        isSorted &= inPiece == 0 || piece[at - WIDTH] <= timeNs;
        piece[at] = timeNs;
        piece[at + 1] = place;
        piece[at + 2] = detail;
        inPiece++;
        total++;
    }

    long size() {
        return total;
    }

    /// All entries by time. Nothing can be added any more.
    Cursor sorted() throws IOException {
        if (spill == null) {
            sortPiece();
            return new Cursor(MemorySegment.ofArray(piece), new long[] {0}, inPiece, false);
        }
        spill();
        MemorySegment all =
                spill.map(FileChannel.MapMode.READ_ONLY, 0, total * WIDTH * Long.BYTES, arena);
        piece = new long[0];
        return new Cursor(all, Arrays.copyOf(pieceStarts, pieces), total, true);
    }

    private void spill() throws IOException {
        FileChannel channel = spill;
        if (channel == null) {
            Path file =
                    Files.createTempFile(
                            Path.of(System.getProperty("java.io.tmpdir")), "panscope", ".index");
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
            spill = channel;
        }
        sortPiece();
        if (pieces == pieceStarts.length) {
            pieceStarts = Arrays.copyOf(pieceStarts, pieces * 2);
        }
        pieceStarts[pieces++] = channel.position() / (WIDTH * Long.BYTES);
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < inPiece * WIDTH; i++) {
            buffer.putLong(piece[i]);
            if (!buffer.hasRemaining()) {
                drain(buffer, channel);
            }
        }
        drain(buffer, channel);
        inPiece = 0;
        isSorted = true;
    }

    private static void drain(ByteBuffer buffer, FileChannel channel) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /// Merges ever longer sorted stretches: stable, and quick on what is nearly in order.
    private void sortPiece() {
        if (isSorted) {
            return;
        }
        long[] from = piece;
        long[] to = new long[piece.length];
        for (long width = 1; width < inPiece; width *= 2) {
            for (long start = 0; start < inPiece; start += width * 2) {
                int middle = (int) Math.min(start + width, inPiece);
                int end = (int) Math.min(start + width * 2, inPiece);
                merge(from, to, (int) start, middle, end);
            }
            long[] swap = from;
            from = to;
            to = swap;
        }
        piece = from;
        isSorted = true;
    }

    private static void merge(long[] from, long[] to, int start, int middle, int end) {
        if (middle >= end || from[(middle - 1) * WIDTH] <= from[middle * WIDTH]) {
            System.arraycopy(from, start * WIDTH, to, start * WIDTH, (end - start) * WIDTH);
            return;
        }
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takeLeft =
                    left < middle && (right >= end || from[left * WIDTH] <= from[right * WIDTH]);
            int source = takeLeft ? left++ : right++;
            to[at * WIDTH] = from[source * WIDTH];
            to[at * WIDTH + 1] = from[source * WIDTH + 1];
            to[at * WIDTH + 2] = from[source * WIDTH + 2];
        }
    }

    @Override
    public void close() throws IOException {
        arena.close();
        if (spill != null) {
            spill.close();
        }
    }

    /// Walks over all entries in order, merging the pieces.
    static final class Cursor {
        private final MemorySegment entries;
        private final boolean isFile;
        private final long[] next;
        private final long[] end;
        private final int[] heap;
        private int live;
        private long timeNs;
        private long place;
        private long detail;

        private Cursor(MemorySegment entries, long[] starts, long total, boolean isFile) {
            this.entries = entries;
            this.isFile = isFile;
            next = starts;
            end = new long[starts.length];
            heap = new int[starts.length];
            for (int i = 0; i < starts.length; i++) {
                end[i] = i + 1 < starts.length ? starts[i + 1] : total;
                if (next[i] < end[i]) {
                    heap[live++] = i;
                    up(live - 1);
                }
            }
        }

        /// Whether there is another entry, which becomes the current one.
        boolean next() {
            if (live == 0) {
                return false;
            }
            int piece = heap[0];
            long entry = next[piece]++;
            timeNs = number(entry, 0);
            place = number(entry, 1);
            detail = number(entry, 2);
            if (next[piece] == end[piece]) {
                heap[0] = heap[--live];
            }
            down();
            return true;
        }

        long timeNs() {
            return timeNs;
        }

        long place() {
            return place;
        }

        long detail() {
            return detail;
        }

        private long number(long entry, int which) {
            long at = (entry * WIDTH + which) * Long.BYTES;
            return isFile ? entries.get(LONG, at) : entries.get(ValueLayout.JAVA_LONG, at);
        }

        /// By time, then by piece, which is by the order of adding.
        private boolean isBefore(int one, int other) {
            long oneTime = number(next[one], 0);
            long otherTime = number(next[other], 0);
            return oneTime != otherTime ? oneTime < otherTime : one < other;
        }

        private void up(int at) {
            int child = at;
            while (child > 0) {
                int parent = (child - 1) / 2;
                if (!isBefore(heap[child], heap[parent])) {
                    return;
                }
                swap(child, parent);
                child = parent;
            }
        }

        private void down() {
            int parent = 0;
            while (true) {
                int child = parent * 2 + 1;
                if (child >= live) {
                    return;
                }
                if (child + 1 < live && isBefore(heap[child + 1], heap[child])) {
                    child++;
                }
                if (!isBefore(heap[child], heap[parent])) {
                    return;
                }
                swap(child, parent);
                parent = child;
            }
        }

        private void swap(int one, int other) {
            int kept = heap[one];
            heap[one] = heap[other];
            heap[other] = kept;
        }
    }
}
