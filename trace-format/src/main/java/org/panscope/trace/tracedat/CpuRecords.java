package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.quality.DeferredLosses;

import java.nio.ByteOrder;

/// The records of one CPU, in order: its pages one after the other, unpacked chunk by chunk where
/// they are packed.
///
/// kernel: kernel/trace/ring_buffer.c, rb_advance_reader; libtraceevent: kbuffer-parse.c
final class CpuRecords {
    private static final int TIME_BITS = 27;
    private static final long TIME_MASK = (1L << TIME_BITS) - 1;
    private static final long ABSOLUTE_TOP = 0xf8L << 56;
    private static final int COMMIT_MASK = (1 << TIME_BITS) - 1;
    private static final int LOST = 1 << 31;
    private static final int LOST_COUNTED = 1 << 30;
    private static final int PADDING = 29;
    private static final int TIME_EXTEND = 30;
    private static final int TIME_STAMP = 31;

    private final DatContents contents;
    private final DatBuffer buffer;
    private final DatBuffer.Cpu cpu;
    private final DeferredLosses losses;
    private final boolean bigEndian;

    private DatBytes chunk;
    private long chunkAt;
    private long nextChunk;
    private long chunksLeft;
    private RecordBytes page;
    private long pageInChunk;
    private int pageEnd;
    private int at;
    private long stamp;
    private int payload;
    private int payloadBytes;
    private boolean ended;

    /// @throws DatFormatException if its data begin beyond the end of the file
    CpuRecords(DatContents contents, DatBuffer buffer, DatBuffer.Cpu cpu, DeferredLosses losses)
            throws DatFormatException {
        this.contents = contents;
        this.buffer = buffer;
        this.cpu = cpu;
        this.losses = losses;
        ByteOrder order = cpu.file().order();
        bigEndian = order == ByteOrder.BIG_ENDIAN;
        page = new RecordBytes(0, order);
        if (!contents.layout.fits(buffer.pageBytes())) {
            throw new DatFormatException(
                    contents.source,
                    cpu.offset(),
                    "pages of " + buffer.pageBytes() + " bytes do not hold " + contents.layout);
        }
        DatBytes data = cpu.file().sliceAsFarAsThere(cpu.offset(), cpu.size());
        if (data.size() < cpu.size()) {
            lost(
                    "truncated",
                    "the data of CPU "
                            + cpu.cpu()
                            + " are cut off: "
                            + data.size()
                            + " of "
                            + cpu.size()
                            + " bytes are there",
                    null,
                    cpu.offset() + data.size());
        }
        if (buffer.compressed() && cpu.size() > 0) {
            chunksLeft = cpu.file().u32(cpu.offset());
            nextChunk = cpu.offset() + 4;
            chunk = data.slice(0, 0);
        } else {
            chunk = data;
        }
    }

    DatBuffer buffer() {
        return buffer;
    }

    int cpu() {
        return cpu.cpu();
    }

    /// Raw time of the record.
    long stamp() {
        return stamp;
    }

    /// Where the record is: in these bytes, from here on, so many.
    RecordBytes page() {
        return page;
    }

    int payload() {
        return payload;
    }

    /// Where in the file that is, or where what it was unpacked from is.
    long payloadInFile() {
        return inFile(payload);
    }

    private long inFile(int place) {
        return chunk.inFile(pageInChunk + place);
    }

    int payloadBytes() {
        return payloadBytes;
    }

    /// Bytes of the file that were used up.
    long consumedBytes() {
        return ended
                ? cpu.size()
                : buffer.compressed() ? nextChunk - cpu.offset() : Math.min(chunkAt, cpu.size());
    }

    /// Moves to the next record.
    ///
    /// @return false at the end
    boolean next() {
        while (!ended) {
            try {
                if (at >= pageEnd) {
                    if (!nextPage()) {
                        ended = true;
                    }
                } else if (record()) {
                    return true;
                }
            } catch (DatFormatException e) {
                lost("damaged-page", String.valueOf(e.getMessage()), null, inFile(at));
                at = pageEnd;
                ended |= chunk.size() == 0;
            }
        }
        return false;
    }

