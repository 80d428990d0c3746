package org.panscope.trace.io;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Where the events of a file stand, in the order of their times; events of the same time in the
/// order of the file. Added in any order, then read once.
///
/// Memory does not grow with the number of events: a million places at a time are sorted and go
/// into a temporary file, 16 bytes each, and the sorted runs are merged while they are read back.
public final class EventRuns implements AutoCloseable {
    /// An event may be this long at most, in bytes.
    public static final int MOST_BYTES = (1 << 24) - 1;

    private static final int DEFAULT_RUN = 1 << 20;
    private static final int ENTRY_BYTES = 2 * Long.BYTES;
    private static final int BUFFERED_ENTRIES = 4096;

    private final int runEntries;
    private long[] times = new long[1024];
    private long[] places = new long[1024];
    private int count;
    private long size;
    private final List<Run> runs = new ArrayList<>();
    private final PriorityQueue<Run> heads =
            new PriorityQueue<>(
                    Comparator.<Run>comparingLong(run -> run.timeNs)
                            .thenComparingInt(run -> run.order));
    private @Nullable FileChannel spilled;
    private long spilledBytes;
    private long timeNs;
    private long place;

    /// Sorts as many at a time as memory is meant for.
    public EventRuns() {
        this(DEFAULT_RUN);
    }

    /// @param runEntries entries sorted at a time
    public EventRuns(int runEntries) {
        this.runEntries = runEntries;
    }

    /// Adds an event.
    ///
    /// @param offset where its object begins
    /// @param length of the object, at most [#MOST_BYTES]
    public void add(long eventTimeNs, long offset, int length) throws IOException {
        if (count == runEntries) {
            spill();
        }
        if (count == times.length) {
            int larger = Math.min(runEntries, 2 * count);
            times = java.util.Arrays.copyOf(times, larger);
            places = java.util.Arrays.copyOf(places, larger);
        }
        times[count] = eventTimeNs;
        places[count] = offset << 24 | length;
        count++;
        size++;
    }

    /// Number of events added.
    public long size() {
        return size;
    }

    /// Ends adding.
    public void finish() throws IOException {
        sort();
        if (count > 0) {
            runs.add(new Run(runs.size(), 0, count, null));
        }
        for (Run run : runs) {
            if (run.next()) {
                heads.add(run);
            }
        }
    }

    /// Moves to the next event; false behind the last.
    public boolean next() throws IOException {
        Run run = heads.poll();
        if (run == null) {
            return false;
        }
        timeNs = run.timeNs;
        place = run.place;
        if (run.next()) {
            heads.add(run);
        }
        return true;
    }

    /// Time of the event moved to.
    public long timeNs() {
        return timeNs;
    }

    /// Where it begins.
    public long offset() {
        return place >>> 24;
    }

    /// Its length in bytes.
    public int length() {
        return (int) (place & MOST_BYTES);
    }

    @Override
    public void close() throws IOException {
        if (spilled != null) {
            spilled.close();
        }
    }

    private void spill() throws IOException {
        sort();
        FileChannel channel = spilled;
        if (channel == null) {
            Path folder = Path.of(System.getProperty("java.io.tmpdir"));
            channel =
                    FileChannel.open(
                            Files.createTempFile(folder, "panscope-index", ".tmp"),
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
            spilled = channel;
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFERED_ENTRIES * ENTRY_BYTES);
        runs.add(new Run(runs.size(), spilledBytes, count, channel));
        for (int i = 0; i < count; i++) {
            buffer.putLong(times[i]).putLong(places[i]);
            if (!buffer.hasRemaining() || i == count - 1) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    spilledBytes += channel.write(buffer, spilledBytes);
                }
                buffer.clear();
            }
        }
        count = 0;
    }

    // ---- sorting ------------------------------------------------------------------------------

    /// Sorts the entries in memory by time, keeping the order of equal ones; free when they are in
    /// order already, as in most files.
    private void sort() {
        boolean sorted = true;
        for (int i = 1; i < count && sorted; i++) {
            sorted = times[i - 1] <= times[i];
        }
        if (sorted) {
            return;
        }
        long[] fromTimes = times;
        long[] fromPlaces = places;
        long[] toTimes = new long[times.length];
        long[] toPlaces = new long[times.length];
        for (int width = 1; width < count; width *= 2) {
            for (int from = 0; from < count; from += 2 * width) {
                int middle = Math.min(from + width, count);
                int end = Math.min(from + 2 * width, count);
                merge(fromTimes, fromPlaces, toTimes, toPlaces, from, middle, end);
            }
            long[] swap = fromTimes;
            fromTimes = toTimes;
            toTimes = swap;
            swap = fromPlaces;
            fromPlaces = toPlaces;
            toPlaces = swap;
        }
        times = fromTimes;
        places = fromPlaces;
    }

    private static void merge(
            long[] fromTimes,
            long[] fromPlaces,
            long[] toTimes,
            long[] toPlaces,
            int from,
            int middle,
            int end) {
        int left = from;
        int right = middle;
        for (int to = from; to < end; to++) {
            boolean takeLeft =
                    left < middle && (right == end || fromTimes[left] <= fromTimes[right]);
            int taken = takeLeft ? left++ : right++;
            toTimes[to] = fromTimes[taken];
            toPlaces[to] = fromPlaces[taken];
        }
    }

    /// A sorted run and the place in it.
    private final class Run {
        final int order;
        private final @Nullable FileChannel channel;
        private long at;
        private int left;
        private int inMemory;
        private final ByteBuffer buffer;
        long timeNs;
        long place;

        Run(int order, long at, int left, @Nullable FileChannel channel) {
            this.order = order;
            this.at = at;
            this.left = left;
            this.channel = channel;
            buffer = ByteBuffer.allocate(channel == null ? 0 : BUFFERED_ENTRIES * ENTRY_BYTES);
            buffer.limit(0);
        }

        boolean next() throws IOException {
            if (left == 0) {
                return false;
            }
            left--;
            if (channel == null) {
                timeNs = times[inMemory];
                place = places[inMemory++];
                return true;
            }
            if (!buffer.hasRemaining()) {
                fill(channel);
            }
            timeNs = buffer.getLong();
            place = buffer.getLong();
            return true;
        }

        private void fill(FileChannel from) throws IOException {
            buffer.clear();
            buffer.limit((int) Math.min(buffer.capacity(), (left + 1L) * ENTRY_BYTES));
            while (buffer.hasRemaining()) {
                int read = from.read(buffer, at);
                if (read < 0) {
                    throw new IOException("the temporary index was cut off");
                }
                at += read;
            }
            buffer.flip();
        }
    }
}
