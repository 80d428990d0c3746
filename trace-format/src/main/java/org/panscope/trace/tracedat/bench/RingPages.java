package org.panscope.trace.tracedat.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The ring buffer of one CPU: records of a growing time, packed into pages as the kernel packs
/// them. Little-endian, 64-bit.
///
/// kernel: kernel/trace/ring_buffer.c, rb_update_event
final class RingPages {
    static final int PAGE_BYTES = 4096;
    static final int HEADER_BYTES = 16;

    private static final int SHORTEST_WORDS = 1;
    private static final int LONGEST_WORDS = 28;
    private static final int TIME_EXTEND = 30;
    private static final int TIME_BITS = 27;

    private final Sink sink;
    private final byte[] page = new byte[PAGE_BYTES];
    private long pages;
    private int at = PAGE_BYTES;
    private long timeNs;

    /// Takes full pages, one after the other.
    @FunctionalInterface
    interface Sink {
        /// Takes one.
        ///
        /// @param number of the page, from 0
        /// @param page its [#PAGE_BYTES], not to be kept
        void page(long number, byte[] page) throws IOException;
    }

    RingPages(Sink sink) {
        this.sink = sink;
    }

    /// Pages begun so far.
    long pages() {
        return pages;
    }

    /// Hands over the last page.
    void finish() throws IOException {
        if (pages > 0) {
            sink.page(pages - 1, page);
        }
    }

    /// Appends a record with this payload.
    void add(long time, ByteBuffer record) throws IOException {
        int bytes = record.remaining() + 3 & -4;
        int words = bytes / 4;
        boolean isLong = words > LONGEST_WORDS || words < SHORTEST_WORDS;
        int needed = bytes + (isLong ? 8 : 4);
        long delta = time - timeNs;
        boolean extended = delta >>> TIME_BITS != 0;
        if (at + needed + (extended ? 8 : 0) > PAGE_BYTES) {
            startPage(time);
            delta = 0;
            extended = false;
        }
        ByteBuffer out = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).position(at);
        if (extended) {
            out.putInt((int) (delta & (1 << TIME_BITS) - 1) << 5 | TIME_EXTEND);
            out.putInt((int) (delta >>> TIME_BITS));
            delta = 0;
        }
        out.putInt((int) delta << 5 | (isLong ? 0 : words));
        if (isLong) {
            out.putInt(bytes + 4);
        }
        int end = out.position() + bytes;
        out.put(record);
        at = end;
        timeNs = time;
        out.putLong(8, at - HEADER_BYTES);
    }

    private void startPage(long time) throws IOException {
        finish();
        pages++;
        Arrays.fill(page, (byte) 0);
        ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putLong(time);
        at = HEADER_BYTES;
        timeNs = time;
    }
}