    private boolean nextPage() throws DatFormatException {
        while (chunkAt >= chunk.size()) {
            if (chunksLeft == 0) {
                return false;
            }
            nextChunk();
        }
        PageLayout layout = contents.layout;
        pageInChunk = chunkAt;
        chunkAt += buffer.pageBytes();
        int there = (int) Math.min(buffer.pageBytes(), chunk.size() - pageInChunk);
        if (there < layout.dataOffset()) {
            return false;
        }
        if (page.size() < there) {
            reserve(page.size(), there);
            page = new RecordBytes(there, cpu.file().order());
        }
        chunk.copy(pageInChunk, page.array(), there);
        stamp = page.s64(0);
        int low = bigEndian && layout.commitBytes() == 8 ? 4 : 0;
        int commit = page.s32(layout.commitOffset() + low);
        int used = commit & COMMIT_MASK;
        int most = there - layout.dataOffset();
        if (used > most) {
            lost(
                    "damaged-page",
                    "a page says it holds " + used + " bytes, of " + most,
                    null,
                    inFile(0));
            used = most;
        }
        at = layout.dataOffset();
        pageEnd = at + used;
        if ((commit & LOST) != 0) {
            boolean counted = (commit & LOST_COUNTED) != 0 && used + layout.commitBytes() <= most;
            Long count = counted ? (Long) page.integer(pageEnd, layout.commitBytes(), false) : null;
            lost(
                    "ring-overrun",
                    "events of CPU " + cpu.cpu() + " were lost before this page",
                    count,
                    inFile(0));
        }
        return true;
    }

    private void nextChunk() throws DatFormatException {
        long packed = cpu.file().u32(nextChunk);
        long plain = cpu.file().u32(nextChunk + 4);
        long from = nextChunk + 8;
        nextChunk = from + packed;
        chunksLeft--;
        chunkAt = 0;
        long before = chunk.size();
        chunk = cpu.file().slice(from, 0);
        reserve(before, plain);
        chunk = contents.codec.unpack(cpu.file(), from, packed, plain, contents.source);
    }

    /// Takes in what is at the current place.
    ///
    /// @return whether it is a record with a payload
    private boolean record() throws DatFormatException {
        need(4);
        int head = page.s32(at);
        int kind = bigEndian ? head >>> TIME_BITS : head & 0x1f;
        long delta = bigEndian ? head & TIME_MASK : (head & 0xffff_ffffL) >>> 5;
        switch (kind) {
            case PADDING -> {
                if (delta == 0) {
                    at = pageEnd;
                } else {
                    need(8);
                    stamp += delta;
                    at = (int) Math.min(pageEnd, at + 4 + page.u32(at + 4));
                }
            }
            case TIME_EXTEND -> {
                need(8);
                stamp += (page.u32(at + 4) << TIME_BITS) + delta;
                at += 8;
            }
            case TIME_STAMP -> {
                need(8);
                long absolute = (page.u32(at + 4) << TIME_BITS) + delta;
                stamp = (absolute & ~ABSOLUTE_TOP) | (stamp & ABSOLUTE_TOP);
                at += 8;
            }
            case 0 -> {
                need(8);
                long length = page.u32(at + 4);
                if (length < 4 || length > pageEnd - at - 4) {
                    throw error("a record of " + length + " bytes");
                }
                stamp += delta;
                payload = at + 8;
                payloadBytes = (int) length - 4;
                at += 4 + ((int) length + 3 & -4);
                return true;
            }
            default -> {
                int length = kind * 4;
                if (length > pageEnd - at - 4) {
                    throw error("a record beyond the end of its page");
                }
                stamp += delta;
                payload = at + 4;
                payloadBytes = length;
                at += 4 + length;
                return true;
            }
        }
        return false;
    }

    private void reserve(long before, long bytes) throws DatFormatException {
        if (!contents.unpacked.swap(before, bytes)) {
            throw error(bytes + " bytes to unpack at once, beside those of other CPUs");
        }
    }

    private void need(int bytes) throws DatFormatException {
        if (bytes > pageEnd - at) {
            throw error("a record beyond the end of its page");
        }
    }

    private DatFormatException error(String what) {
        return new DatFormatException(contents.source, inFile(at), what);
    }

    private void lost(String reason, String what, @Nullable Long count, long offset) {
        losses.lost(reason, what, count, cpu.cpu(), offset);
    }
}
