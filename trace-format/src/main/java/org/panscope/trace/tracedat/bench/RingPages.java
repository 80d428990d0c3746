package org.panscope.trace.tracedat.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

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

    private final List<byte[]> pages = new ArrayList<>();
    private byte[] page = new byte[0];
    private int at = PAGE_BYTES;
    private long timeNs;

    /// All pages, each of [#PAGE_BYTES].
    List<byte[]> pages() {
        return pages;
    }

    /// Appends a record with this payload.
    void add(long time, ByteBuffer record) {
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

    private void startPage(long time) {
        page = new byte[PAGE_BYTES];
        pages.add(page);
        ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putLong(time);
        at = HEADER_BYTES;
        timeNs = time;
    }
}
